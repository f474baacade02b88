"""Tables of a feedback case (PAKN) and the facts that happen to it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import EMPTY, NO, instant, one_of


class Kind(StrEnum):
    """Loại nội dung. The first three follow Nghị định 20/2008/NĐ-CP, Điều 5."""

    CONDUCT = "conduct"  # hành vi hành chính, Điều 5.1
    REGULATION = "regulation"  # quy định hành chính, Điều 5.2-5.6
    RECOMMENDATION = "recommendation"  # kiến nghị, Điều 5.7-5.8
    INFRASTRUCTURE = "infrastructure"  # phản ánh hiện trường, theo quy định của tỉnh
    QUESTION = "question"  # hỏi cán bộ, when the catalogue has no answer


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    SUPPLEMENT = "supplement"  # waits for the sender
    TRANSFERRED = "transferred"  # with another agency
    DRAFTED = "drafted"  # an answer waits for a leader
    ANSWERED = "answered"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Verdict(StrEnum):
    """What the check of a feedback found (Nghị định 20/2008/NĐ-CP, Điều 14)."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNPROVEN = "unproven"


class Competence(StrEnum):
    """Who has to decide the matter (Nghị định 20/2008/NĐ-CP, Điều 9.1.d)."""

    OWN = "own"
    OTHER = "other"


class Audience(StrEnum):
    """Who may read an event; each audience includes the ones before it."""

    INTERNAL = "internal"
    CITIZEN = "citizen"
    PUBLIC = "public"


class Actor(StrEnum):
    """Who did something."""

    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"


class Case(SQLModel, table=True):
    """One feedback with its clock. version counts changes: two officers cannot overwrite.

    transferred_on is the day the newest transfer brought the case here; received_at stays the
    instant the person sent it, so that both clocks can be told. restricted: seen only by those
    named for denunciations. urgent: marked by staff as a matter of hours. rules: those of the
    clock on the day of receipt (ClockRules.kept), so that a setting changes no case that runs.
    """

    __tablename__ = "feedback_case"
    __table_args__ = (
        # what the lists of the office ask for, and enough to count without looking at a row
        sa.Index("ix_feedback_case_register", "unit_id", "state", "restricted", "due_on"),
        sa.Index("ix_feedback_case_department", "department_id", "state"),
        sa.Index("ix_feedback_case_owner", "owner_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    code: str = Field(max_length=20, unique=True)
    kind: Kind = one_of(Kind)
    state: State = one_of(State, default=State.RECEIVED)
    content: str
    search_text: str
    place: str = Field(default="", max_length=300)
    procedure_code: str = Field(default="", max_length=30)
    channel: str = Field(max_length=20)
    chat_id: int | None = Field(default=None, foreign_key="chat.id", index=True)
    citizen_id: int = Field(foreign_key="citizen.id", index=True)
    received_at: datetime = instant(index=True)
    due_on: date
    index_due_on: date | None = None  # without an extension, which the index does not know
    paused_on: date | None = None  # since when the clock waits
    policy: str = Field(max_length=60)
    calendar_version: int
    version: int = 1
    department_id: int | None = Field(default=None, foreign_key="department.id")
    owner_id: int | None = Field(default=None, foreign_key="staff.id")
    leader_id: int | None = Field(default=None, foreign_key="staff.id")
    product: str = Field(default="", max_length=200, sa_column_kwargs=EMPTY)
    field: str = Field(default="", max_length=120, sa_column_kwargs=EMPTY)
    competence: Competence | None = one_of(Competence, default=None, nullable=True)
    authority: str = Field(default="", max_length=200, sa_column_kwargs=EMPTY)
    verdict: Verdict | None = one_of(Verdict, default=None, nullable=True)
    external_code: str = Field(default="", max_length=60, sa_column_kwargs=EMPTY)
    transferred_on: date | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="feedback_case.id")
    split_from_id: int | None = Field(default=None, foreign_key="feedback_case.id")
    restricted: bool = Field(default=False, sa_column_kwargs=NO)
    urgent: bool = Field(default=False, sa_column_kwargs=NO)
    rules: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON, nullable=True)


class CaseEvent(SQLModel, table=True):
    """What happened to a case, in order; never changed afterwards."""

    __tablename__ = "case_event"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="feedback_case.id", index=True)
    number: int
    name: str = Field(max_length=40)
    at: datetime = instant()
    actor: Actor = one_of(Actor)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    audience: Audience = one_of(Audience)
    note: str = ""
    data: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)


class Answer(SQLModel, table=True):
    """The reply of the office to the citizen."""

    __tablename__ = "answer"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="feedback_case.id", unique=True)
    staff_id: int = Field(foreign_key="staff.id")
    text: str
    answered_at: datetime = instant(index=True)
    answered_on: date


class AnswerDraft(SQLModel, table=True):
    """An answer that waits for a leader's approval; at most one a case."""

    __tablename__ = "answer_draft"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="feedback_case.id", unique=True)
    staff_id: int = Field(foreign_key="staff.id")
    text: str
    drafted_at: datetime = instant()


class Follower(SQLModel, table=True):
    """Somebody else with the same matter, who is told what the sender is told."""

    __tablename__ = "follower"
    __table_args__ = (sa.UniqueConstraint("case_id", "chat_id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="feedback_case.id", index=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    citizen_id: int = Field(foreign_key="citizen.id")
    since: datetime = instant()


class Rating(SQLModel, table=True):
    """Whether the sender was content with an answer; said once."""

    __tablename__ = "rating"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="feedback_case.id", unique=True)
    satisfied: bool
    at: datetime = instant()


class Publication(SQLModel, table=True):
    """What everyone may read of a case; passed through the redaction gate before it is kept."""

    __tablename__ = "publication"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="feedback_case.id", unique=True)
    staff_id: int = Field(foreign_key="staff.id")
    title: str = Field(max_length=200)
    content: str
    answer: str
    search_text: str
    published_at: datetime = instant(index=True)
