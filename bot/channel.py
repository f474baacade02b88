"""What the deliverer asks of a channel, and how a channel says that a message did not go."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from api.chats.models import Chat


class RetryLaterError(Exception):
    """The platform asked to wait, or could not be reached; wait is None where it named no time."""

    def __init__(self, reason: str, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class UndeliverableError(Exception):
    """This message can never be delivered; blocked says that the person left the conversation."""

    def __init__(self, reason: str, *, blocked: bool = False) -> None:
        super().__init__(reason)
        self.blocked = blocked


class HeldError(Exception):
    """This message may not go before the person writes again; announced numbers a paid notice."""

    def __init__(self, reason: str, announced: str = "") -> None:
        super().__init__(reason)
        self.announced = announced


@dataclass(frozen=True)
class SentFile:
    """A file of ours on its way to a person."""

    name: str
    media_type: str
    path: Path


@dataclass(frozen=True)
class Piece:
    """What a platform takes in one call: words with buttons (label, action), or a file.

    case_id is the case that it tells about, announced the number of a notice sent before it;
    asks_phone: the words ask for the person's number.
    """

    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    file: SentFile | None = None
    case_id: int | None = None
    announced: str = ""
    asks_phone: bool = False


@dataclass(frozen=True)
class Pace:
    """How fast a platform lets one bot speak: calls a second in all, a minute into one chat."""

    per_second: int = 30
    per_chat_minute: int = 60


class Channel(Protocol):
    """A platform that messages are sent to."""

    @property
    def name(self) -> str:
        """The value of Chat.channel."""

    @property
    def longest_text(self) -> int:
        """The most units of UTF-16 that one message takes."""

    @property
    def most_buttons(self) -> int:
        """The most buttons below one message; 0 where the platform has none."""

    @property
    def numbered(self) -> bool:
        """Whether a menu is also written out where it is shown as buttons."""

    @property
    def pace(self) -> Pace:
        """How fast the platform lets us speak."""

    async def send(self, chat: Chat, piece: Piece) -> str:
        """Send one piece and return the platform's number for it.

        Raises RetryLaterError, UndeliverableError or HeldError.
        """

    async def fetch(self, handle: str) -> bytes:
        """Return a file that a person sent; raises RetryLaterError or UndeliverableError."""


def cut(text: str, longest: int) -> list[str]:
    """Cut a text into parts of at most `longest` units, at sense.

    Between paragraphs, else between lines, so that no item of a list is cut in two; a line that
    is itself too long is cut after a sentence, else between words. Units are those of UTF-16,
    which the platforms count. Nothing but white space is lost.
    """
    parts = []
    rest = text.strip()
    while _units(rest) > longest:
        head = rest[:longest]
        while _units(head) > longest:
            head = head[: -max(1, (_units(head) - longest) // 2)]
        at = _seam(rest, head, longest)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*parts, rest] if rest or not parts else parts


def _seam(rest: str, head: str, longest: int) -> int:
    """Return where to cut: how many characters of the rest make up the next part."""
    half = len(head) // 2
    paragraph, line = head.rfind("\n\n"), head.rfind("\n")
    if paragraph >= half:
        return paragraph
    if line > 0 and (line >= half or _units(rest[line:].lstrip().partition("\n")[0]) <= longest):
        return line
    sentence = max(head.rfind(end) + 1 for end in (". ", "; ", "? ", "! "))
    if sentence > half:
        return sentence
    return max(head.rfind(" "), line, 0) or len(head)


def _units(text: str) -> int:
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)
