"""The ZBS template message that tells of news where a consult message may not go."""

from typing import Any

from api.cases.models import Case
from api.cases.states import STATE_LABELS
from api.cases.wording import KIND_LABELS, date_words
from api.settings import Settings


def body(settings: Settings, phone: str, user: str, case: Case) -> dict[str, Any]:
    """Return the request: the parameters that the office mapped, filled from the case.

    Nothing in it names the person: code, kind, state, due date, and where to look.
    """
    facts = {
        "code": case.code,
        "due": date_words(case.due_on),
        "kind": KIND_LABELS[case.kind],
        "link": f"{settings.public_url}/tra-cuu?ma={case.code}",
        "phone": phone,
        "state": STATE_LABELS[case.state],
        "ward": settings.ward_name,
    }
    mapped = settings.zalo_oa_template_data.items()
    return {
        "user_id": user,
        "template_id": settings.zalo_oa_template_id,
        "template_data": {parameter: facts[fact] for parameter, fact in mapped},
    }
