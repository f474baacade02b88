"""/lienket: a person shows that two conversations are theirs."""

from datetime import datetime

from sqlmodel import Session

from api.cases.wording import CHANNEL_LABELS
from api.chats.identity import CODE_LIFE, give_code, join
from api.chats.models import Chat
from api.errors import PeopleError
from api.outbox.queue import enqueue
from bot.dialogue.texts import means, say
from knowledge.text import fold

_MOST_WORDS = 4


def hear(session: Session, chat: Chat, text: str, at: datetime) -> str | None:
    """Return what to say to "/lienket" or "/lienket CODE"; None for anything else."""
    command, code = _parted(text)
    if not command:
        return None
    try:
        return _join(session, chat, code, at) if code else _give(session, chat, at)
    except PeopleError as error:
        return f"{error.sentence} {error.next_step}"


def _parted(text: str) -> tuple[bool, str]:
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
    told = say("link_told", channel=CHANNEL_LABELS.get(chat.channel, chat.channel))
    enqueue(session, other.id or 0, told, at)
    return say("link_done", channel=CHANNEL_LABELS.get(other.channel, other.channel))
