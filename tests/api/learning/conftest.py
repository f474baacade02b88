"""Questions that people asked at a small ward, and the clerk of its catalogue."""

from collections.abc import Callable

import pytest

from api.learning import questions
from api.learning.models import Outcome
from api.learning.questions import Unanswered
from api.web.site import Site
from knowledge.clerk import Clerk

Ask = Callable[..., None]


@pytest.fixture
def ask(site: Site) -> Ask:
    """Keeps a question as the conversation does."""

    def asks(text: str, outcome: Outcome = Outcome.NONE, proposed: str = "") -> None:
        asked = Unanswered(text, outcome, "web", proposed)
        with site.database.writing() as session:
            questions.keep(session, site.office.unit_id, asked, site.clock())

    return asks


def clerk_of(site: Site) -> Clerk:
    """The clerk who answers now."""
    with site.database.reading() as session:
        return site.catalogue.clerk(session)
