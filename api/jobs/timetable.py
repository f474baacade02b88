"""The timetable: what is done at which time, once however many instances run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from api.cases import calendar_changes, progress, reminders, urgency
from api.cases.reminders import Ladder
from api.clock import local
from api.jobs.models import TimetableSlot
from api.learning import questions
from api.settings import Settings
from api.web.site import Site

log = structlog.get_logger(__name__)

KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Job:
    """Something done once a day, from a time of Vietnamese wall time on, or every few minutes."""

    name: str
    begins: time
    run: Callable[[Site, Session, datetime], int]
    every: int | None = None  # minutes, which divide an hour

    def slot(self, at: datetime) -> str | None:
        """Return the slot due at an instant: the day or its part, once its time has come."""
        here = local(at)
        if here.time() < self.begins:
            return None
        if self.every is None:
            return here.date().isoformat()
        return f"{here.replace(minute=here.minute // self.every * self.every):%Y-%m-%dT%H:%M}"


def step(site: Site) -> int:
    """Do what is due and not done yet; returns how many jobs were done.

    A job and the row of its slot are one transaction: of two instances one can write the row,
    and a job that fails leaves none, so the next step tries it again.
    """
    at = site.clock()
    done = 0
    for job in JOBS:
        slot = job.slot(at)
        if slot and not _is_done(site, job, slot):
            done += _do(site, job, slot, at)
    return done


def ladder(settings: Settings) -> Ladder:
    """Return the ladder of reminders of the settings."""
    before, late = (
        tuple(int(days) for days in text.split(","))
        for text in (settings.remind_before, settings.remind_late)
    )
    return Ladder(before, late)


def _do(site: Site, job: Job, slot: str, at: datetime) -> int:
    try:
        with site.database.writing() as session:
            session.add(TimetableSlot(name=job.name, slot=slot, done_at=at))
            session.flush()
            made = job.run(site, session, at)
    except IntegrityError as error:
        if not _is_done(site, job, slot):
            raise
        log.info("job done elsewhere", job=job.name, reason=type(error.orig).__name__)
        return 0
    log.info("job done", job=job.name, slot=slot, made=made)
    return 1


def _is_done(site: Site, job: Job, slot: str) -> bool:
    with site.database.reading() as session:
        query = select(TimetableSlot).where(
            TimetableSlot.name == job.name, TimetableSlot.slot == slot
        )
        return session.exec(query).first() is not None


def _recount(site: Site, session: Session, at: datetime) -> int:
    return calendar_changes.recount(session, site.office, at)


def _remind(site: Site, session: Session, at: datetime) -> int:
    return reminders.remind(session, site.office, ladder(site.settings), at)


def _remind_urgent(site: Site, session: Session, at: datetime) -> int:
    return urgency.remind(session, site.office, at)


def _late_notes(site: Site, session: Session, at: datetime) -> int:
    send_now = site.settings.late_notes == "send"
    return progress.draft(session, site.office, at, send_now=send_now)


def _forget(_site: Site, session: Session, at: datetime) -> int:
    old = sa.delete(TimetableSlot).where(col(TimetableSlot.done_at) < at - KEPT_FOR)
    return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def _forget_questions(site: Site, session: Session, at: datetime) -> int:
    return questions.forget(session, site.office.unit_id, site.settings.question_days, at)


JOBS = (
    Job("recount", time(0, 5), _recount),
    Job("reminders", time(7, 30), _remind),
    Job("urgent", time(0), _remind_urgent, every=10),
    Job("late_notes", time(7, 30), _late_notes),
    Job("questions", time(3, 0), _forget_questions),
    Job("timetable", time(3, 0), _forget),
)
