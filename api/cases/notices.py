"""What people are told when something happens to a case; every sentence is in notices.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files

from sqlmodel import Session, select

from api.cases import clock
from api.cases.hiding import hidden
from api.cases.models import Case, Follower, State, Verdict
from api.cases.moves import REPLIED_STATES
from api.cases.office import Office
from api.cases.wording import KIND_LABELS, VERDICT_LABELS, date_words
from api.files.models import Attachment
from api.outbox.calls import owe_call
from api.outbox.queue import enqueue
from api.ward import cards

BETWEEN_TWO = frozenset({"received", "merged_in", "joined"})
"""The notices between office and sender alone; of all else those who follow are told as well."""

WORTH_A_CALL = frozenset(
    {"refuse", "supplement_asked", "transferred_out", "answer", "approve", "extended"}
    | {"due_moved", "merge", "late_note"}
)
"""The notices that somebody is called for who gets no messages; of the others they are spared."""


@cache
def texts() -> dict[str, str]:
    """Return the notice of every event that has one."""
    return {name: entry["text"] for name, entry in _entries().items()}


@cache
def occasions() -> dict[str, str]:
    """Return when each notice is sent, as people say it."""
    return {name: entry["when"] for name, entry in _entries().items()}


@cache
def _entries() -> dict[str, dict[str, str]]:
    raw: dict[str, dict[str, str]] = tomllib.loads(
        files("api.cases").joinpath("notices.toml").read_text(encoding="utf-8")
    )
    return raw


def render(office: Office, case: Case, event: str, *, phone: str, **parts: str) -> str:
    """Return the notice of an event to the sender.

    parts are note, answer, verdict, where, other, other_due, all optional.
    """
    return _filled(office, case, _entry_of(office, case, event), phone, parts)


def _filled(office: Office, case: Case, name: str, phone: str, parts: Mapping[str, str]) -> str:
    places = dict.fromkeys(("note", "answer", "verdict", "where", "other", "other_due"), "")
    return texts()[name].format(
        code=case.code,
        ward=office.name,
        phone=phone,
        due=due_words(case),
        kind=KIND_LABELS[case.kind],
        days=office.reopen_days,
        link=f"{office.public_url}/ket-qua/{case.code}",
        **{**places, **parts},
    )


def verdict_words(verdict: Verdict | None) -> str:
    """Return the line of an answer that names its verdict; empty where there is none."""
    if verdict is None:
        return ""
    return texts()["answer_verdict"].format(verdict=VERDICT_LABELS[verdict]) + "\n\n"


def due_words(case: Case) -> str:
    """Return the due day of a case in words; while its clock waits, that it is the earliest."""
    day = date_words(case.due_on)
    if clock.rests(case):
        return f"{day} (sớm nhất, vì đang tạm dừng tính hạn)"
    return f"{day} (đã quá hạn)" if _waits_late(case) else day


def _waits_late(case: Case) -> bool:
    """Tell whether a case was late already when it began to wait for others."""
    waits = case.state in {State.SUPPLEMENT, State.TRANSFERRED}
    return waits and case.paused_on is not None and not clock.rests(case)


def _entry_of(office: Office, case: Case, event: str, *, follows: bool = False) -> str:
    """Return the name of the text: the first that fits of those that an event may have."""
    fitting = (
        (follows, "followed"),
        (follows or not office.reopen_days, "closed"),
        (case.state in REPLIED_STATES, "replied"),
        (_waits_late(case), "late"),
    )
    names = (f"{event}_{name}" for fits, name in fitting if fits)
    return next((name for name in names if name in texts()), event)


def words(session: Session, office: Office, case: Case, event: str, **parts: str) -> str:
    """Return the notice of an event with the number that people are told to call now."""
    phone = cards.contact(session, office).phone
    return render(office, case, event, phone=phone, **parts)


def tell(  # an event has this many parts
    session: Session,
    office: Office,
    case: Case,
    event: str,
    at: datetime,
    *,
    proofs: Sequence[Attachment] = (),
    **parts: str,
) -> None:
    """Owe the notice of an event to the sender and to whoever follows the case.

    The sender of a case that was entered at the counter is to be called, where the notice is worth
    a call. Followers read an answer only through the redaction gate, and get no files: both may
    tell who the sender is.
    """
    if case.chat_id is None:
        if event in WORTH_A_CALL:
            owe_call(session, case, words(session, office, case, event, **parts), at)
    else:
        text = words(session, office, case, event, **parts)
        extra = {"files": [proof.token for proof in proofs]} if proofs else {}
        buttons = _buttons(case, event)
        enqueue(session, case.chat_id, text, at, buttons=buttons, case_id=case.id, extra=extra)
    if event not in BETWEEN_TWO:
        _tell_followers(session, office, case, event, at, parts)


def tell_joined(session: Session, office: Office, case: Case, chat_id: int, at: datetime) -> None:
    """Owe somebody the notice that their words joined a case."""
    text = words(session, office, case, "joined")
    enqueue(session, chat_id, text, at, buttons=[_see(case)], case_id=case.id)


def _tell_followers(  # an event has this many parts
    session: Session, office: Office, case: Case, event: str, at: datetime, parts: dict[str, str]
) -> None:
    chats = session.exec(select(Follower.chat_id).where(Follower.case_id == case.id)).all()
    if not chats:
        return  # most cases have none, and the gate reads every word
    gated = {name: hidden(session, case, part) for name, part in parts.items()}
    phone = cards.contact(session, office).phone
    text = _filled(office, case, _entry_of(office, case, event, follows=True), phone, gated)
    for chat_id in chats:
        enqueue(session, chat_id, text, at, buttons=[_see(case)], case_id=case.id)


def _buttons(case: Case, event: str) -> list[tuple[str, str]]:
    if event in {"answer", "approve"}:
        rate = [("Hài lòng", f"rate:{case.code}/yes"), ("Không hài lòng", f"rate:{case.code}/no")]
        return [*rate, _see(case)]
    if event == "supplement_asked":
        return [("Gửi bổ sung", f"supply:{case.code}"), _see(case)]
    return [_see(case)]


def _see(case: Case) -> tuple[str, str]:
    return "Xem tình trạng", f"status:{case.code}"
