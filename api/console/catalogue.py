"""Releases of the catalogue: upload, look at the problems, activate."""

import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.catalogue import releases
from api.catalogue.models import CatalogueRelease
from api.console.session import Me
from api.errors import PeopleError
from api.files.store import clean_name
from api.people.models import Staff
from api.web.pages import render
from api.web.site import Here, RowId, Site
from knowledge.catalogue import Catalogue, Release
from knowledge.readers import UnreadableFileError, read

router = APIRouter(include_in_schema=False)

_MOST_PROBLEMS = 200


@router.get("/can-bo/danh-muc")
def catalogue(request: Request, here: Here, me: Me) -> HTMLResponse:
    """List the releases and the problems of the newest one."""
    return _page(request, here, me)


@router.post("/can-bo/danh-muc")
def upload(
    request: Request, here: Here, me: Me, tep: Annotated[UploadFile | None, File()] = None
) -> Response:
    """Keep an uploaded release; it answers nobody before it is activated."""
    if not tep or not tep.filename:
        return _page(request, here, me, error="Bạn chọn một tệp .xlsx hoặc .jsonl.")
    try:
        found = _read(clean_name(tep.filename), tep.file.read())
        with here.database.writing() as session:
            releases.store(session, here.office.unit_id, found, here.clock())
    except UnreadableFileError as error:
        return _page(request, here, me, error=str(error))
    return RedirectResponse("/can-bo/danh-muc", status_code=303)


@router.post("/can-bo/danh-muc/{release_id}/kich-hoat")
def activate(here: Here, me: Me, release_id: RowId) -> Response:
    """Put a release into use."""
    with here.database.writing() as session:
        releases.activate(session, here.office.unit_id, release_id, here.clock())
    return RedirectResponse("/can-bo/danh-muc", status_code=303)


def _read(name: str, content: bytes) -> Catalogue:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(name).stem[:60]}{Path(name).suffix}"  # 255 bytes at most
        path.write_bytes(content)
        return read(path, Release(name=Path(name).stem, source=f"Tệp {name}"))


def _page(request: Request, here: Site, me: Staff, *, error: str = "") -> HTMLResponse:
    with here.database.reading() as session:
        rows = releases.listed(session, here.office.unit_id)
        active = releases.active(session, here.office.unit_id)
        shown = [_view(row, number, active) for row, number in rows]
        problems = rows[0][0].problems[:_MOST_PROBLEMS] if rows else []
    return render(
        request,
        here,
        "console/catalogue.html",
        section="danh-muc",
        staff=me,
        http_status=PeopleError.status if error else 200,
        releases=shown,
        problems=[_problem(problem) for problem in problems],
        error=error,
    )


def _view(row: CatalogueRelease, number: int, active: CatalogueRelease | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "source": row.source,
        "published_on": row.published_on,
        "imported_at": row.imported_at,
        "count": number,
        "problem_count": len(row.problems),
        "active": active is not None and row.id == active.id,
        "sample": row.sample,
    }


def _problem(problem: dict[str, Any]) -> dict[str, Any]:
    code = problem.get("code", "")
    sentence = f"{code}: {problem['sentence']}" if code else problem["sentence"]
    return {"row": problem["row"], "field": problem["field"], "sentence": sentence}
