"""Carrying out what a turn of the conversation asks of a case."""

from datetime import datetime

from sqlmodel import Session

from api.cases import (
    followers,
    handoffs,
    intake,
    lookup,
    notices,
    rating,
    reopening,
    supplement,
    withdrawal,
)
from api.cases.events import CitizenDeed
from api.cases.models import Case
from api.cases.office import Office
from api.chats.identity import same_person
from api.chats.models import Chat
from api.errors import ForbiddenError
from api.people.consent import consent_hash
from api.people.models import Consent
from bot import sender
from bot.dialogue.model import CaseEffect, HandOff, JoinCase, Prove, Reopen, Supply, Withdraw
from bot.dialogue.texts import say


def carry_out(
    session: Session, office: Office, chat: Chat, effect: CaseEffect, at: datetime
) -> None:
    """Do what an effect asks for; raises PeopleError where it is refused."""
    if isinstance(effect, HandOff):
        _hand_off(session, office, chat, effect, at)
        return
    if isinstance(effect, Prove):
        sender.hear(session, office, chat, effect, at)
        return
    if isinstance(effect, JoinCase):
        _join(session, office, chat, effect, at)
        return
    case = _own(session, office, chat, effect.code)
    deed = CitizenDeed(at, case.version)
    if isinstance(effect, Withdraw):
        withdrawal.withdraw(session, office, case, deed)
    elif isinstance(effect, Supply):
        supplement.give(session, office, case, deed, effect.text)
        intake.attach(session, chat, case, effect.files)
    elif isinstance(effect, Reopen):
        reopening.reopen(session, office, case, deed, effect.reason)
    else:
        rating.rate(session, case, effect.satisfied, at)


def _own(session: Session, office: Office, chat: Chat, code: str) -> Case:
    case = lookup.by_code(session, code)
    if case.chat_id not in same_person(session, chat):
        raise ForbiddenError(say("note_refused", phone=office.phone))
    return case


def _hand_off(session: Session, office: Office, chat: Chat, effect: HandOff, at: datetime) -> None:
    if effect.words:
        handoffs.keep_words(session, office, chat, effect.matter, effect.words, at)
    else:
        handoffs.record(session, office, chat, effect.matter, at)


def _join(session: Session, office: Office, chat: Chat, effect: JoinCase, at: datetime) -> None:
    case = lookup.by_code(session, effect.code)
    joined = followers.join(session, office, case, chat, effect.feedback, at)
    session.add(
        Consent(
            citizen_id=joined.citizen_id,
            version=office.consent_version,
            text_hash=consent_hash(office.name, office.phone),
            remember=effect.feedback.remember,
            channel=chat.channel,
            given_at=at,
        )
    )
    notices.tell_joined(session, office, case, chat.id or 0, at)
