"""The web chat as the rest of the bot knows it: browsers fetch their messages themselves."""

from api.web.site import Site
from bot.link import Link
from bot.webchat import routes
from bot.webchat.transcript import CHANNEL


def link(site: Site) -> Link:
    """Return the channel; it is always there."""
    return Link(
        name=CHANNEL,
        read=routes.read_update,
        router=lambda inbox: routes.router(inbox, site.settings.chat_per_minute),
    )
