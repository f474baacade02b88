"""The web chat as the rest of the bot knows it: browsers fetch their messages themselves."""

from fastapi import APIRouter

from api.web.site import Site
from bot.inbox import Inbox
from bot.link import Link
from bot.webchat import embed, kiosk, routes
from bot.webchat.transcript import CHANNEL


def link(site: Site) -> Link:
    """Return the channel; it is always there."""
    return Link(
        name=CHANNEL,
        read=routes.read_update,
        router=lambda inbox: _router(inbox, site.settings.chat_per_minute),
    )


def _router(inbox: Inbox, per_minute: int) -> APIRouter:
    whole = APIRouter()
    for part in (routes.router(inbox, per_minute), kiosk.router, embed.router):
        whole.include_router(part)
    return whole
