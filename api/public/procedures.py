"""The catalogue for people: browse, read one procedure."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.errors import NotFoundError
from api.learning import questions
from api.ward import cards
from api.ward.card import ProcedureLink
from api.web.pages import render
from api.web.site import Here
from knowledge.answer import Answer
from knowledge.catalogue import Catalogue
from knowledge.procedure import Procedure
from knowledge.question import LONGEST
from knowledge.text import fold

router = APIRouter(include_in_schema=False)

PAGE = 30
_FOLDED_FROM = 25  # papers in all, from which each case is opened by itself
Words = Annotated[str, Query(max_length=2000)]
PageNumber = Annotated[int, Query(ge=1, le=10_000, alias="trang")]


@router.get("/thu-tuc")
def browse(
    request: Request,
    here: Here,
    q: Words = "",
    field: Annotated[str, Query(alias="linh-vuc", max_length=200)] = "",
    page: PageNumber = 1,
) -> HTMLResponse:
    """List the procedures of the catalogue by field and words."""
    with here.database.reading() as session:
        catalogue = here.catalogue.clerk(session).catalogue
    fields = Counter(p.field for p in catalogue.procedures if p.field)
    found = [p for p in matching(catalogue, q) if not field or p.field == field]
    return render(
        request,
        here,
        "public/procedures.html",
        section="hoi",
        query=q,
        field=field,
        fields=[{"name": name, "count": count} for name, count in sorted(fields.items())],
        procedures=found[(page - 1) * PAGE : page * PAGE],
        page=page,
        pages=max(1, -(-len(found) // PAGE)),
        total=len(found),
    )


@router.get("/thu-tuc/{code}")
def procedure(
    request: Request, here: Here, code: str, asked: Annotated[str, Query(alias="hoi")] = ""
) -> HTMLResponse:
    """Show all that is published of one procedure, the part that was asked for first.

    An abolished one is shown with 200 and a notice, not with 410: whoever follows an old link is
    to read what took its place, also where a browser or a proxy replaces pages of errors.
    """
    with here.database.reading() as session:
        clerk = here.catalogue.clerk(session)
        links = cards.current(session, here.office.unit_id, here.settings).links_of(code)
    answer = clerk.card(code, clerk.aspects_of(asked[:LONGEST]))
    if answer is None:
        raise NotFoundError(
            f"Danh mục đang dùng không có thủ tục mã {code[:40]}.", "Bạn tìm lại theo tên."
        )
    if asked.strip():  # picked after a question that was asked back
        with here.database.writing() as session:
            questions.choose(session, here.office.unit_id, asked[:LONGEST], code, here.clock())
    return render(
        request,
        here,
        "public/procedure.html",
        section="hoi",
        answer=answer_view(answer, links),
    )


def matching(catalogue: Catalogue, query: str) -> list[Procedure]:
    """Return procedures whose name or code holds every word of a query, marks or not."""
    words = fold(query).split()
    return [p for p in catalogue.procedures if all(w in fold(f"{p.name} {p.code}") for w in words)]


def answer_view(answer: Answer, links: Sequence[ProcedureLink] = ()) -> dict[str, Any]:
    """Return an answer as the templates show it; unpublished parts come last.

    links are what the ward itself adds.
    """
    sections = sorted(answer.sections, key=lambda s: s.key not in answer.asked and not s.published)
    return {
        "code": answer.code,
        "name": answer.name,
        "field": answer.field,
        "agency": answer.agency,
        "sections": [
            {
                "key": s.key.value,
                "title": s.title,
                "items": [{"text": item.text, "children": list(item.children)} for item in s.items],
                "note": "",
                "folded": sum(len(item.children) for item in s.items) > _FOLDED_FROM,
            }
            for s in sections
        ],
        "source": answer.source,
        "url": answer.url,
        "abolition": _abolition_view(answer),
        "links": list(links),
    }


def _abolition_view(answer: Answer) -> dict[str, Any] | None:
    found = answer.abolition
    if found is None:
        return None
    return {
        "notice": found.notice,
        "advice": found.advice,
        "successor": found.successor,
        "confirmed": found.replacement is not None,
    }
