"""The person's side of a channel: what an adapter gives so that a channel passes the suite."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.testclient import TestClient

from api.web.site import Site
from bot.deliverer import Deliverer
from bot.link import Link
from bot.media import MediaFetcher
from bot.service import Service, build


@dataclass(frozen=True)
class Update:
    """One update as the platform would hand it over: headers and body of its request."""

    body: Any
    headers: dict[str, str]


class Side(ABC):
    """Chị Lan on one channel. An adapter makes updates; handing them over is done here.

    repeats says whether the platform names its updates, so that a second delivery is known.
    """

    name: str
    repeats = True

    def __init__(self, site: Site) -> None:
        self.site = site
        self.service: Service = build(site)

    @property
    def link(self) -> Link:
        """The channel as its folder gives it."""
        return next(link for link in self.service.links if link.name == self.name)

    @property
    def client(self) -> TestClient:
        """Whoever calls our addresses."""
        return TestClient(self.service.app, raise_server_exceptions=False)

    def restart(self) -> None:
        """Begin anew in another process: nothing but the database is left."""
        self.service = build(self.site)

    @abstractmethod
    def text(self, words: str) -> Update:
        """Write words."""

    @abstractmethod
    def press(self, label: str) -> Update:
        """Choose an entry of the menu that was heard last, in the way the platform has."""

    @abstractmethod
    def picture(self, content: bytes, caption: str = "") -> Update:
        """Send a photo, with words where the platform lets both go together."""

    @abstractmethod
    def hand(self, update: Update) -> int:
        """Let the platform hand over an update; returns the status it was answered with."""

    @abstractmethod
    def heard(self) -> list[str]:
        """Let everything that is due arrive; returns the words chị Lan has got, in order."""

    def say(self, words: str) -> str:
        """Write, hand over, and return the newest words heard."""
        assert self.hand(self.text(words)) < 400
        return self.heard()[-1]


class PushedSide(Side):
    """A channel that we push messages to; the adapter gives what the platform has got.

    tells_of_leaving says whether the platform refuses messages to who has left in a way of its own.
    """

    tells_of_leaving = True

    def __init__(self, site: Site, run: Callable[[Any], Any]) -> None:
        super().__init__(site)
        self.run = run

    @property
    @abstractmethod
    def arrived(self) -> list[str]:
        """The words that the platform has shown to chị Lan."""

    @abstractmethod
    def block(self) -> None:
        """Leave: what is sent from now on is refused for good."""

    @abstractmethod
    def busy(self, seconds: int) -> None:
        """Have the platform refuse the next message for so long."""

    def heard(self) -> list[str]:
        """Deliver until nothing is due."""
        while self.run(self.deliverer().step()):
            pass
        return self.arrived

    def fetch(self) -> int:
        """One step of the fetcher of files."""
        site, channel = self.site, self.link.channel
        assert channel is not None
        return int(self.run(MediaFetcher(site.database, channel, site.files, site.clock).step()))

    def deliverer(self) -> Deliverer:
        """Whoever delivers over this channel."""
        channel = self.link.channel
        assert channel is not None
        return Deliverer(self.site.database, channel, self.site.files, self.site.clock)

    def close(self) -> None:
        """Give connections back."""

        async def close() -> None:
            async with self.link.opened():
                await asyncio.sleep(0)

        self.run(close())

    def restart(self) -> None:
        """Begin anew; the old process gives its connections back."""
        self.close()
        super().restart()
