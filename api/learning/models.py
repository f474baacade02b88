"""Tables of the learning loop: questions kept, what staff said of them, the ward's own list."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from api.db import instant, one_of


class Outcome(StrEnum):
    """How a question that was kept ended."""

    NONE = "none"
    CLARIFY = "clarify"
    UNHELPFUL = "unhelpful"
    OFFICER = "officer"


class Verdict(StrEnum):
    """What staff said of a group of questions."""

    PROCEDURE = "procedure"
    OUTSIDE = "outside"
    ASIDE = "aside"


class Ruling(SQLModel, table=True):
    """Quyết định về một nhóm câu hỏi: who said what when; undoing is a second fact.

    One in force for a procedure or outside the catalogue is an alias: its words are taught.
    """

    __tablename__ = "ruling"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    verdict: Verdict = one_of(Verdict)
    text: str = Field(max_length=500)
    code: str = Field(default="", max_length=40)
    where_to: str = Field(default="", max_length=300)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    ruled_at: datetime = instant()
    undone_at: datetime | None = instant(default=None)
    undone_by_id: int | None = Field(default=None, foreign_key="staff.id")


class AskedQuestion(SQLModel, table=True):
    """One question that was not answered well, without contact data and without who asked."""

    __tablename__ = "asked_question"
    __table_args__ = (sa.Index("ix_asked_question_unit_id_folded", "unit_id", "folded"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    text: str = Field(max_length=500)
    folded: str = Field(max_length=500)
    outcome: Outcome = one_of(Outcome)
    proposed_code: str = Field(default="", max_length=40)
    chosen_code: str = Field(default="", max_length=40)
    passed_on_at: datetime | None = instant(default=None)
    channel: str = Field(max_length=20)
    release_id: int | None = Field(default=None, foreign_key="catalogue_release.id")
    asked_at: datetime = instant(index=True)
    ruling_id: int | None = Field(default=None, foreign_key="ruling.id", index=True)


class AnswerCount(SQLModel, table=True):
    """How often a procedure was given as the answer on a day; no words are kept."""

    __tablename__ = "answer_count"

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    on_date: date = Field(primary_key=True)
    code: str = Field(max_length=40, primary_key=True)
    times: int = 0


class CheckQuestion(SQLModel, table=True):
    """A question of the ward's own list with the code expected; none where it is outside."""

    __tablename__ = "check_question"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    text: str = Field(max_length=500)
    code: str = Field(default="", max_length=40)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    added_at: datetime = instant()
    removed_at: datetime | None = instant(default=None)
    removed_by_id: int | None = Field(default=None, foreign_key="staff.id")


class TeachingVersion(SQLModel, table=True):
    """A number that grows with every change of what is taught, so that all instances notice."""

    __tablename__ = "teaching_version"

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    version: int = 0
