"""One person in several conversations: shown by a code given in one and typed in the other."""

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from api.cases.codes import ALPHABET
from api.chats.models import Chat, ChatIdentity, Guess, LinkCode
from api.db import held
from api.errors import PeopleError, TooManyError

CODE_LIFE = timedelta(minutes=10)
_LENGTH = 8  # of 28 or more letters: guessing one of a few live codes is hopeless at this pace
_MOST_AN_HOUR = 5  # codes given to, and wrong guesses from, one conversation
_MOST_GUESSES_IN_ALL = 200  # an hour, over all conversations
_HOUR = timedelta(hours=1)


def same_person(session: Session, chat: Chat) -> list[int]:
    """Return the ids of all conversations of the person, this one among them."""
    first = _first(session, chat.id or 0)
    query = select(ChatIdentity.chat_id).where(ChatIdentity.first_chat_id == first)
    return sorted({chat.id or 0, first, *session.exec(query)})


def give_code(session: Session, chat: Chat, at: datetime) -> str:
    """Return a code to be typed in another conversation; it replaces an earlier one.

    Raises TooManyError past a few codes in an hour.
    """
    mine = LinkCode.chat_id == chat.id
    given = select(sa.func.count()).where(mine, col(LinkCode.made_at) > at - _HOUR)
    if session.exec(given).one() >= _MOST_AN_HOUR:
        raise TooManyError("Bạn đã lấy mã nhiều lần.", "Bạn chờ một giờ rồi lấy mã mới nhé.")
    for old in session.exec(select(LinkCode).where(mine, col(LinkCode.used_at).is_(None))):
        old.expires_at = min(old.expires_at, at)
    code = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    session.add(
        LinkCode(chat_id=chat.id or 0, code_hash=_hash(code), made_at=at, expires_at=at + CODE_LIFE)
    )
    return code


def join(session: Session, chat: Chat, typed: str, at: datetime) -> Chat | None:
    """Make this conversation one of the person whose code was typed; returns the other one.

    None where the code is wrong, used or too old, which is counted as a guess. Raises
    TooManyError past a few wrong guesses, PeopleError for a code of this very conversation.
    """
    check_guesses(session, chat, at)
    query = held(select(LinkCode).where(LinkCode.code_hash == _hash(typed)))
    found = session.exec(query).first()
    if found is None or found.used_at or found.expires_at <= at:
        session.add(Guess(chat_id=chat.id or 0, at=at))
        return None
    if found.chat_id == chat.id:
        raise PeopleError(
            "Mã này vừa được cấp tại chính cuộc trò chuyện này.",
            "Bạn mở kênh nhắn tin kia và nhắn mã tại đó.",
        )
    found.used_at = at
    _bind(session, chat.id or 0, _first(session, found.chat_id), at)
    return session.get(Chat, found.chat_id)


def part(session: Session, chat: Chat) -> list[Chat]:
    """Let a conversation stand alone again; returns those it was bound to, still bound together."""
    others = [number for number in same_person(session, chat) if number != chat.id]
    first = min(others, default=0)
    rows = session.exec(select(ChatIdentity).where(col(ChatIdentity.chat_id).in_(others)))
    for row in [*rows, *session.exec(_row_of(chat.id or 0))]:
        if row.chat_id in {chat.id, first}:
            session.delete(row)
        else:
            row.first_chat_id = first
    session.flush()
    return list(session.exec(select(Chat).where(col(Chat.id).in_(others)).order_by(col(Chat.id))))


def check_guesses(session: Session, chat: Chat, at: datetime) -> None:
    """Raise TooManyError where too much was guessed wrongly, here or by everybody together."""
    lately = select(sa.func.count()).select_from(Guess).where(col(Guess.at) > at - _HOUR)
    own = session.exec(lately.where(Guess.chat_id == chat.id)).one()
    if own >= _MOST_AN_HOUR or session.exec(lately).one() >= _MOST_GUESSES_IN_ALL:
        raise TooManyError("Mã chưa đúng nhiều lần.", "Bạn chờ một giờ rồi thử lại nhé.")


def _bind(session: Session, chat_id: int, first: int, at: datetime) -> None:
    """Let a conversation, and all that were bound to it, follow the first one."""
    before = _first(session, chat_id)
    if before == first:
        return
    bound = session.exec(select(ChatIdentity).where(ChatIdentity.first_chat_id == before)).all()
    for row in bound:
        row.first_chat_id = first
    if before not in {row.chat_id for row in bound}:
        session.add(ChatIdentity(chat_id=before, first_chat_id=first, linked_at=at))
    session.flush()


def _first(session: Session, chat_id: int) -> int:
    bound = session.exec(_row_of(chat_id)).first()
    return bound.first_chat_id if bound else chat_id


def _row_of(chat_id: int) -> SelectOfScalar[ChatIdentity]:
    return select(ChatIdentity).where(ChatIdentity.chat_id == chat_id)


def _hash(typed: str) -> str:
    letters = "".join(sign for sign in typed.upper() if sign.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
