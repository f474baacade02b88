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
    are files that came with the request itself. message_key is the platform's number of the
    message, position its place among those of the conversation. gathers says that the platform
    sends line by line, so that words may wait for the next ones; album that more of the same
    follows. edited says that the message was sent before and is changed now. left says that the
    person closed (True) or opened (False) the conversation. notice is all that is replied to what
    is no conversation with us.
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
    message_key: str = ""
    position: int = 0
    gathers: bool = False
    album: bool = False
    edited: bool = False
    left: bool | None = None
    notice: str = ""
