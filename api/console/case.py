"""The page of one case; what staff do there is in the files beside this one."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, select

from api.cases import publication, visibility
from api.cases.events import Deed, history
from api.cases.models import Audience, Case, State
from api.console import case_steps, case_view
from api.console.session import Me
from api.errors import ForbiddenError, NotFoundError, PeopleError
from api.files.models import Attachment
from api.people.models import Staff, Viewing
from api.web.pages import render
from api.web.site import Here, Site, Token

router = APIRouter(include_in_schema=False)

Version = Annotated[int, Form(ge=1, le=2**31 - 1)]
Text = Annotated[str, Form(max_length=200_000)]  # the domain refuses sooner, with a sentence
Short = Annotated[str, Form(max_length=400)]
Act = Callable[[Session, Case, Deed], object]
_TYPED = ("answer", "note", "reason", "draft")


@router.get("/can-bo/ho-so/{code}")
def case(request: Request, here: Here, me: Me, code: str) -> HTMLResponse:
    """Show a case with its sender; that this member saw it is written down."""
    with here.database.writing() as session:
        found = visibility.case_for(session, me, code)
        seen = Viewing(staff_id=me.id or 0, case_id=found.id or 0, at=here.clock())
        session.add(seen)
    return _page(request, here, me, code)


@router.get("/can-bo/tep/{token}")
def file(here: Here, me: Me, token: Token) -> FileResponse:
    """Give an attachment of a case to staff who may see the case."""
    with here.database.reading() as session:
        row = session.exec(select(Attachment).where(Attachment.token == token)).first()
        if not row or not row.case_id:
            raise NotFoundError("Không tìm thấy tệp này.", "Bạn quay lại hồ sơ.")
        visibility.check(session, me, session.get_one(Case, row.case_id))
    return FileResponse(here.files.path(row), media_type=row.media_type, filename=row.name)


def acted(  # a form has this many parts
    request: Request,
    here: Site,
    me: Staff,
    code: str,
    version: int,
    act: Act,
    typed: dict[str, Any] | None = None,
) -> Response:
    """Act in one transaction; what is refused is shown again with what was typed."""
    try:
        with here.database.writing() as session:
            found = visibility.case_for(session, me, code)
            act(session, found, Deed(me, here.clock(), version))
            seen = visibility.may_see(session, me, found)
    except NotFoundError:
        raise
    except PeopleError as error:
        return _page(request, here, me, code, error=error, typed=typed)
    return RedirectResponse(f"/can-bo/ho-so/{code}" if seen else "/can-bo", status_code=303)


def _page(
    request: Request,
    here: Site,
    me: Staff,
    code: str,
    *,
    error: PeopleError | None = None,
    typed: dict[str, Any] | None = None,
) -> HTMLResponse:
    kept = typed or {}
    with here.database.reading() as session:
        try:
            found = visibility.case_for(session, me, code)
        except ForbiddenError:
            raise error or ForbiddenError("Hồ sơ này do bộ phận khác xử lý.") from None
        facts = history(session, found, Audience.INTERNAL)
        suggestion = kept.get("public") or publication.suggest(session, found)
        to_publish = found.state in {State.ANSWERED, State.PUBLISHED}
        offered = case_view.offered(here, session, found, me, here.clock())
        context = {
            "case": case_view.view(here, session, found),
            "events": [case_view.event(session, fact) for fact in facts],
            "trace": case_view.trace(here, session, found),
            "suggestion": suggestion,
            "doubtful": publication.doubtful_names(suggestion) if to_publish else (),
            "typed": {name: kept.get(name, "") for name in _TYPED},
            **offered,
            **case_steps.arranged(found.state, offered, request.url.path),
            **case_view.choices(here, session),
        }
        return render(
            request,
            here,
            "console/case.html",
            section="ho-so",
            staff=me,
            http_status=error.status if error else 200,
            error=f"{error.sentence} {error.next_step}" if error else "",
            **context,
        )
