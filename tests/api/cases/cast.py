"""The cast of the tracker's tests and what they do, each act in a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from threading import Barrier
from typing import Any

from sqlmodel import Session, select

from api.cases import calendar_changes, extension, handling, intake, publication
from api.cases.calendars import Entry
from api.cases.clock_models import DayChange
from api.cases.events import Deed, history
from api.cases.intake import Feedback
from api.cases.models import Audience, Case, CaseEvent, Kind, State
from api.cases.publication import PublicText
from api.chats.models import Chat
from api.files.models import Attachment
from api.outbox.models import OutboxMessage
from api.people.models import Role, Staff
from api.web.site import Site

LAN = Feedback(
    kind=Kind.CONDUCT,
    content="Bộ phận một cửa hẹn trả kết quả ngày 10 nhưng đến nay chưa trả.",
    name="Nguyễn Thị Lan",
    phone="0912 345 678",
    address="Số 5 ngõ 12 phố Mới",
)
PUBLIC = PublicText("Chậm trả kết quả", "Hẹn ngày 10 chưa trả.", "Kết quả đã trả ngày 16.")


def chat_of(site: Site, key: str = "lan", channel: str = "telegram") -> Chat:
    """Begin somebody's conversation."""
    at = site.clock()
    with site.database.writing() as session:
        chat = Chat(channel=channel, key=key, draft_at=at, created_at=at)
        session.add(chat)
    return chat


def send(site: Site, chat: Chat, **changes: Any) -> Case:
    """Send what chị Lan sends, or something like it."""
    with site.database.writing() as session:
        own = session.get_one(Chat, chat.id)
        return intake.open_case(session, site.office, own, replace(LAN, **changes), site.clock())


def fresh(site: Site, case: Case) -> Case:
    """Return the case as it stands now."""
    with site.database.reading() as session:
        return session.get_one(Case, case.id)


def events_of(site: Site, case: Case, reader: Audience = Audience.INTERNAL) -> list[CaseEvent]:
    """Return the history of a case as a reader sees it."""
    with site.database.reading() as session:
        return list(history(session, case, reader))


def messages_to(site: Site, chat: Chat) -> list[OutboxMessage]:
    """Return what is owed to a conversation, oldest first."""
    with site.database.reading() as session:
        query = select(OutboxMessage).where(OutboxMessage.chat_id == chat.id)
        return list(session.exec(query.order_by(OutboxMessage.id)))


def set_day(site: Site, on: date, works: bool, reason: str = "theo thông báo của phường") -> int:
    """Change one day of the office's calendar; returns how many cases moved."""
    with site.database.writing() as session:
        entry = Entry(on, DayChange.WORK if works else DayChange.OFF, reason)
        return calendar_changes.set_day(session, site.office, entry, None, site.clock())


@dataclass(frozen=True)
class StaffDesk:
    """A member of staff at work. The case given is the page they look at: it may be stale."""

    site: Site
    staff: Staff

    def accept(self, seen: Case) -> Case:
        """Take into work."""
        return self._do(seen, lambda s, c, d: handling.accept(s, self.site.office, c, d))

    def reclassify(self, seen: Case, kind: Kind = Kind.RECOMMENDATION) -> Case:
        """Give another kind."""
        return self._do(seen, lambda s, c, d: handling.reclassify(s, self.site.office, c, d, kind))

    def extend(
        self, seen: Case, until: date = date(2026, 12, 11), reason: str = "Cần đo lại thửa đất."
    ) -> Case:
        """Put the answer off, as a leader."""
        with self.site.database.writing() as session:
            leader = session.get_one(Staff, self.staff.id)
            leader.role = Role.LEADER
        return StaffDesk(self.site, leader)._do(
            seen, lambda s, c, d: extension.extend(s, self.site.office, c, d, until, reason)
        )

    def note(self, seen: Case, text: str = "Đã gọi điện cho người gửi.") -> Case:
        """Write an internal note."""
        return self._do(seen, lambda s, c, d: handling.note(s, c, d.staff, text, d.at))

    def answer(
        self, seen: Case, text: str = "Kết quả đã có.", proofs: tuple[Attachment, ...] = ()
    ) -> Case:
        """Answer the sender."""
        return self._do(
            seen,
            lambda s, c, d: handling.answer(s, self.site.office, c, d, text, proofs=proofs),
        )

    def publish(
        self, seen: Case, text: PublicText = PUBLIC, attachments: tuple[int, ...] = ()
    ) -> Case:
        """Make the result public."""
        return self._do(
            seen,
            lambda s, c, d: publication.publish(
                s, self.site.office, c, d, text, attachments=attachments
            ),
        )

    def withhold(self, seen: Case, reason: str = "Có thông tin về trẻ em.") -> Case:
        """Keep the result between office and sender."""
        return self._do(
            seen, lambda s, c, d: publication.withhold(s, self.site.office, c, d, reason)
        )

    def _do(self, seen: Case, act: Callable[[Session, Case, Deed], object]) -> Case:
        with self.site.database.writing() as session:
            case = session.get_one(Case, seen.id)
            act(session, case, Deed(self.staff, self.site.clock(), seen.version))
        return case


PERMITTED = {
    State.RECEIVED: {"accept", "reclassify", "extended", "answer", "note"},
    State.IN_PROGRESS: {"reclassify", "extended", "answer", "note"},
    State.ANSWERED: {"publish", "withhold", "note"},
    State.PUBLISHED: {"note"},
    State.WITHHELD: {"note"},
}
LEADS_TO = {
    "accept": State.IN_PROGRESS,
    "answer": State.ANSWERED,
    "publish": State.PUBLISHED,
    "withhold": State.WITHHELD,
}
MOVES: dict[str, Callable[[StaffDesk, Case], Case]] = {
    "accept": StaffDesk.accept,
    "reclassify": StaffDesk.reclassify,
    "answer": StaffDesk.answer,
    "publish": StaffDesk.publish,
    "withhold": StaffDesk.withhold,
    "note": StaffDesk.note,
    "extended": StaffDesk.extend,
}

_WAY: dict[State, tuple[str, ...]] = {
    State.RECEIVED: (),
    State.IN_PROGRESS: ("accept",),
    State.ANSWERED: ("accept", "answer"),
    State.PUBLISHED: ("accept", "answer", "publish"),
    State.WITHHELD: ("accept", "answer", "withhold"),
}


def case_in(state: State, chat: Chat, desk: StaffDesk) -> Case:
    """Send a case and bring it to a state by permitted moves."""
    case = send(desk.site, chat)
    for name in _WAY[state]:
        case = MOVES[name](desk, case)
    return case


def race(*acts: Callable[[], object]) -> list[object]:
    """Start all acts in the same moment, a thread each; returns what each gave or raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        running = [pool.submit(run, act) for act in acts]
        return [one.exception() or one.result() for one in running]
