"""The limits of single steps: which exist for a case now, which were kept, which are late. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.cases.deadlines import ClockRules, day_zero, last_day
from api.cases.models import Case
from api.cases.pauses import Fact, course
from api.cases.policies import Step, kept_policy
from api.cases.workdays import WorkCalendar
from api.clock import local_date

_ANSWERS = frozenset({"answer", "approve"})
_REFUSALS = frozenset({"refuse", "withdraw", "merge"})
_DONE_BY = {
    Step.ACKNOWLEDGE: frozenset({"accept", "assign", "classify", "reclassify", "draft"})
    | _ANSWERS
    | _REFUSALS,
    Step.CLASSIFY: frozenset({"accept", "classify", "reclassify", "transferred_out", "draft"})
    | _ANSWERS
    | _REFUSALS,
    Step.SUPPLEMENT: frozenset({"supplement_asked"}),
    Step.FORWARD: frozenset({"transferred_out"}),
    Step.ANSWER: _ANSWERS | _REFUSALS,
    Step.PUBLISH: frozenset({"publish", "withhold"}),
}
_OWED = (Step.ACKNOWLEDGE, Step.CLASSIFY, Step.ANSWER, Step.PUBLISH)
"""Steps that must come; the others are the last days on which something may still be done."""


@dataclass(frozen=True)
class StepDue:
    """The last day of one step. legal_on is the last day by law where the target is shorter.

    done_on is when it was done. owed: it must come, so it can be late.
    """

    step: Step
    due_on: date
    legal_on: date | None
    done_on: date | None
    owed: bool

    def late(self, today: date) -> bool:
        """Whether it must come and did not in time."""
        return self.owed and (self.done_on or today) > self.due_on


def of(
    case: Case, events: Sequence[Fact], calendar: WorkCalendar, rules: ClockRules
) -> tuple[StepDue, ...]:
    """Return the steps of a case in their order, from its whole history, oldest event first."""
    policy = kept_policy(case.policy, case.kind, local_date(case.received_at))
    way = course(events, supplement_restarts=False, transfer_pauses=rules.transfer_pauses)
    begins = way.restart.at if way.restart else case.received_at
    run = [event for event in events if event.at >= begins]
    zero = day_zero(begins, calendar, rules)
    found = []
    for step in (Step.ACKNOWLEDGE, Step.CLASSIFY, Step.SUPPLEMENT, Step.FORWARD):
        limit = policy.limits[step]
        legal = last_day(zero, limit.legal, calendar) if limit.legal else None
        due_on = last_day(zero, limit.days, calendar)
        done_on = _done(step, run)
        if step in _OWED or done_on or not _done(Step.ANSWER, run):  # else it was not needed
            found.append(StepDue(step, due_on, legal, done_on, step in _OWED))
    found.append(StepDue(Step.ANSWER, case.due_on, None, _done(Step.ANSWER, run), owed=True))
    ready = next((event for event in reversed(run) if event.name in _ANSWERS), None)
    if ready:
        due_on = last_day(local_date(ready.at), policy.limits[Step.PUBLISH].days, calendar)
        found.append(StepDue(Step.PUBLISH, due_on, None, _done(Step.PUBLISH, run), owed=True))
    return tuple(found)


def _done(step: Step, run: Sequence[Fact]) -> date | None:
    """Return when a step was first done in this run of the clock."""
    done = [event.at for event in run if event.name in _DONE_BY[step]]
    return local_date(done[0]) if done else None
