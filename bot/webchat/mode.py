"""The three ways in which the chat is opened: as a page, on a shared screen, in a portal's frame.

Each keeps its conversation in a cookie of its own, so that none sees that of another.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from api.settings import Settings
from api.web.site import Here

PATH = "/tro-chuyen"
_YEAR = 365 * 24 * 3600
_GRACE = 30  # seconds that a shared screen's cookie outlives its countdown


class Mode(StrEnum):
    """How the chat is opened, as the address says it."""

    PAGE = ""
    KIOSK = "kiosk"
    EMBED = "nhung"


_COOKIES = {Mode.PAGE: "pakn_chat", Mode.KIOSK: "pakn_kiosk", Mode.EMBED: "pakn_nhung"}
_SIZES = {Mode.PAGE: "pakn_size", Mode.KIOSK: "pakn_kiosk_size", Mode.EMBED: "pakn_nhung_size"}


@dataclass(frozen=True)
class Visit:
    """One request to the chat: its mode, and the cookies that go with it."""

    mode: Mode
    settings: Settings

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds the conversation."""
        return _COOKIES[self.mode]

    @property
    def size_cookie(self) -> str:
        """The name of the cookie that remembers the size of the letters."""
        return _SIZES[self.mode]

    @property
    def query(self) -> str:
        """What the addresses of this mode carry: "kiosk=1", "nhung=1" or nothing."""
        return f"{self.mode}=1" if self.mode else ""

    def address(self, path: str = PATH) -> str:
        """Return an address of the chat in this mode."""
        return f"{path}?{self.query}" if self.query else path

    def keep(self, response: Response, name: str, value: str) -> None:
        """Set a cookie by the rules of the mode.

        A shared screen forgets soon. In a frame of another site only a cookie with SameSite=None,
        Secure and Partitioned (CHIPS) is kept, apart for each portal.
        """
        framed = self.mode is Mode.EMBED
        forgets = self.settings.kiosk_idle + _GRACE
        response.set_cookie(
            name,
            value,
            max_age=forgets if self.mode is Mode.KIOSK else _YEAR,
            path=PATH,
            httponly=True,
            samesite="none" if framed else "lax",
            secure=framed or self.settings.secure_cookies,
        )
        if framed:
            key, header = response.raw_headers[-1]
            response.raw_headers[-1] = (key, header + b"; Partitioned")

    def forget(self, response: Response) -> None:
        """Take the cookies of the mode back."""
        for name in (self.cookie, self.size_cookie):
            response.delete_cookie(name, path=PATH, httponly=True)


def _visit(request: Request, here: Here) -> Visit:
    asked = request.query_params
    if asked.get(Mode.KIOSK) == "1":
        return Visit(Mode.KIOSK, here.settings)
    if asked.get(Mode.EMBED) == "1" and here.settings.embed_allowed:
        return Visit(Mode.EMBED, here.settings)
    return Visit(Mode.PAGE, here.settings)


Visiting = Annotated[Visit, Depends(_visit)]
"""The dependency of every route of the chat."""
