"""/lienket: a person shows that two conversations are theirs; /huylienket: they are no longer."""

from datetime import datetime

from sqlmodel import Session

from api.cases.wording import CHANNEL_LABELS
from api.chats.identity import CODE_LIFE, give_code, join, part
from api.chats.models import Chat
from api.errors import PeopleError
from api.outbox.queue import enqueue
from bot.dialogue.texts import means, say
from knowledge.text import fold

_MOST_WORDS = 4


def hear(session: Session, chat: Chat, text: str, at: datetime) -> str | None:
    """Return what to say to "/lienket", "/lienket CODE" or "/huylienket"; None for all else."""
    if means(text, "part"):
        return _part(session, chat, at)
    command, code = _split(text)
    if not command:
        return None
    try:
        return _join(session, chat, code, at) if code else _give(session, chat, at)
    except PeopleError as error:
        return f"{error.sentence} {error.next_step}"


def _split(text: str) -> tuple[bool, str]:
    words = text.split()
    if not words or len(words) > _MOST_WORDS:
        return False, ""
    for length in (2, 1):
        if means(" ".join(words[:length]), "link"):
            return True, "".join(words[length:])
    return False, ""


def _give(session: Session, chat: Chat, at: datetime) -> str:
    code = give_code(session, chat, at)
    minutes = int(CODE_LIFE.total_seconds() // 60)
    return say("link_code", code=f"{code[:4]} {code[4:]}", minutes=minutes)


def _join(session: Session, chat: Chat, code: str, at: datetime) -> str:
    other = join(session, chat, fold(code), at)
    if other is None:
        return say("link_wrong")
    enqueue(session, other.id or 0, say("link_told", channel=_label(chat)), at)
    return say("link_done", channel=_label(other))


def _part(session: Session, chat: Chat, at: datetime) -> str:
    others = part(session, chat)
    for other in others:
        enqueue(session, other.id or 0, say("link_parted_told", channel=_label(chat)), at)
    labels = dict.fromkeys(_label(other) for other in others)
    return say("link_parted", channels=", ".join(labels)) if others else say("link_alone")


def _label(chat: Chat) -> str:
    return CHANNEL_LABELS.get(chat.channel, chat.channel)
