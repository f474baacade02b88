"""Rulings on groups of questions: taught at once, refused where they would cost, undone."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlmodel import select

from api.catalogue import activations, releases
from api.catalogue.desk import CatalogueDesk
from api.errors import ConflictError, NotFoundError, PeopleError
from api.learning import checks, groups, rulings
from api.learning.checks import Check
from api.learning.models import Ruling, Verdict
from api.learning.rulings import Lesson, Trial
from api.people.models import Staff
from api.web.site import Site
from knowledge.catalogue import Catalogue
from knowledge.decide import Decision
from tests.api.learning.conftest import Ask, clerk_of
from tests.conftest import SMALL, small_catalogue

SINGLE, COPY, RESIDENCE = "1.004873", "2.000815", "1.004194"
WORDS = "giấy chứng minh em còn ế"
CLEAR = "đăng ký tạm trú mất bao lâu"


def tries(site: Site, lesson: Lesson) -> Trial:
    with site.database.reading() as session:
        clerk = site.catalogue.clerk(session)
        return rulings.try_out(session, site.office.unit_id, clerk, lesson)


def waiting(site: Site) -> list[groups.Group]:
    with site.database.reading() as session:
        return groups.waiting(session, site.office.unit_id, clerk_of(site))


def teaches(site: Site, staff: Staff, lesson: Lesson, asked: Sequence[int] | None = None) -> int:
    """Try a lesson out and teach it for the first group that waits; gives the ruling's number."""
    trial = tries(site, lesson)
    numbers = asked if asked is not None else waiting(site)[0].questions
    with site.database.writing() as session:
        row = rulings.teach(session, site.office.unit_id, trial, numbers, staff, site.clock())
        return row.id or 0


def undoes(site: Site, staff: Staff, ruling: int) -> None:
    with site.database.writing() as session:
        rulings.undo(session, site.office.unit_id, ruling, staff, site.clock())


def expects(site: Site, text: str, code: str) -> None:
    with site.database.writing() as session:
        check = Check(text, code)
        checks.add(session, site.office.unit_id, check, clerk_of(site), None, site.clock())


def answered(site: Site, text: str = WORDS) -> str:
    finding = clerk_of(site).ask(text)
    return finding.candidates[0].procedure.code if finding.decision is Decision.ANSWER else ""


def test_an_assigned_procedure_answers_the_question_at_once(
    site: Site, ask: Ask, minh: Staff
) -> None:
    ask(WORDS)
    assert answered(site) == ""

    teaches(site, minh, Lesson(Verdict.PROCEDURE, WORDS, SINGLE))

    assert answered(site) == SINGLE
    assert waiting(site) == []


def test_what_is_taught_reaches_the_other_instances(site: Site, ask: Ask, minh: Staff) -> None:
    other = replace(site, catalogue=CatalogueDesk(site.office.unit_id))
    ask(WORDS)
    assert answered(other) == ""

    ruling = teaches(site, minh, Lesson(Verdict.PROCEDURE, WORDS, SINGLE))
    assert answered(other) == SINGLE

    undoes(site, minh, ruling)
    assert answered(other) == ""


def test_undoing_lets_the_questions_wait_again_and_is_remembered(
    site: Site, ask: Ask, minh: Staff, hanh: Staff
) -> None:
    ask(WORDS)
    ruling = teaches(site, minh, Lesson(Verdict.PROCEDURE, WORDS, SINGLE))

    undoes(site, hanh, ruling)

    assert [group.examples for group in waiting(site)] == [(WORDS,)]
    assert answered(site) == ""
    with site.database.reading() as session:
        row = session.get_one(Ruling, ruling)
        assert (row.staff_id, row.undone_by_id) == (minh.id, hanh.id)
        assert row.undone_at == site.clock()


def test_a_ruling_is_undone_once(site: Site, ask: Ask, minh: Staff) -> None:
    ask(WORDS)
    ruling = teaches(site, minh, Lesson(Verdict.PROCEDURE, WORDS, SINGLE))
    undoes(site, minh, ruling)

    with pytest.raises(ConflictError):
        undoes(site, minh, ruling)
    with pytest.raises(NotFoundError):
        undoes(site, minh, ruling + 1)


def test_a_lesson_that_loses_a_question_of_the_list_is_refused(
    site: Site, ask: Ask, minh: Staff
) -> None:
    expects(site, CLEAR, RESIDENCE)

    with pytest.raises(PeopleError, match=CLEAR):
        tries(site, Lesson(Verdict.PROCEDURE, CLEAR, COPY))

    assert answered(site, CLEAR) == RESIDENCE


def test_calling_a_question_of_the_list_outside_is_refused(site: Site) -> None:
    expects(site, CLEAR, RESIDENCE)

    with pytest.raises(PeopleError, match=CLEAR):
        tries(site, Lesson(Verdict.OUTSIDE, CLEAR))


def test_a_lesson_that_loses_what_was_assigned_before_is_refused(
    site: Site, ask: Ask, minh: Staff
) -> None:
    ask(WORDS)
    teaches(site, minh, Lesson(Verdict.PROCEDURE, WORDS, SINGLE))

    with pytest.raises(PeopleError, match=WORDS):
        tries(site, Lesson(Verdict.PROCEDURE, WORDS, COPY))


def test_a_question_that_was_wrong_already_stops_no_lesson(site: Site) -> None:
    expects(site, CLEAR, COPY)

    assert tries(site, Lesson(Verdict.PROCEDURE, WORDS, SINGLE)).version == 0


