"""Making a result public: the only way from a case to what everyone may read."""

import re
from dataclasses import dataclass

from sqlmodel import Session, col, select

from api.cases import handling, moving
from api.cases.events import Deed
from api.cases.hiding import hidden
from api.cases.models import Case, Publication
from api.cases.office import Office
from api.errors import PeopleError
from api.files.models import Attachment
from knowledge.entities import persons
from knowledge.text import fold, nfc, shortened, squeeze

LONGEST_TITLE = 200
_SENTENCE_END = re.compile(r"(?<=\w[.!?]) (?=[A-ZĐÀ-Ỹ])")
_SHORTEST_SUGGESTED, _LONGEST_SUGGESTED = 20, 100


@dataclass(frozen=True)
class PublicText:
    """What an officer proposes to make public."""

    title: str
    content: str
    answer: str


def suggest(session: Session, case: Case) -> PublicText:
    """Return title, content and answer with personal data hidden, for the officer to edit."""
    answer = handling.answer_of(session, case)
    content = hidden(session, case, case.content)
    reply = hidden(session, case, answer.text) if answer else ""
    return PublicText(_title(content), content, reply)


def _title(content: str) -> str:
    """Return the first sentence, or as much of it as a title holds, up to what is hidden."""
    first = _SENTENCE_END.split(squeeze(content.split("\n", maxsplit=1)[0]), maxsplit=1)[0]
    open_part = first.split(" [đã ẩn")[0].rstrip(" ,:;–-")
    if len(open_part) < len(first) and len(open_part) < _SHORTEST_SUGGESTED:
        return first
    return shortened(open_part, _LONGEST_SUGGESTED)


def publish(  # a publication has this many parts
    session: Session,
    office: Office,
    case: Case,
    deed: Deed,
    text: PublicText,
    *,
    attachments: tuple[int, ...] = (),
) -> Publication:
    """Make a result public. Whatever the officer left in passes the redaction gate once more.

    Raises PeopleError where title, content or answer is empty.
    """
    title, content, answer = (
        hidden(session, case, nfc(part).strip()) for part in (text.title, text.content, text.answer)
    )
    if not (title and content and answer):
        raise PeopleError(
            "Tiêu đề, nội dung và câu trả lời công khai đều cần có chữ.",
            "Bạn điền đủ ba ô rồi bấm công khai.",
        )
    moving.move(session, office, case, "publish", deed)
    public = Publication(
        case_id=case.id or 0,
        staff_id=deed.staff.id or 0,
        title=squeeze(title)[:LONGEST_TITLE],
        content=content,
        answer=answer,
        search_text=fold(f"{title} {content} {answer} {case.code}"),
        published_at=deed.at,
    )
    session.add(public)
    session.flush()
    for file in session.exec(select(Attachment).where(Attachment.case_id == case.id)):
        file.public = file.id in attachments
    return public


def withhold(session: Session, office: Office, case: Case, deed: Deed, reason: str) -> None:
    """Decide that a result is not made public; raises PeopleError without a reason."""
    why = squeeze(reason)
    if not why:
        raise PeopleError("Cần có lý do không công khai.", "Bạn ghi lý do ngắn gọn.")
    moving.move(session, office, case, "withhold", deed, note=why)


def doubtful_names(text: PublicText) -> tuple[str, ...]:
    """Return what still looks like a person's name in what is about to be public.

    A hint for the officer who reads it once more, found by other means than the redaction.
    """
    return persons(f"{text.title}\n{text.content}\n{text.answer}")


def publication_of(session: Session, case: Case) -> Publication | None:
    """Return what is public of a case, if anything is."""
    return session.exec(select(Publication).where(Publication.case_id == case.id)).first()


def public_files(session: Session, case: Case) -> list[Attachment]:
    """Return the attachments that an officer chose to show."""
    query = select(Attachment).where(
        Attachment.case_id == case.id, col(Attachment.public), Attachment.stored != ""
    )
    return list(session.exec(query))
