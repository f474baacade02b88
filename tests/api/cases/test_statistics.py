"""The figures that everyone sees."""

from datetime import date

import pytest

from api.cases import statistics
from api.cases.models import Kind, State
from api.cases.statistics import Figures
from api.chats.models import Chat
from api.clock import local_date
from api.people.models import Unit
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, case_in, send
from tests.conftest import FrozenClock


def figures(site: Site) -> Figures:
    """Return the figures of today."""
    with site.database.reading() as session:
        return statistics.figures(session, site.office.unit_id, local_date(site.clock()))


def test_an_office_without_cases_claims_nothing(site: Site) -> None:
    assert figures(site) == Figures(0, 0, 0, None)


def test_open_cases_that_are_not_due_yet_give_no_percentage(site: Site, lan: Chat) -> None:
    case = send(site, lan)
    assert case.due_on > local_date(site.clock())

    assert figures(site) == Figures(1, 0, 0, None)


def test_a_case_on_its_due_day_is_not_judged_yet(site: Site, lan: Chat, clock: FrozenClock) -> None:
    case = send(site, lan, kind=Kind.QUESTION)
    clock.pass_(days=(case.due_on - local_date(clock())).days)

    assert figures(site).on_time_percent is None


def test_cases_are_counted_where_they_stand(site: Site, lan: Chat, minhs_desk: StaffDesk) -> None:
    for state in State:
        case_in(state, lan, minhs_desk)

    assert figures(site) == Figures(received=12, answered=3, published=1, on_time_percent=100)


@pytest.mark.parametrize(("late_by", "percent"), [(0, 100), (1, 0)])
def test_an_answer_counts_as_on_time_up_to_the_due_day(
    site: Site,
    lan: Chat,
    minhs_desk: StaffDesk,
    clock: FrozenClock,
    late_by: int,
    percent: int,
) -> None:
    case = send(site, lan, kind=Kind.QUESTION)
    clock.pass_(days=(case.due_on - local_date(clock())).days + late_by)

    minhs_desk.answer(case)

    assert figures(site).on_time_percent == percent


def test_an_open_case_past_its_due_day_counts_against_the_office(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case_in(State.ANSWERED, lan, minhs_desk)
    send(site, lan, kind=Kind.QUESTION)
    send(site, lan)  # not due yet, not judged
    clock.pass_(days=8)

    assert figures(site).on_time_percent == 50


def test_the_percentage_is_rounded_down(
    site: Site, lan: Chat, minhs_desk: StaffDesk, clock: FrozenClock
) -> None:
    case_in(State.ANSWERED, lan, minhs_desk)
    case_in(State.WITHHELD, lan, minhs_desk)
    late = send(site, lan, kind=Kind.QUESTION)
    clock.pass_(days=30)
    minhs_desk.answer(late)

    assert figures(site).on_time_percent == 66


def test_the_figures_are_those_of_one_office(site: Site, lan: Chat) -> None:
    send(site, lan)
    with site.database.writing() as session:
        other = Unit(prefix="XB", name="Xã Bên")
        session.add(other)

    with site.database.reading() as session:
        assert statistics.figures(session, other.id or 0, date(2026, 11, 16)).received == 0
