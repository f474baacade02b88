"""Every table, imported once so that the metadata is complete for migrations and tests."""

from sqlmodel import SQLModel

metadata = SQLModel.metadata

__all__ = [
    *("cases", "catalogue", "chats", "clock", "files", "handoffs", "jobs", "metadata"),
    *("outbox", "people"),
]
