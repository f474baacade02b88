"""The rows of what a platform hands us: its conversation, the update itself once, its files."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from api.chats.models import Chat, Handling, Update
from api.db import held, insert_new
from api.errors import PeopleError
from api.files.models import Attachment
from api.files.store import FileStore, clean_name
from bot.arrival import Arrival
from bot.dialogue.model import Input
from bot.dialogue.texts import say
from knowledge.text import nfc

# made once: building a statement takes longer than running it
_CHAT = held(
    select(Chat).where(col(Chat.channel) == bindparam("channel"), col(Chat.key) == bindparam("key"))
)


@dataclass(frozen=True)
class Taken:
    """An update that nobody has handled, and its conversation, locked."""

    chat: Chat
    update: Update


def take(session: Session, arrival: Arrival, at: datetime, error: str = "") -> Taken | None:
    """Keep an update; None where it was kept before. With an error it is one for the staff."""
    chat = _conversation(session, arrival, at)
    update = Update(
        channel=arrival.channel,
        key=arrival.key,
        chat_id=chat.id,
        raw=arrival.raw,
        text=nfc(arrival.text),
        received_at=at,
        handling=Handling.FAILED if error else Handling.DONE,
        error=error,
        message_key=arrival.message_key or None,
    )
    return Taken(chat, update) if insert_new(session, update) else None


def take_again(session: Session, arrival: Arrival, at: datetime) -> Taken | None:
    """Take an update that failed before; None where it did not, or was taken again since."""
    chat = _conversation(session, arrival, at)
    kept = select(Update).where(Update.channel == arrival.channel, Update.key == arrival.key)
    update = session.exec(kept).first()
    if update is None or update.handling is not Handling.FAILED:
        return None
    update.handling, update.error, update.attempts = Handling.DONE, "", update.attempts + 1
    update.chat_id = chat.id
    return Taken(chat, update)


def given(
    session: Session, files: FileStore, taken: Taken, arrival: Arrival, at: datetime
) -> Input:
    """Return what the conversation is to hear; files are kept or, if far away, noted to fetch."""
    refused, tokens = arrival.refused, []
    for upload in arrival.uploads:
        try:
            tokens.append(files.keep(session, upload, at, chat_id=taken.chat.id).token)
        except PeopleError as error:
            refused = f"{error.sentence} {error.next_step}".strip()
    for remote in arrival.remotes:
        if remote.size > files.limit:
            name, limit = clean_name(remote.name), files.limit // 2**20
            refused = say("file_too_big", name=name, limit=limit)
            continue
        row = Attachment(
            token=secrets.token_urlsafe(18),
            chat_id=taken.chat.id,
            name=clean_name(remote.name),
            size=remote.size,
            remote=remote.handle,
            due_at=at,
            created_at=at,
        )
        session.add(row)
        tokens.append(row.token)
    if tokens:
        taken.update.raw = {**taken.update.raw, "files": tokens}
    return Input(nfc(arrival.text), arrival.action, tuple(tokens), refused)


def _conversation(session: Session, arrival: Arrival, at: datetime) -> Chat:
    """Return the conversation, locked so that its messages are handled one by one."""
    whose = {"channel": arrival.channel, "key": arrival.chat_key}
    found = session.exec(_CHAT, params=whose).first()
    if found:
        return found
    chat = Chat(channel=arrival.channel, key=arrival.chat_key, draft_at=at, created_at=at)
    return chat if insert_new(session, chat) else session.exec(_CHAT, params=whose).one()
