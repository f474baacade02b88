"""Asking the platforms how our connection is, and keeping what they say for everybody to see."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from api.chats.health import health
from api.chats.states import channel_state
from api.web.site import Site
from bot.link import Checkup, Link

log = structlog.get_logger(__name__)

_EVERY = 300.0  # seconds between checks
_FIRST = 5.0  # seconds until a start has settled
_SLOW = timedelta(minutes=10)


async def watch(site: Site, links: Sequence[Link]) -> None:
    """Check all channels from time to time until cancelled."""
    await asyncio.sleep(_FIRST)
    while True:
        for link in links:
            await look(site, link)
        await asyncio.sleep(_EVERY)


async def look(site: Site, link: Link) -> Checkup:
    """Check one channel and keep what was found; what cannot be checked is a finding."""
    try:
        checkup = await link.check()
    except Exception as error:  # a check that breaks must not stop the others
        log.exception("channel not checked", channel=link.name)
        checkup = Checkup(findings=(f"Chưa kiểm tra được kênh: {type(error).__name__}.",))
    at = site.clock()
    with site.database.writing() as session:
        state = channel_state(session, link.name)
        state.checked_at = at
        state.findings = list(checkup.findings)
        state.pending = checkup.pending
        state.token_until = checkup.token_until
    return checkup


def own_findings(site: Site, link: Link, at: datetime) -> list[str]:
    """Return what our own database says is wrong with a channel, in words."""
    with site.database.reading() as session:
        found = health(session, link.name)
    told = []
    if found.failed_in:
        told.append(
            f"{found.failed_in} tin nhận chưa xử lý được: mở Bàn làm việc, mục Gửi nhận tin."
        )
    if link.channel and found.oldest and at - found.oldest > _SLOW:
        minutes = int((at - found.oldest).total_seconds() // 60)
        told.append(
            f"{found.waiting} tin chờ gửi, lâu nhất {minutes} phút: "
            "kiểm tra máy chủ có đang chạy (PAKN_WORKER) và ra được internet."
        )
    return told
