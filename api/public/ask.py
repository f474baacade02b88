"""Asking for a procedure on a page, for those who do not chat."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.learning import questions
from api.learning.models import Outcome
from api.learning.questions import Unanswered
from api.public.procedures import Words, answer_view
from api.ward.desk import WardDesk
from api.web.pages import render
from api.web.site import Here
from knowledge.catalogue import Catalogue
from knowledge.clerk import Finding
from knowledge.decide import Decision
from knowledge.triage import FEEDBACK, Label, TriageReader

router = APIRouter(include_in_schema=False)

CHANNEL = "web"
_RELATED = 4
_ALARM = 0.5  # from here on the numbers to call stand above everything else
_NO_QUESTIONS = FEEDBACK | {Label.DENUNCIATION, Label.COMPLAINT}


@router.get("/hoi")
def ask(
    request: Request,
    here: Here,
    q: Words = "",
    doubted: Annotated[str, Query(alias="chua-dung", max_length=1)] = "",
) -> HTMLResponse:
    """Answer a question on a page, for those who do not chat; what was not found is kept."""
    with here.database.reading() as session:
        clerk = here.catalogue.clerk(session)
        desk = WardDesk(session, here.office.unit_id, here.settings, here.clock())
        told, own = desk.about(q), desk.card
    context: dict[str, Any] = {"decision": "", "answer": None, "choices": [], "related": []}
    context["no_question"] = ""
    if told:
        context |= {"decision": "ward", "told": told}
    elif q.strip():
        finding = clerk.ask(q)
        if not doubted:
            with here.database.writing() as session:
                questions.note(session, here.office.unit_id, q, CHANNEL, finding, here.clock())
        best = finding.candidates[0].procedure.code if finding.candidates else ""
        answer = clerk.card(best, finding.aspects)
        answered = finding.decision is Decision.ANSWER and answer is not None
        context = {
            "decision": finding.decision.value,
            "outside": finding.outside,
            "answer": answer_view(answer, own.links_of(best)) if answered and answer else None,
            "choices": [
                {"code": p.code, "name": name, "hint": p.name}
                for name, p in zip(finding.choice_labels, finding.choices, strict=True)
            ],
            "clarify_question": finding.asks_back.question if finding.asks_back else "",
            "related": _related(finding, clerk.catalogue) if answered else [],
            "no_question": _no_question(q, finding.decision),
        }
    return render(
        request,
        here,
        "public/ask.html",
        section="hoi",
        question=q,
        doubted=bool(doubted),
        **context,
    )


@router.post("/hoi/chua-dung")
def doubt(
    here: Here,
    q: Annotated[str, Form(max_length=2000)] = "",
    code: Annotated[str, Form(alias="thu-tuc", max_length=40)] = "",
) -> Response:
    """Keep a question whose answer was not what the person meant."""
    asked = Unanswered(q, Outcome.UNHELPFUL, CHANNEL, code)
    with here.database.writing() as session:
        questions.keep(session, here.office.unit_id, asked, here.clock())
    return RedirectResponse(f"/hoi?{urlencode({'q': q, 'chua-dung': 1})}", status_code=303)


def _no_question(text: str, decision: Decision) -> str:
    """Return "danger" or "feedback" for words that belong elsewhere; empty for a question."""
    found = TriageReader.shipped().read(text)
    if found.label is Label.EMERGENCY and found.score >= _ALARM:
        return "danger"
    return "feedback" if found.label in _NO_QUESTIONS and decision is not Decision.ANSWER else ""


def _related(finding: Finding, catalogue: Catalogue) -> list[dict[str, str]]:
    others = finding.candidates[1 : 1 + _RELATED]
    in_force = (c.procedure for c in others if c.procedure.code in catalogue.by_code)
    return [{"code": p.code, "name": p.name} for p in in_force]
