"""Groups that wait for staff, and the report of some days."""

from api.learning import groups, questions, report
from api.learning.models import Outcome
from api.web.site import Site
from tests.api.learning.conftest import Ask, clerk_of
from tests.conftest import FrozenClock

BIRTH, RESIDENCE = "1.001193", "1.004194"


def waiting(site: Site, outcome: Outcome | None = None) -> list[groups.Group]:
    with site.database.reading() as session:
        return groups.waiting(session, site.office.unit_id, clerk_of(site), outcome)


def of_days(site: Site, days: int = 7) -> report.Report:
    with site.database.reading() as session:
        return report.of_days(session, site.office.unit_id, days, site.clock())


def answers(site: Site, code: str) -> None:
    with site.database.writing() as session:
        questions.count_answer(session, site.office.unit_id, code, site.clock())


def test_the_same_words_are_one_question_with_marks_shown(site: Site, ask: Ask) -> None:
    ask("nuôi chim yến")
    ask("nuoi chim yen")
    ask("bán vé số dạo", Outcome.CLARIFY, BIRTH)

    first, second = waiting(site)
    assert (first.times, first.examples) == (2, ("nuôi chim yến",))
    assert (second.times, second.proposed) == (1, BIRTH)
    assert second.outcomes == {Outcome.CLARIFY: 1}


def test_groups_can_be_looked_at_by_outcome(site: Site, ask: Ask) -> None:
    ask("nuôi chim yến")
    ask("bán vé số dạo", Outcome.UNHELPFUL)
    with site.database.writing() as session:
        questions.pass_on(session, site.office.unit_id, "nuôi chim yến", "web", site.clock())

    assert [g.examples[0] for g in waiting(site, Outcome.UNHELPFUL)] == ["bán vé số dạo"]
    assert [g.examples[0] for g in waiting(site, Outcome.OFFICER)] == ["nuôi chim yến"]
    assert [g.examples[0] for g in waiting(site, Outcome.NONE)] == ["nuôi chim yến"]
    assert waiting(site, Outcome.CLARIFY) == []


def test_the_report_counts_each_question_once(site: Site, ask: Ask) -> None:
    for _ in range(5):
        answers(site, BIRTH)
    answers(site, RESIDENCE)
    ask("khai sinh", Outcome.UNHELPFUL, BIRTH)
    ask("nuôi chim yến")
    ask("giấy cho bé", Outcome.CLARIFY)
    ask("bán vé số dạo", Outcome.OFFICER)
    with site.database.writing() as session:
        questions.pass_on(session, site.office.unit_id, "nuôi chim yến", "web", site.clock())
        questions.choose(session, site.office.unit_id, "giấy cho bé", RESIDENCE, site.clock())

    found = of_days(site)

    assert (found.answered, found.clarified, found.none, found.straight_on) == (6, 1, 1, 1)
    assert (found.total, found.unhelpful, found.passed_on) == (9, 1, 2)
    assert found.most == ((BIRTH, 5), (RESIDENCE, 2))
    assert found.share(found.answered) == 67


def test_the_report_of_no_question_has_no_shares(site: Site) -> None:
    found = of_days(site)

    assert (found.total, found.share(found.answered), found.most) == (0, 0, ())


def test_the_report_leaves_out_what_is_older(site: Site, ask: Ask, clock: FrozenClock) -> None:
    ask("nuôi chim yến")
    answers(site, BIRTH)
    clock.pass_(days=7)
    answers(site, RESIDENCE)

    assert of_days(site).most == ((RESIDENCE, 1),)
    assert of_days(site).none == 0
    assert of_days(site, 8).none == 1
