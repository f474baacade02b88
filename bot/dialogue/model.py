"""The values a conversation is made of: drafts, inputs, replies, effects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from api.cases.handoff_models import Matter
from api.cases.intake import Feedback
from api.cases.models import Kind, State
from api.cases.similar import Lookalike
from api.learning.models import Outcome
from knowledge.answer import Answer
from knowledge.aspects import Aspect
from knowledge.clerk import Finding
from knowledge.triage import Triage

LONGEST_MESSAGE = 5_000  # characters of one message that are read


class Step(StrEnum):
    """What the conversation waits for; IDLE waits for anything."""

    IDLE = "idle"
    CONTENT = "content"
    KIND = "kind"
    PLACE = "place"
    FILES = "files"
    CONSENT = "consent"
    REUSE = "reuse"
    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    REMEMBER = "remember"
    CONFIRM = "confirm"
    CODE = "code"
    SUPPLY = "supply"
    REOPEN = "reopen"
    HANDED = "handed"
    PROVE = "prove"


class Draft(BaseModel):
    """What is kept of a conversation between two messages; kept as JSON with the chat."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    step: Step = Step.IDLE
    content: str = ""
    kind: Kind | None = None
    place: str = ""
    files: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""
    address: str = ""
    consented: bool = False
    reuse: bool | None = None  # whether the remembered contact serves; None until asked
    remember: bool = False
    topic: str = ""  # code of the procedure that was answered last
    answered: str = ""  # the question of that answer, until something else is said of it
    pending: str = ""  # the last question, to be passed on to an officer or added to a case
    options: tuple[tuple[str, str], ...] = ()  # the buttons offered last: label, action
    parked: Step | None = None  # where the form waits while something else is asked
    about: str = ""  # code of the case that the next words are for
    supplied: tuple[str, ...] = ()  # files that go with those words
    lookalikes: tuple[str, ...] = ()  # codes of the cases shown before sending
    editing: bool = False  # whether the next content replaces the old one

    @property
    def is_writing(self) -> bool:
        """Whether a feedback is being written."""
        return bool(self.content or self.files or self.parked) or self.step in _WRITING

    @property
    def unparked(self) -> "Draft":
        """The draft back at the question where the form was left."""
        return self.model_copy(update={"step": self.parked or self.step, "parked": None})


_WRITING = frozenset(Step) - {
    *(Step.IDLE, Step.CODE, Step.SUPPLY, Step.REOPEN, Step.HANDED, Step.PROVE)
}


@dataclass(frozen=True)
class Input:
    """One message of a person: words, a pressed button, or files that were kept (tokens)."""

    text: str = ""
    action: str = ""
    files: tuple[str, ...] = ()
    refused: str = ""  # why a file was not taken, as a sentence


@dataclass(frozen=True)
class Reply:
    """One message to the person; buttons are (label, action).

    asks_phone: a channel whose people can share their number by one press may offer that.
    """

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    asks_phone: bool = False


@dataclass(frozen=True)
class OpenCase:
    """Effect: open a case; the notice with code and due date follows from it."""

    feedback: Feedback


@dataclass(frozen=True)
class AddNote:
    """Effect: add the person's words to their case."""

    code: str
    text: str


@dataclass(frozen=True)
class Withdraw:
    """Effect: end the person's case because they ask for it."""

    code: str


@dataclass(frozen=True)
class Supply:
    """Effect: give what was asked for; files are tokens of this conversation."""

    code: str
    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reopen:
    """Effect: take the person's case into work again."""

    code: str
    reason: str


@dataclass(frozen=True)
class Rate:
    """Effect: keep whether the person was content with the answer."""

    code: str
    satisfied: bool


@dataclass(frozen=True)
class Prove:
    """Effect: tell what the sender may know, where the figures end the phone of the case."""

    code: str
    figures: str


@dataclass(frozen=True)
class JoinCase:
    """Effect: let the feedback join an open case instead of opening another one."""

    code: str
    feedback: Feedback


@dataclass(frozen=True)
class HandOff:
    """Effect: note that the person was told where a matter belongs; words only if they asked."""

    matter: Matter
    words: str = ""


@dataclass(frozen=True)
class KeepQuestion:
    """Effect: keep a question that was not answered well, with the code proposed first."""

    text: str
    outcome: Outcome
    proposed: str = ""


@dataclass(frozen=True)
class CountAnswer:
    """Effect: count an answer given for a procedure; its words are not kept."""

    code: str


@dataclass(frozen=True)
class ChooseProcedure:
    """Effect: note which procedure the person picked for a question that was kept."""

    text: str
    code: str


@dataclass(frozen=True)
class PassOn:
    """Effect: note that a question goes on to an officer."""

    text: str


OwnCaseEffect = AddNote | Withdraw | Supply | Reopen | Rate
Learnt = KeepQuestion | CountAnswer | ChooseProcedure | PassOn
Effect = OpenCase | JoinCase | HandOff | Prove | OwnCaseEffect | Learnt


@dataclass(frozen=True)
class Turn:
    """What one message leads to."""

    draft: Draft
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True)
class Ward:
    """What the assistant says of the office it works for."""

    name: str
    address: str
    phone: str
    hours: str
    url: str
    code_example: str


@dataclass(frozen=True)
class Person:
    """Contact that a person agreed to have remembered."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True)
class CaseStatus:
    """What may be said of a case to whoever has its code."""

    code: str
    kind: Kind
    state: State
    received_at: datetime
    due_on: date
    own: bool = False
    known: bool = False  # sent or joined by this person, though another case may stand for it
    merged_into: str = ""  # code of the case that stands for it
    moves: frozenset[str] = frozenset()  # what the sender may do now
    asked: str = ""  # what the office wants to know
    where: str = ""  # the agency that has it
    may_rate: bool = False


@dataclass(frozen=True)
class Headline:
    """A public result in one line."""

    code: str
    title: str


@dataclass(frozen=True)
class Limits:
    """Figures that the sentences name."""

    files: int = 10
    question_days: int = 5


class Desk(Protocol):
    """What the conversation may look up; it changes nothing."""

    @property
    def ward(self) -> Ward: ...
    @property
    def limits(self) -> Limits: ...
    def ask(self, text: str) -> Finding: ...
    def triage(self, text: str) -> Triage: ...
    def about_ward(self, text: str) -> str: ...
    def ward_notes(self, code: str) -> Sequence[str]: ...
    def aspects_of(self, text: str) -> tuple[Aspect, ...]: ...
    def card(self, code: str, asked: Sequence[Aspect] = ()) -> Answer | None: ...
    def status(self, code: str) -> CaseStatus | None: ...
    def own_cases(self) -> Sequence[CaseStatus]: ...
    def remembered(self) -> Person | None: ...
    def headlines(self) -> Sequence[Headline]: ...
    def similar(self, kind: Kind, content: str, place: str) -> Sequence[Lookalike]: ...