def test_a_lesson_tried_out_before_another_was_taught_has_to_be_tried_again(
    site: Site, ask: Ask, minh: Staff, hanh: Staff
) -> None:
    ask(WORDS)
    ask("bán vé số dạo")
    first, second = (group.questions for group in waiting(site))
    slow = tries(site, Lesson(Verdict.OUTSIDE, "bán vé số dạo"))
    teaches(site, minh, Lesson(Verdict.PROCEDURE, WORDS, SINGLE), first)

    with pytest.raises(ConflictError), site.database.writing() as session:
        rulings.teach(session, site.office.unit_id, slow, second, hanh, site.clock())


def test_a_group_is_ruled_on_by_one_of_two_officers(
    site: Site, ask: Ask, minh: Staff, hanh: Staff
) -> None:
    ask(WORDS)
    (group,) = waiting(site)
    for officer in (minh, hanh):
        with site.database.writing() as session:
            args = (session, site.office.unit_id, WORDS, group.questions, officer, site.clock())
            if officer is minh:
                rulings.set_aside(*args)
            else:
                with pytest.raises(ConflictError):
                    rulings.set_aside(*args)


def test_words_set_aside_do_not_come_back(site: Site, ask: Ask, minh: Staff) -> None:
    ask("alo alo ai đó")
    (group,) = waiting(site)
    with site.database.writing() as session:
        rulings.set_aside(session, site.office.unit_id, "alo", group.questions, minh, site.clock())

    ask("Alo alo ai do")

    assert waiting(site) == []


def test_setting_aside_teaches_nothing(site: Site, ask: Ask, minh: Staff) -> None:
    ask(WORDS)
    (group,) = waiting(site)
    with site.database.writing() as session:
        unit = site.office.unit_id
        rulings.set_aside(session, unit, WORDS, group.questions, minh, site.clock())
        assert rulings.taught(session, unit) == []
        assert rulings.version(session, unit) == 0


@pytest.mark.parametrize(
    "lesson",
    [
        Lesson(Verdict.PROCEDURE, "", SINGLE),
        Lesson(Verdict.PROCEDURE, "giấy", SINGLE),
        Lesson(Verdict.PROCEDURE, WORDS, ""),
        Lesson(Verdict.PROCEDURE, WORDS, "9.999999"),
        Lesson(Verdict.OUTSIDE, WORDS, "", "x" * 301),
    ],
    ids=["no words", "one word", "no procedure", "a strange code", "a long place"],
)
def test_an_unfit_lesson_is_refused_with_a_sentence(site: Site, lesson: Lesson) -> None:
    with pytest.raises(PeopleError) as refused:
        tries(site, lesson)

    assert refused.value.sentence.endswith(".")


def test_what_is_personal_in_a_lesson_is_left_out(site: Site) -> None:
    trial = tries(site, Lesson(Verdict.PROCEDURE, f"{WORDS} gọi em 0912 345 678", SINGLE))

    assert "0912" not in trial.lesson.text
    assert "[" not in trial.lesson.text


def test_a_new_release_keeps_what_is_taught_by_code(site: Site, ask: Ask, minh: Staff) -> None:
    ask(WORDS)
    teaches(site, minh, Lesson(Verdict.PROCEDURE, WORDS, SINGLE))
    small = small_catalogue()
    fewer = Catalogue(small.release, tuple(p for p in small.procedures if p.code != SINGLE))

    activates(site, fewer)
    assert answered(site) != SINGLE

    activates(site, small)
    assert answered(site) == SINGLE


def activates(site: Site, catalogue: Catalogue) -> None:
    site.clock.pass_(minutes=1)  # type: ignore[attr-defined]  # a frozen clock
    with site.database.writing() as session:
        row = releases.store(session, site.office.unit_id, catalogue, site.clock())
        activations.activate(session, site.office.unit_id, row.id or 0, site.clock())


def test_the_list_holds_each_question_once(site: Site) -> None:
    expects(site, CLEAR, RESIDENCE)
    expects(site, CLEAR.upper(), RESIDENCE)

    with site.database.reading() as session:
        assert len(checks.listed(session, site.office.unit_id)) == 1
    with pytest.raises(PeopleError, match=RESIDENCE):
        expects(site, CLEAR, COPY)


def test_a_check_can_expect_that_nothing_is_found(site: Site) -> None:
    clerk = clerk_of(site)

    assert checks.grade(clerk, Check("mua vé xem đá bóng", "")) is checks.Grade.RIGHT
    assert checks.grade(clerk, Check(CLEAR, "")) is checks.Grade.WRONG
    assert checks.grade(clerk, Check(CLEAR, RESIDENCE)) is checks.Grade.RIGHT
    assert checks.grade(clerk, Check("khai sinh", SMALL[1])) is checks.Grade.OFFERED


def test_a_check_for_a_strange_code_is_refused(site: Site) -> None:
    with pytest.raises(PeopleError, match=r"9\.999999"):
        expects(site, CLEAR, "9.999999")


def test_a_removed_check_no_longer_stops_a_lesson(site: Site, minh: Staff) -> None:
    expects(site, CLEAR, RESIDENCE)
    with site.database.writing() as session:
        (row,) = checks.listed(session, site.office.unit_id)
        checks.remove(session, site.office.unit_id, row.id or 0, minh, site.clock())

    assert tries(site, Lesson(Verdict.PROCEDURE, CLEAR, COPY)).lesson.code == COPY
    assert len(SMALL) == 8
    with site.database.reading() as session:
        assert session.exec(select(Ruling)).all() == []
