"""What every channel turns an update of its platform into."""

from dataclasses import dataclass, field
from typing import Any

from api.files.store import Upload


@dataclass(frozen=True)
class RemoteFile:
    """A file that still lies with the platform: its handle there, name and size in bytes."""

    handle: str
    name: str
    size: int = 0


@dataclass(frozen=True)
class Arrival:
    """One update: where it came from, its unique key there, and what the person sent.

    raw is what the platform handed over, kept so that a failed one can be tried again; uploads
    are files that came with the request itself.
    """

    channel: str
    key: str
    chat_key: str
    text: str = ""
    action: str = ""
    raw: dict[str, Any] = field(default_factory=dict)
    uploads: tuple[Upload, ...] = ()
    remotes: tuple[RemoteFile, ...] = ()
    refused: str = ""
