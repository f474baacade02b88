"""One release of the catalogue: what it changes, what is wrong in it, when it is used."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api.catalogue import abolitions, activations, releases
from api.catalogue.activations import Order
from api.catalogue.comparison import compare_kept
from api.catalogue.models import CatalogueRelease, CatalogueReplacement
from api.clock import local
from api.console.session import Me
from api.errors import PeopleError
from api.people.models import Staff
from api.web.pages import render
from api.web.site import Here, RowId, Site
from knowledge.catalogue import ProblemKind
from knowledge.release_diff import Changed, ReleaseDiff

router = APIRouter(include_in_schema=False)

_MOST_SHOWN = 200
_HEADINGS = {
    ProblemKind.NOT_TAKEN: "Dòng không đọc được",
    ProblemKind.GARBLED: "Chữ bị hỏng, không đưa vào câu trả lời",
    ProblemKind.ABOLISHED_LEVEL: "Nhắc cấp huyện đã bỏ, không đưa vào câu trả lời",
    ProblemKind.OLD_PAPERS: "Nhắc giấy tờ cũ",
    ProblemKind.SHARED_BODY: "Nội dung trùng nhau",
}


@router.get("/can-bo/danh-muc/{release_id}")
def release(request: Request, here: Here, me: Me, release_id: RowId) -> HTMLResponse:
    """Show a release against the one in use."""
    return _page(request, here, me, release_id)


@router.post("/can-bo/danh-muc/{release_id}/kich-hoat")
def activate(
    request: Request,
    here: Here,
    me: Me,
    release_id: RowId,
    on: Annotated[str, Form(max_length=10)] = "",
    at: Annotated[str, Form(max_length=8)] = "",
    reason: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Put a release into use, at once or from a moment on."""
    try:
        order = Order(me.id, _moment(on, at), reason)
        with here.database.writing() as session:
            activations.activate(session, here.office.unit_id, release_id, here.clock(), order)
    except PeopleError as error:
        if error.status != PeopleError.status:
            raise
        return _page(request, here, me, release_id, error=f"{error.sentence} {error.next_step}")
    return RedirectResponse("/can-bo/danh-muc", status_code=303)


@router.post("/can-bo/danh-muc/lich/{activation_id}/huy")
def withdraw(here: Here, me: Me, activation_id: RowId) -> Response:
    """Withdraw an activation whose moment has not come."""
    with here.database.writing() as session:
        activations.withdraw(session, here.office.unit_id, activation_id, here.clock(), me.id or 0)
    return RedirectResponse("/can-bo/danh-muc", status_code=303)


@router.post("/can-bo/danh-muc/{release_id}/thay-the")
def replace(
    request: Request,
    here: Here,
    me: Me,
    release_id: RowId,
    code: Annotated[str, Form(max_length=40)] = "",
    replaced_by: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Say what takes the place of a procedure that this release does not have; empty: nothing."""
    try:
        with here.database.writing() as session:
            row = releases.kept(session, here.office.unit_id, release_id)
            decision = CatalogueReplacement(
                unit_id=row.unit_id,
                code=code.strip(),
                replaced_by=replaced_by.strip(),
                staff_id=me.id or 0,
                decided_at=here.clock(),
            )
            abolitions.decide(session, row, decision)
    except PeopleError as error:
        return _page(request, here, me, release_id, error=f"{error.sentence} {error.next_step}")
    return RedirectResponse(f"/can-bo/danh-muc/{release_id}#bai-bo", status_code=303)


def _moment(on: str, at: str) -> datetime | None:
    """Return a day and an hour of Viet Nam as an instant; None where neither was given."""
    if not on and not at:
        return None
    try:
        return local(datetime.fromisoformat(f"{on}T{at or '00:00'}").replace(tzinfo=None))
    except ValueError:
        raise PeopleError("Thời điểm chưa đúng.", "Anh/chị chọn ngày và giờ.") from None


def _page(
    request: Request, here: Site, me: Staff, release_id: int, *, error: str = ""
) -> HTMLResponse:
    now = here.clock()
    with here.database.reading() as session:
        row = releases.kept(session, here.office.unit_id, release_id)
        active = activations.active(session, row.unit_id, now)
        in_use = active is not None and active.id == row.id
        before = activations.former(session, row.unit_id, now) if in_use else active
        diff = compare_kept(session, before, row) if before else None
        view = {
            "id": row.id,
            "name": row.name,
            "source": row.source,
            "published_on": row.published_on,
            "imported_at": row.imported_at,
            "sample": row.sample,
            "count": len(releases.codes(session, row)),
            "active": in_use,
            "former": not in_use and activations.was_in_use(session, row, now),
            "coming": [
                one.from_at
                for one in activations.upcoming(session, row.unit_id, now)
                if one.release_id == row.id
            ],
        }
        changes = _changes(session, before, row, diff) if before and diff else None
    return render(
        request,
        here,
        "console/release.html",
        section="danh-muc",
        staff=me,
        http_status=PeopleError.status if error else 200,
        release=view,
        changes=changes,
        missing=_missing(row.problems),
        problems=_problems(row.problems),
        error=error,
    )


def _changes(
    session: Session, before: CatalogueRelease, row: CatalogueRelease, diff: ReleaseDiff
) -> dict[str, Any]:
    decided = abolitions.replacements(session, row.unit_id)
    return {
        "before": before.name,
        "before_is_sample": before.sample,
        "empty": diff.is_empty,
        "added": diff.added[:_MOST_SHOWN],
        "added_count": len(diff.added),
        "abolished": [_gone(p.code, p.name, diff, decided) for p in diff.abolished[:_MOST_SHOWN]],
        "abolished_count": len(diff.abolished),
        "renamed": [_changed(one) for one in diff.renamed[:_MOST_SHOWN]],
        "renamed_count": len(diff.renamed),
        "changed": [_changed(one) for one in diff.changed[:_MOST_SHOWN]],
        "changed_count": len(diff.changed),
    }


def _gone(code: str, name: str, diff: ReleaseDiff, decided: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "likely": diff.likely.get(code),
        "settled": code in decided,
        "replaced_by": decided.get(code, ""),
    }


def _changed(one: Changed) -> dict[str, Any]:
    return {
        "code": one.procedure.code,
        "name": one.procedure.name,
        "before": one.before,
        "changes": one.changes,
    }


def _missing(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what was not published by field, the most frequent first, with the codes."""
    codes: dict[str, list[str]] = defaultdict(list)
    for problem in problems:
        if problem.get("kind") == ProblemKind.MISSING:
            codes[problem["field"]].append(problem["code"])
    by_number = sorted(codes.items(), key=lambda one: -len(one[1]))
    return [{"field": name, "codes": listed} for name, listed in by_number]


def _problems(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the other problems by kind."""
    by_kind: dict[ProblemKind, list[dict[str, Any]]] = defaultdict(list)
    for problem in problems:
        by_kind[ProblemKind(problem.get("kind", ProblemKind.NOT_TAKEN))].append(problem)
    return [
        {
            "heading": heading,
            "rows": by_kind[kind][:_MOST_SHOWN],
            "total": len(by_kind[kind]),
        }
        for kind, heading in _HEADINGS.items()
        if by_kind[kind]
    ]
