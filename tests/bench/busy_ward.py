"""A busy ward: four departments, twenty officers, two leaders, and what becomes of its cases."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sqlmodel import select

from api.cases import assignment, calendars, handling, supplement, withdrawal
from api.cases.assignment import Assignee
from api.cases.events import Deed
from api.cases.extension import latest
from api.cases.models import Case, Kind, State
from api.cases.reopening import reopen
from api.cases.workdays import WorkCalendar
from api.chats.models import Chat
from api.clock import VIETNAM, local
from api.errors import PeopleError
from api.people import departments
from api.people.models import Role, Staff
from api.web.site import Site
from tests.api.cases.cast import StaffDesk, as_sender, fresh, join, send
from tests.conftest import FrozenClock

DEPARTMENTS = ("Văn phòng", "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa – Xã hội")
OFFICERS = 20
LEADERS = 2
OPENS, CLOSES = time(7, 30), time(17, 0)
KINDS = {
    Kind.INFRASTRUCTURE: 45,
    Kind.QUESTION: 20,
    Kind.CONDUCT: 15,
    Kind.RECOMMENDATION: 12,
    Kind.REGULATION: 8,
}
MATTERS = {
    Kind.INFRASTRUCTURE: "Đèn đường trước số {n} phố {street} không sáng từ tuần trước.",
    Kind.QUESTION: "Nhà số {n} phố {street} muốn xin số nhà mới thì làm ở đâu?",
    Kind.CONDUCT: "Hồ sơ của nhà số {n} phố {street} hẹn hôm thứ Ba mà chưa có kết quả.",
    Kind.RECOMMENDATION: "Đề nghị đặt thêm thùng rác gần số {n} phố {street}.",
    Kind.REGULATION: "Thủ tục của hộ số {n} phố {street} đòi giấy tờ không có trong danh mục.",
}
STREETS = ("Bạch Đằng", "Hòa Bình", "Trần Phú", "Chợ Cũ", "Bến Tàu", "Lò Gạch", "Đình Làng")

NEXT: dict[State, dict[str, float]] = {
    State.RECEIVED: {
        "accept": 82,
        "supplement_asked": 4,
        "refuse": 4,
        "transferred_out": 3,
        "classify": 5,
        "reclassify": 2,
        "merge": 1.5,
        "withdraw": 1,
        "join": 1,
    },
    State.IN_PROGRESS: {
        "draft": 62,
        "assign": 6,
        "moved_inside": 5,
        "supplement_asked": 6,
        "note": 9,
        "transferred_out": 3,
        "extended": 5,
        "judge": 2,
        "split": 0.5,
        "withdraw": 0.5,
        "transferred_in": 0.5,
        "corrected": 0.5,
        "answer": 2,
        "join": 1,
        "merge": 0.5,
    },
    State.SUPPLEMENT: {"supplement_given": 94, "withdraw": 4, "note": 2},
    State.TRANSFERRED: {"returned": 45, "draft": 50, "note": 5},
    State.DRAFTED: {"approve": 88, "send_back": 9, "extended": 1, "note": 2},
    State.ANSWERED: {"publish": 72, "withhold": 22, "judge": 4, "reopened": 2},
    State.PUBLISHED: {"": 98.5, "reopened": 1.5},
    State.WITHHELD: {"": 98, "reopened": 2},
    State.REFUSED: {"": 98, "reopened": 2},
    State.WITHDRAWN: {"": 1},
    State.MERGED: {"": 90, "unmerge": 10},
}
"""What follows in a state with which weight; the empty name is nothing more."""

PATIENCE = {
    State.RECEIVED: 0.5,
    State.IN_PROGRESS: 2.6,
    State.SUPPLEMENT: 3.0,
    State.TRANSFERRED: 6.0,
    State.DRAFTED: 0.8,
    State.ANSWERED: 0.8,
    State.PUBLISHED: 5.0,
    State.WITHHELD: 5.0,
    State.REFUSED: 4.0,
    State.MERGED: 4.0,
}
"""Days until the next thing happens, half of the time less."""


@dataclass
class BusyWard:
    """The people of the ward and their luck; counts what was done and what was refused."""

    site: Site
    clock: FrozenClock
    chance: random.Random
    officers: list[Staff] = field(default_factory=list)
    leaders: list[Staff] = field(default_factory=list)
    chats: list[Chat] = field(default_factory=list)
    moves: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def settle(self, citizens: int) -> None:
        """Hire the staff and begin the conversations."""
        unit, at = self.site.office.unit_id, self.clock()
        with self.site.database.writing() as session:
            houses = [departments.reception(session, unit, at)]
            houses += [departments.add(session, unit, name, at) for name in DEPARTMENTS]
            for number in range(OFFICERS + LEADERS):
                leads = number >= OFFICERS
                member = Staff(
                    unit_id=unit,
                    username=f"can-bo-{number + 1}",
                    name=f"Cán bộ {number + 1}",
                    role=Role.LEADER if leads else Role.OFFICER,
                    password_hash="-",
                    created_at=at,
                    department_id=None if leads else houses[number % len(houses)].id,
                )
                session.add(member)
                (self.leaders if leads else self.officers).append(member)
            for number in range(citizens):
                chat = Chat(channel="telegram", key=f"dan-{number}", draft_at=at, created_at=at)
                session.add(chat)
                self.chats.append(chat)
        self.look_at_the_calendar()

    def look_at_the_calendar(self) -> None:
        """Learn which days are worked."""
        with self.site.database.reading() as session:
            self.calendar = calendars.current(session, self.site.office.unit_id)

    def somebody_writes(self) -> Case:
        """Open a case."""
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        words = MATTERS[kind].format(
            n=self.chance.randrange(1, 400), street=self.chance.choice(STREETS)
        )
        case = send(self.site, self.chance.choice(self.chats), kind=kind, content=words)
        self.moves["received"] += 1
        return case

    def next_instant(self, state: State) -> datetime:
        """Return when the next thing happens to a case: staff work in office hours only."""
        days = self.chance.lognormvariate(0, 0.7) * PATIENCE[state]
        at = self.clock() + timedelta(days=days, minutes=self.chance.uniform(5, 60))
        if state is State.SUPPLEMENT:
            return at
        here = local(at)
        if here.time() > CLOSES or not self.calendar.works(here.date()):
            here = datetime.combine(self.calendar.next_working_day(here.date()), OPENS, VIETNAM)
            here += timedelta(minutes=self.chance.uniform(5, 500))
        return max(here, datetime.combine(here.date(), OPENS, VIETNAM))

    def proceed(self, case: Case) -> Case | None:
        """Let the next thing happen to a case; None where nothing more will."""
        name = self.chance.choices(*zip(*NEXT[case.state].items(), strict=True))[0]
        if not name:
            return None
        try:
            moved = self._do(str(name), case)
        except PeopleError:
            self.refused[str(name)] += 1
            return fresh(self.site, case)  # whoever was refused loads the page anew
        self.moves[str(name)] += 1
        return moved

    def _do(self, name: str, case: Case) -> Case:
        if name in _CITIZEN_MOVES:
            return as_sender(self.site, case, _CITIZEN_MOVES[name])
        if name == "join":
            return join(self.site, case)
        if name in {"approve", "send_back", "extended", "answer"}:
            leader = StaffDesk(self.site, self.chance.choice(self.leaders))
            return _LEADER_MOVES[name](leader, case)
        desk = StaffDesk(self.site, self._owner(case))
        if name in {"accept", "assign", "moved_inside"}:
            return self._give(desk, case, name)
        if name == "merge":
            return desk.merge(case, self._twin(case))
        return _OFFICER_MOVES[name](desk, case)

    def _owner(self, case: Case) -> Staff:
        known = [one for one in self.officers if one.id == case.owner_id]
        return known[0] if known else self.chance.choice(self.officers)

    def _give(self, desk: StaffDesk, case: Case, name: str) -> Case:
        """Take a received case into work, or give it to an officer here or elsewhere."""
        others = [o for o in self.officers if o.department_id == case.department_id]
        if name == "moved_inside":
            others = [o for o in self.officers if o.department_id != case.department_id]
        if name == "accept":
            others = self.officers
        owner = self.chance.choice(others)
        to = Assignee(owner.department_id or 0, owner.id)
        with self.site.database.writing() as session:
            own = session.get_one(Case, case.id)
            deed = Deed(desk.staff, self.clock(), case.version)
            if name == "accept":
                handling.accept(session, self.site.office, own, deed, to)
            else:
                assignment.assign(session, self.site.office, own, deed, to)
        return own

    def _twin(self, case: Case) -> Case:
        with self.site.database.reading() as session:
            query = select(Case).where(Case.state == State.IN_PROGRESS, Case.id != case.id)
            twin = session.exec(query.limit(1)).first()
        if not twin:
            raise PeopleError("Không có hồ sơ nào khác.", "Thử lại sau.")
        return twin


def _extend(desk: StaffDesk, case: Case) -> Case:
    with desk.site.database.reading() as session:
        until = latest(session, desk.site.office, fresh(desk.site, case))
    return desk.extend(case, until)


_CITIZEN_MOVES: dict[str, Callable[..., object]] = {
    "supplement_given": lambda s, o, c, d: supplement.give(s, o, c, d, "Ở số 7, sau chợ."),
    "withdraw": lambda s, o, c, d: withdrawal.withdraw(s, o, c, d, "Đã được giải quyết."),
    "reopened": lambda s, o, c, d: reopen(s, o, c, d, "Việc vẫn chưa xong."),
}
_LEADER_MOVES: dict[str, Callable[[StaffDesk, Case], Case]] = {
    "approve": StaffDesk.approve,
    "send_back": StaffDesk.send_back,
    "extended": _extend,
    "answer": StaffDesk.answer,
}
_OFFICER_MOVES: dict[str, Callable[[StaffDesk, Case], Case]] = {
    "classify": StaffDesk.classify,
    "reclassify": StaffDesk.reclassify,
    "refuse": StaffDesk.refuse,
    "supplement_asked": StaffDesk.ask_supplement,
    "transferred_out": StaffDesk.transfer_out,
    "transferred_in": StaffDesk.note_transfer_in,
    "returned": StaffDesk.take_back,
    "draft": StaffDesk.draft,
    "judge": StaffDesk.judge,
    "publish": StaffDesk.publish,
    "withhold": StaffDesk.withhold,
    "split": StaffDesk.split,
    "unmerge": StaffDesk.unmerge,
    "note": StaffDesk.note,
    "corrected": StaffDesk.correct,
}
