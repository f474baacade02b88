"""The ward's own list of questions with the procedure each should lead to."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.console.session import Me
from api.errors import PeopleError
from api.learning import checks
from api.learning.checks import Check, Grade
from api.people.models import Staff
from api.web.pages import render
from api.web.site import Here, RowId, Site

router = APIRouter(include_in_schema=False)

GRADE_LABELS = {Grade.RIGHT: "Đúng", Grade.OFFERED: "Hỏi lại, có nêu", Grade.WRONG: "Chưa đúng"}
_LIST = "/can-bo/bo-kiem-tra"


@router.get("/can-bo/bo-kiem-tra")
def check_questions(request: Request, here: Here, me: Me) -> HTMLResponse:
    """Show the list, each question with how it is answered now."""
    return _page(request, here, me)


@router.post("/can-bo/bo-kiem-tra")
def add(
    request: Request,
    here: Here,
    me: Me,
    words: Annotated[str, Form(alias="cau", max_length=500)] = "",
    code: Annotated[str, Form(alias="thu-tuc", max_length=40)] = "",
) -> Response:
    """Add a question; without a code it should find nothing."""
    try:
        with here.database.writing() as session:
            clerk = here.catalogue.clerk(session)
            check = Check(words, code.strip())
            checks.add(session, here.office.unit_id, check, clerk, me, here.clock())
    except PeopleError as error:
        return _page(request, here, me, words=words, code=code, error=error)
    return RedirectResponse(_LIST, status_code=303)


@router.post("/can-bo/bo-kiem-tra/{check_id}/bo")
def remove(here: Here, me: Me, check_id: RowId) -> Response:
    """Take a question off the list."""
    with here.database.writing() as session:
        checks.remove(session, here.office.unit_id, check_id, me, here.clock())
    return RedirectResponse(_LIST, status_code=303)


def _page(
    request: Request,
    here: Site,
    me: Staff,
    *,
    words: str = "",
    code: str = "",
    error: PeopleError | None = None,
) -> HTMLResponse:
    with here.database.reading() as session:
        clerk = here.catalogue.clerk(session)
        rows = checks.listed(session, here.office.unit_id)
        known = clerk.catalogue.by_code
        shown = [
            {
                "id": row.id,
                "text": row.text,
                "code": row.code,
                "name": known[row.code].name if row.code in known else row.code,
                "gone": bool(row.code) and row.code not in known,
                "grade": checks.grade(clerk, Check(row.text, row.code)),
            }
            for row in rows
        ]
    return render(
        request,
        here,
        "console/questions_checks.html",
        section="cau-hoi",
        staff=me,
        http_status=error.status if error else 200,
        checks=shown,
        labels=GRADE_LABELS,
        right=sum(row["grade"] is Grade.RIGHT for row in shown),
        procedures=[{"code": p.code, "name": p.name} for p in clerk.catalogue.procedures],
        words=words,
        code=code,
        error=f"{error.sentence} {error.next_step}" if error else "",
    )
