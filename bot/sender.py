"""A sender in another chat than the one a case came from: code and figures of the phone."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from api.cases import sender_access
from api.cases.deadlines import TracedDay
from api.cases.models import Case
from api.cases.office import Office
from api.cases.sender_access import SenderView
from api.cases.wording import date_words
from api.chats.identity import check_guesses
from api.chats.models import Chat, Guess
from api.clock import local_date
from api.outbox.queue import enqueue
from api.ward import cards
from bot.dialogue.model import Prove
from bot.dialogue.texts import say


def hear(session: Session, office: Office, chat: Chat, effect: Prove, at: datetime) -> None:
    """Tell what the sender may know, or that code or figures are wrong, which is counted.

    Raises TooManyError past a few wrong guesses of the chat, of everybody, or of the case.
    """
    check_guesses(session, chat, at)
    case = sender_access.prove(session, effect.code, effect.figures, at)
    if case is None:
        session.add(Guess(chat_id=chat.id or 0, at=at))
        enqueue(session, chat.id or 0, say("prove_wrong"), at)
        return
    known = sender_access.view(session, office, case, local_date(at))
    for text in _words(office, case, known) or [_nothing(session, office, case)]:
        enqueue(session, chat.id or 0, text, at)


def _words(office: Office, case: Case, known: SenderView) -> list[str]:
    """Return what the sender may know, a message each."""
    found = []
    if known.answer:
        found.append(say("prove_answer", code=case.code, answer=known.answer))
    if known.asked:
        link = f"{office.public_url}/tra-cuu?ma={case.code}"
        found.append(say("prove_asked", code=case.code, asked=known.asked, link=link))
    if known.refused:
        found.append(say("prove_refused", code=case.code, refused=known.refused))
    if known.due_on and known.trace and not known.paused:
        found.append(
            say(
                "prove_due",
                code=case.code,
                due=date_words(known.due_on),
                received=date_words(known.trace[0].on),
                days=sum(day.counted for day in known.trace),
                skipped=_skipped(known.trace[1:]),
            ).strip()
        )
    return found


def _nothing(session: Session, office: Office, case: Case) -> str:
    phone = cards.contact(session, office).phone
    return say("prove_nothing", code=case.code, phone=phone)


def _skipped(trace: Sequence[TracedDay]) -> str:
    """Return which days do not count and how many of each; empty where all do."""
    reasons = Counter(day.reason for day in trace if not day.counted)
    days = ", ".join(f"{number} ngày {reason}" for reason, number in reasons.items())
    return say("prove_skipped", days=days) if days else ""
