"""A clerk who is told how to decide on single questions; the rest of it is the real one."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from sqlmodel import Session
from starlette.testclient import TestClient

from api.web.site import Site
from bot.service import build
from knowledge.clerk import Clerk, Finding
from knowledge.decide import Decision
from tests.api.web.visits import visiting
from tests.conftest import small_catalogue

CLEAR = "đăng ký tạm trú mất bao lâu"
OPEN = "khai sinh"
UNKNOWN = "con mèo bay"
DECISIONS = {CLEAR: Decision.ANSWER, OPEN: Decision.CLARIFY, UNKNOWN: Decision.NONE}


class DecidedClerk(Clerk):
    """How sure the search must be is no matter of the pages."""

    def __init__(self, decisions: Mapping[str, Decision]) -> None:
        super().__init__(small_catalogue())
        self._decisions = decisions

    def ask(self, text: str) -> Finding:
        finding = super().ask(text)
        return replace(finding, decision=self._decisions.get(text, finding.decision))


class DecidedDesk:
    """Always gives the same clerk."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk

    def clerk(self, _session: Session) -> Clerk:
        return self._clerk


@contextmanager
def asking(site: Site) -> Iterator[TestClient]:
    """A browser at an installation that answers CLEAR, asks back at OPEN, not knows UNKNOWN."""
    desk = DecidedDesk(DecidedClerk(DECISIONS))
    with visiting(build(replace(site, catalogue=desk)).app) as browser:
        yield browser
