"""Rows of the database as the values that public templates show."""

from typing import Any

from api.cases.models import Answer, Case, Publication
from api.cases.wording import KIND_LABELS
from api.clock import local_date
from api.ward.answers import model_days
from api.ward.card import ServiceModel
from knowledge.text import shortened

_EXCERPT = 180


def model_view(model: ServiceModel) -> dict[str, str]:
    """Return a service model of the ward with its days in words."""
    return {"title": model.title, "days": model_days(model), "explanation": model.explanation}


def card_view(public: Publication, case: Case, answer: Answer) -> dict[str, Any]:
    """Return a public result in short."""
    text = " ".join(public.content.split())
    excerpt = shortened(text, _EXCERPT)
    return {
        "code": case.code,
        "title": public.title,
        "kind_label": KIND_LABELS[case.kind],
        "received_on": local_date(case.received_at),
        "answered_on": answer.answered_on,
        "on_time": answer.answered_on <= case.due_on,
        "excerpt": excerpt,
    }
