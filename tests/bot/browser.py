"""A browser at the web chat: it keeps its cookie, reads the page, presses what can be pressed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from httpx import Response
from starlette.testclient import TestClient

from bot.service import Service

CHAT = "/tro-chuyen"
HTMX = {"HX-Request": "true"}


@dataclass
class Bubble:
    """One message as it is shown: who said it, the words, buttons from label to action, links."""

    side: str
    text: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the messages of a page or of a part of one; pressed-off buttons are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.bubbles: list[Bubble] = []
        self.cursor = ""
        self._action = ""
        self._in_line = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        classes = known.get("class", "").split()
        if "message" in classes:
            self.bubbles.append(Bubble(classes[1].removeprefix("from-")))
        if known.get("id") == "poll":
            self.cursor = known["hx-get"].partition("sau=")[2]
        if tag == "button" and known.get("name") == "action" and "disabled" not in known:
            self._action = known["value"]
        if self.bubbles and (link := known.get("href") or known.get("src")):
            self.bubbles[-1].links.append(link)
        self._in_line = self._in_line or "line" in classes

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._action = ""
        if tag == "div" and self._in_line:
            self.bubbles[-1].text += "\n"
            self._in_line = False

    def handle_data(self, data: str) -> None:
        if self._action:
            self.bubbles[-1].buttons[data.strip()] = self._action
        elif self._in_line:
            self.bubbles[-1].text += data


def read(html: str) -> _Reader:
    """Return what a page shows."""
    reader = _Reader()
    reader.feed(html)
    return reader


class Browser:
    """Somebody's browser without JavaScript."""

    def __init__(self, service: Service, **options: object) -> None:
        self.client = TestClient(service.app, **options)

    def opens(self, address: str = CHAT) -> Response:
        """Open the chat, following redirects as a browser does."""
        return self.client.get(address)

    def says(self, text: str, **more: object) -> Response:
        """Send words with the form of the page."""
        return self.client.post(f"{CHAT}/tin", data={"text": text}, **more)

    def taps(self, action: str, **more: object) -> Response:
        """Press a button of the page."""
        return self.client.post(f"{CHAT}/tin", data={"action": action}, **more)

    def uploads(self, *files: tuple[str, bytes], text: str = "", **more: object) -> Response:
        """Send files with the form of the page."""
        chosen = [("tep", file) for file in files]
        return self.client.post(f"{CHAT}/tin", data={"text": text}, files=chosen, **more)

    @property
    def bubbles(self) -> list[Bubble]:
        """What the page shows when it is loaded again."""
        return read(self.opens().text).bubbles

    def hears(self) -> str:
        """The words of the newest message of the assistant."""
        return [bubble.text for bubble in self.bubbles if bubble.side == "bot"][-1]
