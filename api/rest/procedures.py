"""The catalogue and the answering of questions as JSON."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.public.procedures import matching
from api.web.site import Here
from knowledge.abolition import Abolition
from knowledge.answer import Answer
from knowledge.aspects import Aspect
from knowledge.decide import Decision
from knowledge.procedure import Procedure

router = APIRouter(tags=["Thủ tục hành chính"])

_MOST = 50
Words = Annotated[str, Query(max_length=2000)]


class ProcedureName(BaseModel):
    """A procedure in one line."""

    code: str
    name: str
    field: str


class ProcedureList(BaseModel):
    """Procedures of the active release that hold every word of a query."""

    release: str
    published_on: date | None
    sample: bool
    total: int
    procedures: list[ProcedureName]


class AnswerLine(BaseModel):
    """One line of an answer with lines below it."""

    text: str
    children: list[str]


class AnswerSection(BaseModel):
    """One part of a procedure; published is false where the record is silent."""

    key: Aspect
    title: str
    published: bool
    items: list[AnswerLine]


class AbolitionNote(BaseModel):
    """Since when a procedure is abolished; replaced_by was confirmed, see_also is a guess."""

    since: date
    replaced_by: ProcedureName | None
    see_also: ProcedureName | None


class AnswerCard(BaseModel):
    """Everything published of one procedure, the asked parts first; no part of an abolished one."""

    code: str
    name: str
    source: str
    url: str
    sections: list[AnswerSection]
    abolished: AbolitionNote | None


class Reply(BaseModel):
    """What came of a question: an answer, choices, or neither."""

    decision: Decision
    aspects: list[Aspect]
    answer: AnswerCard | None
    choices: list[ProcedureName]


@router.get("/procedures", summary="Danh mục thủ tục")
def procedures(
    here: Here, q: Words = "", page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> ProcedureList:
    """Thủ tục trong danh mục đang dùng, tìm theo tên hoặc mã."""
    with here.database.reading() as session:
        catalogue = here.catalogue.clerk(session).catalogue
    found = matching(catalogue, q)
    shown = found[(page - 1) * _MOST : page * _MOST]
    return ProcedureList(
        release=catalogue.release.name,
        published_on=catalogue.release.published_on,
        sample=catalogue.release.sample,
        total=len(found),
        procedures=[_name(p) for p in shown],
    )


@router.get("/ask", summary="Hỏi thủ tục")
def ask(here: Here, q: Words = "") -> Reply:
    """Trả lời một câu hỏi bằng lời thường, có dấu hoặc không dấu."""
    with here.database.reading() as session:
        clerk = here.catalogue.clerk(session)
    finding = clerk.ask(q)
    card = None
    if finding.decision is Decision.ANSWER:
        answer = clerk.card(finding.candidates[0].procedure.code, finding.aspects)
        card = _card(answer) if answer else None
    choices = finding.choices if finding.decision is Decision.CLARIFY else ()
    return Reply(
        decision=finding.decision,
        aspects=list(finding.aspects),
        answer=card,
        choices=[_name(p) for p in choices],
    )


def _card(answer: Answer) -> AnswerCard:
    return AnswerCard(
        code=answer.code,
        name=answer.name,
        source=answer.source,
        url=answer.url,
        sections=[
            AnswerSection(
                key=s.key,
                title=s.title,
                published=s.published,
                items=[AnswerLine(text=i.text, children=list(i.children)) for i in s.items],
            )
            for s in answer.sections
        ],
        abolished=_abolished(answer.abolition) if answer.abolition else None,
    )


def _abolished(found: Abolition) -> AbolitionNote:
    guess = found.successor if found.replacement is None else None
    return AbolitionNote(
        since=found.since,
        replaced_by=_name(found.replacement) if found.replacement else None,
        see_also=_name(guess) if guess else None,
    )


def _name(procedure: Procedure) -> ProcedureName:
    return ProcedureName(code=procedure.code, name=procedure.name, field=procedure.field)
