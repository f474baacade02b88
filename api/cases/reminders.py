"""The ladder of reminders: who of the staff is told of which case, before, on and after its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from api.cases import calendars, visibility
from api.cases.clock_models import Reminder, StaffNotice
from api.cases.deadlines import working_days_left
from api.cases.events import By, record
from api.cases.models import Case
from api.cases.office import Office
from api.cases.policies import kept_policy
from api.cases.states import OPEN_STATES
from api.cases.workdays import WorkCalendar
from api.clock import local_date
from api.db import insert_new
from api.errors import PeopleError
from api.people.models import Role, Staff
from knowledge.text import nfc, squeeze

LONGEST_URGING = 500
URGED = "urged"


class Level(StrEnum):
    """How high a rung reaches; each level includes the ones before it."""

    OFFICER = "officer"
    HEAD = "head"
    LEADER = "leader"


@dataclass(frozen=True)
class Rung:
    """One rung: its key, at how many working days left it is reached, and how high it reaches."""

    key: str
    left: int
    level: Level


@dataclass(frozen=True)
class Ladder:
    """Working days before the due day, farthest first, and working days late, nearest first."""

    before: tuple[int, ...] = (5, 2)
    late: tuple[int, ...] = (1, 3, 5)

    def rungs(self) -> tuple[Rung, ...]:
        """Return the rungs in the order in which they are reached."""
        nearest = min(self.before, default=0)
        before = [
            Rung(f"before-{n}", n, Level.HEAD if n == nearest else Level.OFFICER)
            for n in sorted(self.before, reverse=True)
        ]
        first = min(self.late, default=0)
        late = [
            Rung(f"late-{n}", -n, Level.HEAD if n == first else Level.LEADER)
            for n in sorted(self.late)
        ]
        return (*before, Rung("due", 0, Level.HEAD), *late)

    def reached(self, left: int, limit: int) -> Rung | None:
        """Return the highest rung reached with so many working days left of a limit.

        A rung as far off as the whole limit is none: nobody is reminded on the day of receipt.
        """
        found = [rung for rung in self.rungs() if left <= rung.left < limit]
        return found[-1] if found else None


def remind(session: Session, office: Office, ladder: Ladder, at: datetime) -> int:
    """Tell the staff of every case that has reached a rung; on working days only.

    Returns how many rungs were new. The row (case, due day, rung) is unique, so nobody is told
    twice, and a due day that moves begins the ladder anew.
    """
    today = local_date(at)
    calendar = calendars.current(session, office.unit_id)
    if not calendar.works(today):
        return 0
    horizon = _horizon(today, max(ladder.before, default=0), calendar)
    cases = session.exec(
        select(Case).where(
            Case.unit_id == office.unit_id,
            col(Case.state).in_(OPEN_STATES),
            col(Case.due_on) <= horizon,
            col(Case.paused_on).is_(None),
        )
    ).all()
    told = _told(session, office)
    staff = _staff(session, office.unit_id)
    new = 0
    for case in cases:
        policy = kept_policy(case.policy, case.kind, local_date(case.received_at))
        left = working_days_left(today, case.due_on, calendar)
        rung = ladder.reached(left, policy.answer)
        if rung and (case.id, case.due_on, rung.key) not in told:
            new += _climb(session, case, rung, staff, at)
    return new


def urge(session: Session, office: Office, case: Case, by: Staff, text: str, at: datetime) -> int:
    """Let a member of staff urge those who handle a case; returns how many were told.

    It stands in the history. Raises PeopleError where the words are missing or too long.
    """
    words = squeeze(nfc(text))
    if not words or len(words) > LONGEST_URGING:
        raise PeopleError(
            f"Lời đôn đốc cần có chữ, không quá {LONGEST_URGING} ký tự.", "Anh/chị viết ngắn gọn."
        )
    if case.unit_id != office.unit_id or case.state not in OPEN_STATES:
        raise PeopleError("Hồ sơ không còn mở nên không cần đôn đốc.", "Anh/chị xem hồ sơ khác.")
    record(session, case, "urged", By.staff(by), at, note=words)
    told = [one for one in recipients(session, case, Level.HEAD) if one.id != by.id]
    for member in told:
        notice = _notice(case, URGED, member, at)
        notice.urged_by_id, notice.note = by.id, words
        session.add(notice)
    return len(told)


def recipients(session: Session, case: Case, level: Level) -> list[Staff]:
    """Return whom a rung of this level reaches: those of its own level and of all below.

    Where a level has nobody the next one is told instead, and at last everybody who may see it.
    """
    return _reached(session, case, level, _staff(session, case.unit_id))


def tell(session: Session, case: Case, rung: str, level: Level, at: datetime) -> None:
    """Tell those of a level something of a case, however often they were told before."""
    for member in recipients(session, case, level):
        session.add(_notice(case, rung, member, at))


def reach(session: Session, case: Case, rung: str, level: Level, at: datetime) -> int:
    """Tell those of a level that a case has reached a rung of its own; 1 where it is new."""
    return _climb(session, case, Rung(rung, 0, level), _staff(session, case.unit_id), at)


def _staff(session: Session, unit_id: int) -> Sequence[Staff]:
    return session.exec(
        select(Staff).where(Staff.unit_id == unit_id, col(Staff.active)).order_by(col(Staff.id))
    ).all()


def _reached(session: Session, case: Case, level: Level, members: Sequence[Staff]) -> list[Staff]:
    staff = [one for one in members if visibility.may_see(session, one, case)]
    reached = _officers(case, staff)
    if level is not Level.OFFICER:
        heads = [one for one in staff if one.role is Role.HEAD]
        reached += [one for one in heads if one.department_id == case.department_id] or heads
    if level is Level.LEADER or not reached:
        leaders = [one for one in staff if one.role is Role.LEADER]
        named = [one for one in leaders if one.id == case.leader_id] or leaders
        reached += named or [one for one in staff if one.role is Role.ADMIN]
    unique = {one.id: one for one in reached or staff}
    return list(unique.values())


def _officers(case: Case, staff: Sequence[Staff]) -> list[Staff]:
    """Return who works on a case: its owner, else the officers of its department, else all."""
    owner = [one for one in staff if one.id == case.owner_id]
    officers = [one for one in staff if one.role is Role.OFFICER]
    return owner or [o for o in officers if o.department_id == case.department_id] or officers


def waiting_for(session: Session, staff: Staff) -> Sequence[tuple[StaffNotice, Case]]:
    """Return what a member of staff was told and has not put away, newest first."""
    rows = session.exec(
        select(StaffNotice, Case)
        .join(Case, col(Case.id) == col(StaffNotice.case_id))
        .where(StaffNotice.staff_id == staff.id, col(StaffNotice.seen_at).is_(None))
        .order_by(col(StaffNotice.at).desc(), col(StaffNotice.id).desc())
    )
    return [(notice, case) for notice, case in rows if visibility.may_see(session, staff, case)]


def put_away(session: Session, staff: Staff, notice_id: int | None, at: datetime) -> int:
    """Put away one notice of a member of staff, or all of them; returns how many."""
    query = (
        sa.update(StaffNotice)
        .where(col(StaffNotice.staff_id) == staff.id, col(StaffNotice.seen_at).is_(None))
        .values(seen_at=at)
    )
    if notice_id is not None:
        query = query.where(col(StaffNotice.id) == notice_id)
    return int(session.execute(query).rowcount)  # type: ignore[attr-defined]


def _climb(session: Session, case: Case, rung: Rung, members: Sequence[Staff], at: datetime) -> int:
    """Reach a rung: whoever writes its row first tells the staff."""
    row = Reminder(case_id=case.id or 0, due_on=case.due_on, rung=rung.key, at=at)
    if not insert_new(session, row):
        return 0  # another instance was faster
    for member in _reached(session, case, rung.level, members):
        session.add(_notice(case, rung.key, member, at))
    return 1


def _notice(case: Case, rung: str, member: Staff, at: datetime) -> StaffNotice:
    return StaffNotice(
        staff_id=member.id or 0, case_id=case.id or 0, rung=rung, due_on=case.due_on, at=at
    )


def _told(session: Session, office: Office) -> set[tuple[int, date, str]]:
    rows = session.exec(
        select(col(Reminder.case_id), col(Reminder.due_on), col(Reminder.rung))
        .join(Case, col(Case.id) == col(Reminder.case_id))
        .where(
            Case.unit_id == office.unit_id,
            col(Case.state).in_(OPEN_STATES),
            Reminder.due_on == Case.due_on,
        )
    )
    return {(case_id, due_on, rung) for case_id, due_on, rung in rows}


def _horizon(today: date, working_days: int, calendar: WorkCalendar) -> date:
    day = today
    for _ in range(working_days):
        day = calendar.next_working_day(day)
    return calendar.next_working_day(day) - timedelta(days=1)
