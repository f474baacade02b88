"""The redaction gate with what is known of the sender of a case."""

from sqlmodel import Session

from api.cases.models import Case
from api.cases.redaction import redact
from api.people.models import Citizen


def hidden(session: Session, case: Case, text: str) -> str:
    """Return a text of a case with personal data hidden, its sender's own above all."""
    return hidden_of(session.get(Citizen, case.citizen_id), text)


def hidden_of(sender: Citizen | None, text: str) -> str:
    """Return a text with personal data hidden, those of its sender above all."""
    known = (sender.name, sender.phone, sender.address) if sender else ()
    return redact(text, known=known)
