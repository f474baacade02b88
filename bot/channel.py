"""What the deliverer asks of a channel, and how a channel says that a message did not go."""

from datetime import timedelta
from typing import Protocol

from api.chats.models import Chat
from api.outbox.models import OutboxMessage


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


class Channel(Protocol):
    """A platform that messages are sent to."""

    @property
    def name(self) -> str:
        """The value of Chat.channel."""

    async def send(self, chat: Chat, message: OutboxMessage) -> str:
        """Send one message and return the platform's number for it.

        Raises RetryLaterError or UndeliverableError.
        """

    async def fetch(self, handle: str) -> bytes:
        """Return a file that a person sent; raises RetryLaterError or UndeliverableError."""
