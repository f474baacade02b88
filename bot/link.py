"""What the folder of a channel gives: one Link, or None where the channel is not set up.

The rest of the bot knows a channel by nothing else. To add one, copy a folder and give in its
`__init__.py` a function `link(site) -> Link | None`, then name it in `bot.service`.
"""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter

from bot.arrival import Arrival
from bot.channel import Channel
from bot.inbox import Inbox

Task = Callable[[Inbox], Coroutine[Any, Any, None]]
"""Something that runs beside the server until cancelled: announcing, polling, renewing tokens."""


@dataclass(frozen=True)
class Checkup:
    """What a platform says of our connection to it.

    findings are sentences for the staff, none where all is well; pending is how many updates the
    platform still holds, None where it does not tell; token_until is when our access ends.
    """

    findings: tuple[str, ...] = ()
    pending: int | None = None
    token_until: datetime | None = None


async def _nothing_to_check() -> Checkup:
    return Checkup()


@dataclass(frozen=True)
class Link:
    """One channel of an installation.

    name is the value of Chat.channel. read gives a kept update (its raw JSON and its key) as an
    arrival again, None where it asks for nothing. channel is what messages are sent through; None
    where people fetch them themselves. router makes the routes that the platform calls, below
    webhook, whose callers are not slowed down by address. tasks run in the worker, inside opened.
    check never raises: what goes wrong is a finding.
    """

    name: str
    read: Callable[[dict[str, Any], str], Arrival | None]
    channel: Channel | None = None
    router: Callable[[Inbox], APIRouter] | None = None
    webhook: str = ""
    tasks: tuple[Task, ...] = ()
    check: Callable[[], Awaitable[Checkup]] = _nothing_to_check
    opened: Callable[[], AbstractAsyncContextManager[object]] = nullcontext
