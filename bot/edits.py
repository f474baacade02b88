"""A message that its writer changed after sending it."""

from dataclasses import replace

from sqlmodel import Session, col, select

from api.cases.intake import LONGEST_CONTENT
from api.cases.models import Case
from api.chats.models import Chat, PendingLine, Update
from bot.desk import OfficeDesk
from bot.dialogue.form import told
from bot.dialogue.model import AddNote, Draft, Turn
from bot.dialogue.texts import say


def earlier(session: Session, chat: Chat, update: Update) -> Update | None:
    """Return the message as it stood before this change, None where it never reached us."""
    query = (
        select(Update)
        .where(
            Update.chat_id == chat.id,
            Update.message_key == update.message_key,
            col(Update.id) != update.id,
        )
        .order_by(col(Update.id).desc())
    )
    return session.exec(query).first()


def change_waiting(session: Session, before: Update, text: str) -> bool:
    """Change a line that was not read yet; False where it was."""
    line = session.exec(select(PendingLine).where(PendingLine.update_id == before.id)).first()
    if line:
        line.text = text
    return line is not None


def correct(
    session: Session, desk: OfficeDesk, draft: Draft, before: str, text: str
) -> Turn | None:
    """Return what a changed text leads to: a draft is corrected, a sent case gets a note.

    None where the words before the change are in neither, so that the new ones are a message.
    """
    if not before.strip():
        return None
    if draft.is_writing and before.strip() in draft.content:
        content = draft.content.replace(before.strip(), text.strip(), 1)
        if len(content) <= LONGEST_CONTENT:
            kept = draft.model_copy(update={"content": content})
            return _told(kept, say("edit_kept"), desk)
    case = _case_with(session, desk.chat, before.strip())
    if case is None:
        return None
    note = AddNote(case.code, say("edit_note", text=text.strip()))
    return replace(_told(draft, say("edit_noted", code=case.code), desk), effects=(note,))


def _told(draft: Draft, sentence: str, desk: OfficeDesk) -> Turn:
    outcome = told(draft, sentence, desk)
    options = outcome.replies[-1].buttons
    return replace(outcome, draft=outcome.draft.model_copy(update={"options": options}))


def _case_with(session: Session, chat: Chat, words: str) -> Case | None:
    query = (
        select(Case)
        .where(Case.chat_id == chat.id, col(Case.content).contains(words, autoescape=True))
        .order_by(col(Case.id).desc())
    )
    return session.exec(query).first()
