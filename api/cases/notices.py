"""What a citizen is told when something happens to a case; every sentence is in notices.toml."""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files

from sqlmodel import Session

from api.cases.models import Case
from api.cases.office import Office
from api.cases.wording import KIND_LABELS, date_words
from api.files.models import Attachment
from api.outbox.queue import enqueue
from api.ward import cards


@cache
def texts() -> dict[str, str]:
    """Return the notice of every event that has one."""
    raw = tomllib.loads(files("api.cases").joinpath("notices.toml").read_text(encoding="utf-8"))
    return {name: entry["text"] for name, entry in raw.items()}


def render(
    office: Office, case: Case, event: str, *, phone: str = "", note: str = "", answer: str = ""
) -> str:
    """Return the notice of an event for the sender of a case."""
    return texts()[event].format(
        code=case.code,
        ward=office.name,
        phone=phone or office.phone,
        due=date_words(case.due_on),
        kind=KIND_LABELS[case.kind],
        note=note,
        answer=answer,
        link=f"{office.public_url}/ket-qua/{case.code}",
    )


def tell(  # noqa: PLR0913  # an event has this many parts
    session: Session,
    office: Office,
    case: Case,
    event: str,
    at: datetime,
    *,
    note: str = "",
    answer: str = "",
    proofs: Sequence[Attachment] = (),
) -> None:
    """Owe the sender the notice of an event, where the case came from a conversation."""
    if case.chat_id is not None:
        phone = cards.hotline(session, office.unit_id, office.phone)
        text = render(office, case, event, phone=phone, note=note, answer=answer)
        buttons = [("Xem tình trạng", f"status:{case.code}")]
        extra = {"files": [proof.token for proof in proofs]} if proofs else {}
        enqueue(session, case.chat_id, text, at, buttons=buttons, case_id=case.id, extra=extra)
