"""The catalogue for people: ask in words, browse, read one procedure."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.errors import NotFoundError
from api.ward import cards
from api.ward.card import ProcedureLink
from api.ward.desk import WardDesk
from api.web.pages import render
from api.web.site import Here
from knowledge.answer import Answer
from knowledge.catalogue import Catalogue
from knowledge.clerk import Finding
from knowledge.decide import Decision
from knowledge.procedure import Procedure
from knowledge.question import LONGEST
from knowledge.text import fold

router = APIRouter(include_in_schema=False)

PAGE = 30
_RELATED = 4
Words = Annotated[str, Query(max_length=2000)]
PageNumber = Annotated[int, Query(ge=1, le=10_000, alias="trang")]


@router.get("/hoi")
def ask(request: Request, here: Here, q: Words = "") -> HTMLResponse:
    """Answer a question on a page, for those who do not chat."""
    with here.database.reading() as session:
        clerk = here.catalogue.clerk(session)
        desk = WardDesk(session, here.office.unit_id, here.settings, here.clock())
        told, own = desk.about(q), desk.card
    context: dict[str, Any] = {"decision": "", "answer": None, "choices": [], "related": []}
    if told:
        context |= {"decision": "ward", "told": told}
    elif q.strip():
        finding = clerk.ask(q)
        best = finding.candidates[0].procedure.code if finding.candidates else ""
        answer = clerk.card(best, finding.aspects)
        answered = finding.decision is Decision.ANSWER and answer is not None
        context = {
            "decision": finding.decision.value,
            "outside": finding.outside,
            "answer": answer_view(answer, own.links_of(best)) if answered and answer else None,
            "choices": [
                {"code": p.code, "name": name, "hint": p.name}
                for name, p in zip(finding.short_names, finding.choices, strict=True)
            ],
            "related": _related(finding) if answered else [],
        }
    return render(
        request,
        here,
        "public/ask.html",
        section="hoi",
        question=q,
        clarify_question="Bạn đang hỏi việc nào dưới đây?",
        **context,
    )


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
    """Show all that is published of one procedure, the part that was asked for first."""
    with here.database.reading() as session:
        clerk = here.catalogue.clerk(session)
        links = cards.current(session, here.office.unit_id, here.settings).links_of(code)
    answer = clerk.card(code, clerk.aspects_of(asked[:LONGEST]))
    if answer is None:
        raise NotFoundError(
            f"Danh mục đang dùng không có thủ tục mã {code[:40]}.", "Bạn tìm lại theo tên."
        )
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
            }
            for s in sections
        ],
        "source": answer.source,
        "url": answer.url,
        "links": list(links),
    }


def _related(finding: Finding) -> list[dict[str, str]]:
    others = finding.candidates[1 : 1 + _RELATED]
    return [{"code": c.procedure.code, "name": c.procedure.name} for c in others]
