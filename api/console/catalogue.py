"""Releases of the catalogue: upload, and which one is used when."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session, select

from api.catalogue import activations, releases
from api.catalogue.models import CatalogueRelease
from api.console.session import Me
from api.errors import PeopleError
from api.files.store import clean_name
from api.people.models import Staff
from api.web.pages import render
from api.web.site import Here, Site
from knowledge.catalogue import Catalogue, Release
from knowledge.readers import UnreadableFileError, read

router = APIRouter(include_in_schema=False)


@router.get("/can-bo/danh-muc")
def catalogue(request: Request, here: Here, me: Me) -> HTMLResponse:
    """List the releases and since when each was used."""
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
            row = releases.store(session, here.office.unit_id, found, here.clock())
    except UnreadableFileError as error:
        return _page(request, here, me, error=str(error))
    return RedirectResponse(f"/can-bo/danh-muc/{row.id}", status_code=303)


def _read(name: str, content: bytes) -> Catalogue:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{Path(name).stem[:60]}{Path(name).suffix}"  # 255 bytes at most
        path.write_bytes(content)
        return read(path, Release(name=Path(name).stem, source=f"Tệp {name}"))


def _page(request: Request, here: Site, me: Staff, *, error: str = "") -> HTMLResponse:
    now = here.clock()
    with here.database.reading() as session:
        rows = releases.listed(session, here.office.unit_id)
        active = activations.active(session, here.office.unit_id, now)
        shown = [_view(row, number, active) for row, number in rows]
        uses = _uses(session, here.office.unit_id, now)
    return render(
        request,
        here,
        "console/catalogue.html",
        section="danh-muc",
        staff=me,
        http_status=PeopleError.status if error else 200,
        releases=shown,
        uses=uses,
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


def _uses(session: Session, unit_id: int, now: datetime) -> list[dict[str, Any]]:
    """Return every activation, the latest moment first, with who ordered it and why."""
    query = select(CatalogueRelease.id, CatalogueRelease.name).where(
        CatalogueRelease.unit_id == unit_id
    )
    names = dict(session.exec(query).all())
    people = dict(session.exec(select(Staff.id, Staff.name).where(Staff.unit_id == unit_id)).all())
    return [
        {
            "id": one.id,
            "name": names[one.release_id],
            "from_at": one.from_at,
            "ordered_at": one.ordered_at,
            "who": people.get(one.staff_id, "Lệnh trên máy chủ"),
            "reason": one.reason,
            "withdrawn_at": one.withdrawn_at,
            "withdrawn_by": people.get(one.withdrawn_by_id, ""),
            "coming": one.from_at > now and one.withdrawn_at is None,
        }
        for one in reversed(activations.history(session, unit_id))
    ]
