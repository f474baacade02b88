"""Attachments: what is accepted, how they are kept and shown."""
