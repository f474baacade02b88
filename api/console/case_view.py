"""A case as the values that the page of staff shows."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from api.cases import (
    approval,
    calendars,
    clock,
    followers,
    guards,
    handling,
    publication,
    refusal,
    states,
    supplement,
    urgency,
)
from api.cases.deadlines import working_days_left
from api.cases.events import newest
from api.cases.models import Case, CaseEvent, Competence
from api.cases.moves import Guard
from api.cases.rating import rating_of
from api.cases.states import OPEN_STATES, STATE_LABELS
from api.cases.wording import (
    ACTOR_LABELS,
    AUDIENCE_LABELS,
    CHANNEL_LABELS,
    COMPETENCE_LABELS,
    EVENT_LABELS,
    KIND_LABELS,
    VERDICT_LABELS,
)
from api.clock import local_date
from api.files.models import Attachment
from api.files.store import of_case
from api.people import departments
from api.people.models import Citizen, Department, Role, Staff
from api.web.site import Site

_UNSAID = frozenset({Guard.BY_HOURS, Guard.URGENT, Guard.RESTRICTED})
"""Guards of moves that nobody asks for while they do not hold: that a case is not urgent."""
DEFAULT_PRODUCT = "Văn bản trả lời người gửi"


def view(here: Site, session: Session, case: Case) -> dict[str, Any]:
    """Return a case with its sender, answer and publication."""
    citizen = session.get(Citizen, case.citizen_id)
    answer = handling.answer_of(session, case)
    public = publication.publication_of(session, case)
    today = local_date(here.clock())
    is_open = case.state in OPEN_STATES
    calendar = calendars.current(session, here.office.unit_id)
    files = of_case(session, case.id)
    procedure = here.catalogue.clerk(session).catalogue.by_code.get(case.procedure_code)
    return {
        "code": case.code,
        "kind": case.kind.value,
        "kind_label": KIND_LABELS[case.kind],
        "state_key": case.state.value,
        "state_label": STATE_LABELS[case.state],
        "content": case.content,
        "place": case.place,
        "field": case.field,
        "procedure_code": case.procedure_code,
        "competence": case.competence.value if case.competence else "",
        "verdict": case.verdict.value if case.verdict else "",
        "verdict_label": VERDICT_LABELS[case.verdict] if case.verdict else "",
        "external_code": case.external_code,
        "transferred_on": case.transferred_on,
        "relatives": _relatives(session, case),
        "procedure": procedure,
        "citizen": citizen,
        "consent_note": "Người gửi đã đồng ý cho xử lý thông tin để giải quyết hồ sơ này.",
        "channel_label": CHANNEL_LABELS.get(case.channel, case.channel),
        "received_at": case.received_at,
        "due_on": case.due_on if is_open else None,
        "rests": clock.rests(case),
        "days_left": working_days_left(today, case.due_on, calendar) if is_open else None,
        "late": is_open and clock.is_late(case, today),
        "urgent": urgency.limit(session, here.office, case, calendar) if is_open else None,
        "version": case.version,
        "attachments": [_file(row) for row in files if row.chat_id],
        "proofs": [_file(row) for row in files if not row.chat_id],
        "duties": duties(session, case),
        "draft": _draft(session, case),
        "asked": supplement.question(session, case),
        "followers": followers.count(session, case),
        "rating": _rating(session, case),
        "answer": answer
        and {
            "text": answer.text,
            "by": _name(session, answer.staff_id),
            "at": answer.answered_at,
        },
        "publication": public
        and {
            "title": public.title,
            "content": public.content,
            "answer": public.answer,
            "by": _name(session, public.staff_id),
            "at": public.published_at,
        },
    }


def _file(row: Attachment) -> dict[str, Any]:
    waiting = "" if row.stored else f" ({row.error or 'đang tải về'})"
    return {
        "id": row.id,
        "url": f"/can-bo/tep/{row.token}",
        "name": row.name + waiting,
        "is_image": bool(row.stored) and row.media_type.startswith("image/"),
    }


def event(session: Session, fact: CaseEvent) -> dict[str, Any]:
    """Return a line of the history."""
    who = _name(session, fact.staff_id) if fact.staff_id else ACTOR_LABELS[fact.actor]
    return {
        "number": fact.number,
        "at": fact.at,
        "who": who,
        "what": EVENT_LABELS.get(fact.name, fact.name),
        "note": fact.note,
        "audience_label": AUDIENCE_LABELS[fact.audience],
    }


def trace(here: Site, session: Session, case: Case) -> list[dict[str, Any]]:
    """Return every day of the clock of a case."""
    days = clock.trace(session, here.office, case, local_date(here.clock()))
    return [
        {"on": day.on, "counted": day.counted, "n": day.number, "reason": day.reason}
        for day in days
    ]


def _name(session: Session, staff_id: int | None) -> str:
    member = session.get(Staff, staff_id) if staff_id else None
    return member.name if member else "Hệ thống"


def duties(session: Session, case: Case) -> dict[str, Any]:
    """Return "6 rõ": who, what, when, who answers for it, what comes out, who is competent."""
    department = session.get(Department, case.department_id) if case.department_id else None
    other = case.competence is Competence.OTHER
    competent = COMPETENCE_LABELS[Competence.OTHER if other else Competence.OWN]
    return {
        "department_id": case.department_id,
        "owner_id": case.owner_id,
        "leader_id": case.leader_id,
        "department": department.name if department else "",
        "owner": _owner(session, case),
        "task": f"{KIND_LABELS[case.kind]}{f' – {case.field}' if case.field else ''}",
        "leader": _name(session, case.leader_id) if case.leader_id else "",
        "product": case.product or DEFAULT_PRODUCT,
        "authority": case.authority or competent,
    }


def _owner(session: Session, case: Case) -> str:
    member = session.get(Staff, case.owner_id) if case.owner_id else None
    if not member:
        return ""
    return member.name if member.active else f"{member.name} (tài khoản đã khóa, cần giao lại)"


def choices(here: Site, session: Session) -> dict[str, Any]:
    """Return what the forms let staff choose from."""
    unit = here.office.unit_id
    people = session.exec(
        select(Staff).where(Staff.unit_id == unit, Staff.active).order_by(col(Staff.name))
    ).all()
    return {
        "kinds": _options(KIND_LABELS),
        "verdicts": _options(VERDICT_LABELS),
        "competences": _options(COMPETENCE_LABELS),
        "grounds": list(refusal.grounds().values()),
        "departments": departments.every(session, unit),
        "officers": people,
        "leaders": [one for one in people if one.role.includes(Role.LEADER)],
    }


def offered(
    here: Site, session: Session, case: Case, member: Staff, at: datetime
) -> dict[str, Any]:
    """Return the moves this member may make, and those they may not with the reason."""
    found = states.offers(session, here.office, case, member, at)
    return {
        "moves": {name for name, offer in found.items() if not offer.why},
        "refused": [
            offer for offer in found.values() if offer.why and offer.move.guard not in _UNSAID
        ],
        "needs_approval": guards.needs_approval(session, here.office),
    }


def _options(labels: dict[Any, str]) -> list[dict[str, str]]:
    return [{"key": key.value, "label": label} for key, label in labels.items()]


def _draft(session: Session, case: Case) -> dict[str, Any] | None:
    kept = handling.draft_of(session, case)
    if not kept:
        return None
    returned = newest(session, case, "send_back")
    newer = returned is not None and returned.at >= kept.drafted_at
    found = approval.drafted_verdict(session, case)
    return {
        "text": kept.text,
        "by": _name(session, kept.staff_id),
        "at": kept.drafted_at,
        "verdict_label": VERDICT_LABELS[found] if found else "",
        "returned": returned.note if returned and newer else "",
    }


def _rating(session: Session, case: Case) -> str:
    said = rating_of(session, case)
    if not said:
        return ""
    return "Hài lòng" if said.satisfied else "Không hài lòng"


def _relatives(session: Session, case: Case) -> list[dict[str, str]]:
    found = []
    for number, words in (
        (case.merged_into_id, "Đã gộp vào"),
        (case.split_from_id, "Tách từ"),
    ):
        other = session.get(Case, number) if number else None
        if other:
            found.append({"words": words, "code": other.code})
    merged = session.exec(select(Case.code).where(Case.merged_into_id == case.id)).all()
    return found + [{"words": "Đã nhận gộp", "code": code} for code in merged]
