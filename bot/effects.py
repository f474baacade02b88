"""Carrying out what a turn of the conversation asks for."""

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
from api.cases.events import CITIZEN, CitizenDeed, record
from api.cases.intake import Feedback
from api.cases.models import Audience
from api.cases.office import Office
from api.chats.identity import same_person
from api.chats.models import Chat
from api.errors import ForbiddenError
from api.people.consent import consent_hash
from api.people.models import Consent
from api.ward import cards
from bot import sender
from bot.dialogue.model import (
    AddNote,
    Effect,
    HandOff,
    JoinCase,
    Learnt,
    OpenCase,
    OwnCaseEffect,
    Prove,
    Reopen,
    Supply,
    Withdraw,
)
from bot.dialogue.texts import say
from bot.lessons import learn


def carry_out(session: Session, office: Office, chat: Chat, effect: Effect, at: datetime) -> None:
    """Do what an effect asks for; raises PeopleError where it is refused."""
    if isinstance(effect, Learnt):
        learn(session, office.unit_id, chat.channel, effect, at)
    elif isinstance(effect, OpenCase):
        _open(session, office, chat, effect, at)
    elif isinstance(effect, JoinCase):
        _join(session, office, chat, effect, at)
    elif isinstance(effect, HandOff):
        _hand_off(session, office, chat, effect, at)
    elif isinstance(effect, Prove):
        sender.hear(session, office, chat, effect, at)
    else:
        _change_own(session, office, chat, effect, at)


def _change_own(
    session: Session, office: Office, chat: Chat, effect: OwnCaseEffect, at: datetime
) -> None:
    case = lookup.by_code(session, effect.code)
    if case.chat_id not in same_person(session, chat):
        raise ForbiddenError(say("note_refused", phone=cards.contact(session, office).phone))
    deed = CitizenDeed(at, case.version)
    if isinstance(effect, AddNote):
        audience = Audience.CITIZEN
        record(session, case, "citizen_note", CITIZEN, at, audience=audience, note=effect.text)
    elif isinstance(effect, Withdraw):
        withdrawal.withdraw(session, office, case, deed)
    elif isinstance(effect, Supply):
        supplement.give(session, office, case, deed, effect.text)
        intake.attach(session, chat, case, effect.files)
    elif isinstance(effect, Reopen):
        reopening.reopen(session, office, case, deed, effect.reason)
    else:
        rating.rate(session, case, effect.satisfied, at)


def _open(session: Session, office: Office, chat: Chat, effect: OpenCase, at: datetime) -> None:
    case = intake.open_case(session, office, chat, effect.feedback, at)
    _keep_consent(session, office, chat, case.citizen_id, effect.feedback, at)
    notices.tell(session, office, case, "received", at)


def _join(session: Session, office: Office, chat: Chat, effect: JoinCase, at: datetime) -> None:
    case = lookup.by_code(session, effect.code)
    joined = followers.join(session, office, case, chat, effect.feedback, at)
    _keep_consent(session, office, chat, joined.citizen_id, effect.feedback, at)
    notices.tell_joined(session, office, case, chat.id or 0, at)


def _keep_consent(  # a consent has this many parts
    session: Session,
    office: Office,
    chat: Chat,
    citizen_id: int,
    feedback: Feedback,
    at: datetime,
) -> None:
    session.add(
        Consent(
            citizen_id=citizen_id,
            version=office.consent_version,
            text_hash=consent_hash(office.name, cards.contact(session, office).phone),
            remember=feedback.remember,
            channel=chat.channel,
            given_at=at,
        )
    )


def _hand_off(session: Session, office: Office, chat: Chat, effect: HandOff, at: datetime) -> None:
    if effect.words:
        handoffs.keep_words(session, office, chat, effect.matter, effect.words, at)
    else:
        handoffs.record(session, office, chat, effect.matter, at)
