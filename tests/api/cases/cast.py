"""The cast of the tracker's tests and what they do, each act in a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

from sqlmodel import Session, select

from api.cases import (
    approval,
    assignment,
    calendar_changes,
    classification,
    extension,
    followers,
    handling,
    intake,
    publication,
    refusal,
    reopening,
    restriction,
    supplement,
    transfer,
    urgency,
    verdict,
    withdrawal,
)
from api.cases.assignment import Assignee
from api.cases.calendars import Entry
from api.cases.classification import Classification
from api.cases.clock_models import DayChange
from api.cases.events import CitizenDeed, Deed, history
from api.cases.intake import Feedback
from api.cases.models import Audience, Case, CaseEvent, Kind, State, Verdict
from api.cases.office import Office
from api.cases.publication import PublicText
from api.chats.models import Chat
from api.clock import local_date
from api.files.models import Attachment
from api.outbox.models import OutboxMessage
from api.people import departments
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


def by_hours(office: Office) -> Office:
    """Return an office that has limits in hours for what is urgent."""
    return replace(office, rules=replace(office.rules, urgent=True))


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


def join(site: Site, seen: Case, key: str = "") -> Case:
    """Let somebody else join a case."""
    chat = chat_of(site, key or f"joiner {uuid4().hex}")
    with site.database.writing() as session:
        case = session.get_one(Case, seen.id)
        own = session.get_one(Chat, chat.id)
        followers.join(
            session, site.office, case, own, replace(LAN, name="Bùi Văn Tư"), site.clock()
        )
    return case


def as_sender(
    site: Site, seen: Case, act: Callable[[Session, Office, Case, CitizenDeed], object]
) -> Case:
    """Let the sender do something to the case as they saw it."""
    with site.database.writing() as session:
        case = session.get_one(Case, seen.id)
        act(session, site.office, case, CitizenDeed(site.clock(), seen.version))
    return case


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
        return self._do(
            seen, lambda s, c, d: classification.reclassify(s, self.site.office, c, d, kind)
        )

    def classify(self, seen: Case, field: str = "") -> Case:
        """Note the field of a case, another one each time."""
        chosen = Classification(seen.kind, field or f"{seen.field}Đất đai"[-60:] + "!")
        return self._do(
            seen, lambda s, c, d: classification.classify(s, self.site.office, c, d, chosen)
        )

    def refuse(self, seen: Case, ground: str = "khong-ro-noi-dung") -> Case:
        """Refuse on a ground of the list."""
        return self._do(seen, lambda s, c, d: refusal.refuse(s, self.site.office, c, d, ground))

    def assign(self, seen: Case, owner: Staff | None = None) -> Case:
        """Give to an officer of the department that has the case."""
        to = Assignee(seen.department_id or 0, (owner or self.staff).id)
        return self._do(seen, lambda s, c, d: assignment.assign(s, self.site.office, c, d, to))

    def move_inside(self, seen: Case, name: str = "") -> Case:
        """Give to another department, made for it."""
        with self.site.database.writing() as session:
            unit, at = self.site.office.unit_id, self.site.clock()
            made = departments.add(session, unit, name or f"Bộ phận {uuid4().hex[:8]}", at)
            to = Assignee(made.id or 0)
        return self._do(seen, lambda s, c, d: assignment.assign(s, self.site.office, c, d, to))

    def ask_supplement(self, seen: Case, question: str = "Việc ở số nhà nào?") -> Case:
        """Ask the sender for more."""
        return self._do(seen, lambda s, c, d: supplement.ask(s, self.site.office, c, d, question))

    def take_supplement(self, seen: Case, words: str = "Ở số 7.") -> Case:
        """Take down what the sender says on the phone."""
        return self._do(seen, lambda s, c, d: supplement.give(s, self.site.office, c, d, words))

    def transfer_out(self, seen: Case, authority: str = "Điện lực Hải Phòng") -> Case:
        """Send to another agency."""
        why = "lưới điện do Điện lực quản lý."
        return self._do(
            seen, lambda s, c, d: transfer.send_out(s, self.site.office, c, d, authority, why)
        )

    def take_back(self, seen: Case, reason: str = "Điện lực báo không thuộc mình.") -> Case:
        """Take back from another agency."""
        return self._do(seen, lambda s, c, d: transfer.take_back(s, self.site.office, c, d, reason))

    def note_transfer_in(self, seen: Case, code: str = "PAKN-123") -> Case:
        """Note that the national system sent the case here today."""
        today = local_date(self.site.clock())
        return self._do(
            seen, lambda s, c, d: transfer.came_in(s, self.site.office, c, d, code, today)
        )

    def draft(self, seen: Case, text: str = "Kết quả đã có.") -> Case:
        """Put an answer before the leader."""
        return self._do(seen, lambda s, c, d: approval.draft(s, self.site.office, c, d, text))

    def approve(self, seen: Case, text: str = "") -> Case:
        """Approve a draft."""
        return self._do(seen, lambda s, c, d: approval.approve(s, self.site.office, c, d, text))

    def send_back(self, seen: Case, reason: str = "Cần nêu rõ ngày.") -> Case:
        """Give a draft back."""
        return self._do(seen, lambda s, c, d: approval.send_back(s, self.site.office, c, d, reason))

    def judge(self, seen: Case, found: Verdict | None = None) -> Case:
        """Note what the check found, something else than stands there."""
        other = Verdict.WRONG if seen.verdict is Verdict.RIGHT else Verdict.RIGHT
        return self._do(
            seen, lambda s, c, d: verdict.judge(s, self.site.office, c, d, found or other)
        )

    def withdraw(self, seen: Case, reason: str = "Người gửi gọi điện xin rút.") -> Case:
        """Withdraw because the sender asked for it by phone."""
        return self._do(
            seen, lambda s, c, d: withdrawal.withdraw(s, self.site.office, c, d, reason)
        )

    def merge(self, seen: Case, into: Case | None = None) -> Case:
        """Merge into a twin, sent for it by somebody else unless one is given."""
        twin = into or send(self.site, chat_of(self.site, f"twin {uuid4().hex}"))

        def act(session: Session, case: Case, deed: Deed) -> None:
            other = session.get_one(Case, twin.id)
            followers.merge(session, self.site.office, case, deed, other)

        return self._do(seen, act)

    def unmerge(self, seen: Case, reason: str = "Hai việc ở hai phố khác nhau.") -> Case:
        """Take a merger back."""
        return self._do(seen, lambda s, c, d: followers.unmerge(s, self.site.office, c, d, reason))

    def split(self, seen: Case, part: str = "Việc thứ hai.") -> Case:
        """Split a part off."""
        return self._do(seen, lambda s, c, d: followers.split(s, self.site.office, c, d, part))

    def reopen(self, seen: Case, reason: str = "Có tình tiết mới.") -> Case:
        """Open again."""
        return self._do(seen, lambda s, c, d: reopening.reopen(s, self.site.office, c, d, reason))

    def correct(self, seen: Case, number: int = 1) -> Case:
        """Correct the first event."""
        return self._do(seen, lambda s, c, d: handling.correct(s, c, d, number, "Nhận lúc 8 giờ."))

    def hurry(self, seen: Case, reason: str = "Cây đổ chắn lối xe cứu thương.") -> Case:
        """Mark as urgent a report of a place, in an office that counts hours."""
        self._set(seen, kind=Kind.INFRASTRUCTURE)
        office = by_hours(self.site.office)
        return self._do(seen, lambda s, c, d: urgency.mark(s, office, c, d, reason))

    def unhurry(self, seen: Case, reason: str = "Đã dọn xong, lối đi thông.") -> Case:
        """Take the mark off that the case has."""
        self._set(seen, urgent=True)
        return self._do(seen, lambda s, c, d: urgency.unmark(s, self.site.office, c, d, reason))

    def unrestrict(self, seen: Case, reason: str = "Chỉ là góp ý về thái độ.") -> Case:
        """Let everybody see again a case that is restricted."""
        self._set(seen, restricted=True)
        return self._do(seen, lambda s, c, d: restriction.lift(s, self.site.office, c, d, reason))

    def _set(self, seen: Case, **values: Any) -> None:
        with self.site.database.writing() as session:
            case = session.get_one(Case, seen.id)
            for name, value in values.items():
                setattr(case, name, value)

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


_WORK = {
    *("classify", "reclassify", "refuse", "assign", "moved_inside", "supplement_asked"),
    *("transferred_out", "transferred_in", "draft", "answer", "withdraw", "merge", "split"),
}
_ALWAYS = {"note", "corrected"}
_SEEN = {"unrestrict"}
_URGENCY = {"hurry", "unhurry"}
PERMITTED = {
    State.RECEIVED: {"accept", "extended", "join", *_SEEN, *_URGENCY, *_WORK, *_ALWAYS},
    State.IN_PROGRESS: {"extended", "join", "judge", *_SEEN, *_URGENCY, *_WORK, *_ALWAYS},
    State.SUPPLEMENT: {
        *("assign", "moved_inside", "supplement_given", "withdraw", "merge", "join", "unhurry"),
        *_SEEN,
        *_ALWAYS,
    },
    State.TRANSFERRED: {
        *("assign", "moved_inside", "returned", "draft", "answer", "join", "unhurry"),
        "withdraw",
        *_SEEN,
        *_ALWAYS,
    },
    State.DRAFTED: {
        *("assign", "moved_inside", "send_back", "approve", "withdraw", "join", "extended"),
        *_SEEN,
        *_URGENCY,
        *_ALWAYS,
    },
    State.ANSWERED: {"publish", "withhold", "judge", "reopened", *_ALWAYS},
    State.PUBLISHED: {"judge", "reopened", *_ALWAYS},
    State.WITHHELD: {"judge", "reopened", *_ALWAYS},
    State.REFUSED: {"reopened", *_ALWAYS},
    State.WITHDRAWN: _ALWAYS,
    State.MERGED: {"unmerge", *_ALWAYS},
}
LEADS_TO = {
    "accept": State.IN_PROGRESS,
    "refuse": State.REFUSED,
    "supplement_asked": State.SUPPLEMENT,
    "supplement_given": State.IN_PROGRESS,
    "transferred_out": State.TRANSFERRED,
    "returned": State.IN_PROGRESS,
    "draft": State.DRAFTED,
    "send_back": State.IN_PROGRESS,
    "approve": State.ANSWERED,
    "answer": State.ANSWERED,
    "publish": State.PUBLISHED,
    "withhold": State.WITHHELD,
    "withdraw": State.WITHDRAWN,
    "merge": State.MERGED,
    "unmerge": State.IN_PROGRESS,
    "reopened": State.IN_PROGRESS,
}
MOVES: dict[str, Callable[[StaffDesk, Case], Case]] = {
    "accept": StaffDesk.accept,
    "classify": StaffDesk.classify,
    "reclassify": StaffDesk.reclassify,
    "refuse": StaffDesk.refuse,
    "assign": StaffDesk.assign,
    "moved_inside": StaffDesk.move_inside,
    "supplement_asked": StaffDesk.ask_supplement,
    "supplement_given": StaffDesk.take_supplement,
    "transferred_out": StaffDesk.transfer_out,
    "returned": StaffDesk.take_back,
    "transferred_in": StaffDesk.note_transfer_in,
    "draft": StaffDesk.draft,
    "send_back": StaffDesk.send_back,
    "approve": StaffDesk.approve,
    "answer": StaffDesk.answer,
    "judge": StaffDesk.judge,
    "publish": StaffDesk.publish,
    "withhold": StaffDesk.withhold,
    "withdraw": StaffDesk.withdraw,
    "merge": StaffDesk.merge,
    "unmerge": StaffDesk.unmerge,
    "split": StaffDesk.split,
    "join": lambda desk, seen: join(desk.site, seen),
    "reopened": StaffDesk.reopen,
    "note": StaffDesk.note,
    "corrected": StaffDesk.correct,
    "extended": StaffDesk.extend,
    "hurry": StaffDesk.hurry,
    "unhurry": StaffDesk.unhurry,
    "unrestrict": StaffDesk.unrestrict,
}

_WAY: dict[State, tuple[str, ...]] = {
    State.RECEIVED: (),
    State.IN_PROGRESS: ("accept",),
    State.SUPPLEMENT: ("supplement_asked",),
    State.TRANSFERRED: ("accept", "transferred_out"),
    State.DRAFTED: ("accept", "draft"),
    State.ANSWERED: ("accept", "answer"),
    State.PUBLISHED: ("accept", "answer", "publish"),
    State.WITHHELD: ("accept", "answer", "withhold"),
    State.REFUSED: ("refuse",),
    State.WITHDRAWN: ("withdraw",),
    State.MERGED: ("merge",),
}


def case_in(state: State, chat: Chat, desk: StaffDesk) -> Case:
    """Send a case and bring it to a state by permitted moves."""
    roomy = replace(desk.site, office=replace(desk.site.office, cases_per_day=1000))
    case = send(roomy, chat)
    for name in _WAY[state]:
        case = MOVES[name](desk, case)
    return case


def name_for_denunciations(site: Site) -> Staff:
    """Name ông Phúc, who alone sees denunciations."""
    with site.database.writing() as session:
        phuc = Staff(
            unit_id=site.office.unit_id,
            username="phuc",
            name="Đỗ Văn Phúc",
            password_hash="-",
            created_at=site.clock(),
            denunciations=True,
        )
        session.add(phuc)
    return phuc


def race(*acts: Callable[[], object]) -> list[object]:
    """Start all acts in the same moment, a thread each; returns what each gave or raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        running = [pool.submit(run, act) for act in acts]
        return [one.exception() or one.result() for one in running]
