"""What people asked and we could not answer well: groups, rulings on them, the report."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.console.question_views import (
    OUTCOME_LABELS,
    group_view,
    name_of,
    ruled_views,
    undone_views,
)
from api.console.session import Me
from api.errors import PeopleError
from api.learning import groups, report, rulings
from api.learning.groups import Group
from api.learning.models import Outcome, Verdict
from api.learning.questions import without_labels
from api.learning.rulings import Lesson
from api.people.models import Staff
from api.public.procedures import matching
from api.web.pages import render
from api.web.site import Here, RowId, Site
from knowledge.clerk import Clerk

router = APIRouter(include_in_schema=False)

PAGE = 30
_REPORT_DAYS = (7, 30, 90)
_MOST_FOUND = 20
_LIST = "/can-bo/cau-hoi"
Words = Annotated[str, Form(alias="cau", max_length=500)]


@router.get("/can-bo/cau-hoi")
def questions(
    request: Request,
    here: Here,
    me: Me,
    outcome: Annotated[str, Query(alias="ket-qua", max_length=20)] = "",
    handled: Annotated[str, Query(alias="xu-ly", max_length=10)] = "",
    days: Annotated[int, Query(alias="ngay", ge=1, le=366)] = 30,
    page: Annotated[int, Query(alias="trang", ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """List the groups that wait, the ones asked most first, or what was ruled."""
    wanted = Outcome(outcome) if outcome in set(Outcome) else None
    with here.database.reading() as session:
        clerk = here.catalogue.clerk(session)
        found = groups.waiting(session, here.office.unit_id, clerk, wanted)
        ruled = ruled_views(session, here, clerk) if handled else []
        undone = undone_views(session, here, clerk) if handled else []
        figures = report.of_days(session, here.office.unit_id, days, here.clock())
    return render(
        request,
        here,
        "console/questions.html",
        section="cau-hoi",
        staff=me,
        groups=[group_view(group, clerk) for group in found[(page - 1) * PAGE : page * PAGE]],
        waiting=len(found),
        page=page,
        pages=max(1, -(-len(found) // PAGE)),
        ruled=ruled,
        undone=undone,
        handled=bool(handled),
        outcome=outcome,
        outcomes=[{"key": o.value, "label": label} for o, label in OUTCOME_LABELS.items()],
        report=figures,
        report_days=_REPORT_DAYS,
        most=[{"code": c, "name": name_of(clerk, c), "times": n} for c, n in figures.most],
    )


@router.get("/can-bo/cau-hoi/{number}")
def group(
    request: Request,
    here: Here,
    me: Me,
    number: RowId,
    search: Annotated[str, Query(alias="tim", max_length=200)] = "",
) -> HTMLResponse:
    """Show one group with the procedures it may mean."""
    return _group_page(request, here, me, number, search=search)


@router.post("/can-bo/cau-hoi/{number}/thu-tuc")
def assign(
    request: Request,
    here: Here,
    me: Me,
    number: RowId,
    words: Words = "",
    code: Annotated[str, Form(alias="thu-tuc", max_length=40)] = "",
) -> Response:
    """Teach that these words mean a procedure."""
    lesson = Lesson(Verdict.PROCEDURE, words, code)
    return _teach(request, here, me, number, lesson)


@router.post("/can-bo/cau-hoi/{number}/ngoai-pham-vi")
def outside(
    request: Request,
    here: Here,
    me: Me,
    number: RowId,
    words: Words = "",
    where: Annotated[str, Form(alias="noi", max_length=300)] = "",
) -> Response:
    """Teach that these words are about nothing of the catalogue, and where to go instead."""
    return _teach(request, here, me, number, Lesson(Verdict.OUTSIDE, words, "", where))


@router.post("/can-bo/cau-hoi/{number}/de-qua")
def aside(here: Here, me: Me, number: RowId) -> Response:
    """Put a group out of sight."""
    with here.database.reading() as session:
        clerk = here.catalogue.clerk(session)
        found = groups.group_of(session, here.office.unit_id, clerk, number)
    with here.database.writing() as session:
        rulings.set_aside(
            session, here.office.unit_id, found.examples[0], found.questions, me, here.clock()
        )
    return RedirectResponse(_LIST, status_code=303)


@router.post("/can-bo/cau-hoi/quyet-dinh/{ruling_id}/hoan-tac")
def undo(here: Here, me: Me, ruling_id: RowId) -> Response:
    """Take a ruling back."""
    with here.database.writing() as session:
        rulings.undo(session, here.office.unit_id, ruling_id, me, here.clock())
    return RedirectResponse(f"{_LIST}?xu-ly=roi", status_code=303)


def _teach(request: Request, here: Site, me: Staff, number: int, lesson: Lesson) -> Response:
    """Try a lesson out, then teach it; a refusal shows the group again with the words typed."""
    unit_id = here.office.unit_id
    try:
        with here.database.reading() as session:
            clerk = here.catalogue.clerk(session)
            found = groups.group_of(session, unit_id, clerk, number)
            trial = rulings.try_out(session, unit_id, clerk, lesson)
        with here.database.writing() as session:
            rulings.teach(session, unit_id, trial, found.questions, me, here.clock())
    except PeopleError as error:
        if error.status == 404:
            raise
        return _group_page(request, here, me, number, lesson=lesson, error=error)
    return RedirectResponse(f"{_LIST}?xu-ly=roi", status_code=303)


def _group_page(
    request: Request,
    here: Site,
    me: Staff,
    number: int,
    *,
    search: str = "",
    lesson: Lesson | None = None,
    error: PeopleError | None = None,
) -> HTMLResponse:
    with here.database.reading() as session:
        clerk = here.catalogue.clerk(session)
        found = groups.group_of(session, here.office.unit_id, clerk, number)
    return render(
        request,
        here,
        "console/questions_group.html",
        section="cau-hoi",
        staff=me,
        http_status=error.status if error else 200,
        group=group_view(found, clerk),
        words=lesson.text if lesson else without_labels(found.examples[0]),
        picked=lesson.code if lesson else found.chosen,
        where=lesson.where if lesson else "",
        search=search,
        choices=_choices(found, clerk, search, lesson.code if lesson else ""),
        error=f"{error.sentence} {error.next_step}" if error else "",
    )


def _choices(found: Group, clerk: Clerk, search: str, picked: str) -> list[dict[str, str]]:
    """Return the procedures to choose from: by name where one searches, else the likeliest."""
    if search.strip():
        codes = [p.code for p in matching(clerk.catalogue, search)[:_MOST_FOUND]]
    else:
        likely = [c.procedure.code for c in clerk.ask(found.examples[0]).candidates[:6]]
        codes = [found.chosen, *likely, found.proposed]
    wanted = dict.fromkeys([picked, *codes] if picked else codes)
    known = clerk.catalogue.by_code
    return [{"code": code, "name": known[code].name} for code in wanted if code in known]
