"""An administrative procedure, with the fields of the national database of procedures.

Every field that the published record leaves open stays None or empty: an answer then says
"chưa công bố" and never guesses.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

CODE_PATTERN = r"^\d{1,2}\.\d{3}\.?\d{2,4}(?:\.[A-Z0-9.]+)?$"


class Facts(BaseModel):
    """Base of every published fact: frozen, and strict about unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class How(StrEnum):
    """Hình thức nộp: DIRECT, ONLINE, POSTAL of the national database."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"
    OTHER = "other"


class TimeUnit(StrEnum):
    """Đơn vị của thời hạn giải quyết; UNSTATED where the record gives a bare number."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"
    UNSTATED = "unstated"


class Duration(Facts):
    """Thời hạn giải quyết: a number of units, and words where the record has more to say."""

    value: int = Field(ge=0, le=3650)
    unit: TimeUnit = TimeUnit.UNSTATED
    words: str = ""


class Fee(Facts):
    """Phí, lệ phí. amount is in đồng; without one, words say what is known about it."""

    name: str = "Phí, lệ phí"
    amount: int | None = Field(default=None, gt=0)
    words: str = ""


class Submission(Facts):
    """Cách thức thực hiện: one way to file, with its time and fees."""

    how: How
    time: Duration | None = None
    fees: tuple[Fee, ...] = ()
    note: str = ""


class Document(Facts):
    """Thành phần hồ sơ: one paper, with the number of originals and copies if stated."""

    name: str
    originals: int | None = Field(default=None, ge=0, le=50)
    copies: int | None = Field(default=None, ge=0, le=50)
    forms: tuple[str, ...] = ()
    present_only: bool = False


class DocumentCase(Facts):
    """Trường hợp: the papers needed in one case; an empty name means always."""

    name: str = ""
    documents: tuple[Document, ...] = ()


class LegalBasis(Facts):
    """Căn cứ pháp lý: number and short title."""

    code: str
    title: str = ""


class Procedure(Facts):
    """Thủ tục hành chính as published. The code is text: its zeros count."""

    code: str = Field(pattern=CODE_PATTERN)
    name: str = Field(min_length=3)
    field: str = ""
    promulgator: str = ""
    agency: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    subjects: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    submissions: tuple[Submission, ...] = ()
    cases: tuple[DocumentCase, ...] = ()
    results: tuple[str, ...] = ()
    requirements: str = ""
    legal_basis: tuple[LegalBasis, ...] = ()
    url: str = ""
    updated: str = ""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All papers of all cases, in order."""
        return tuple(document for case in self.cases for document in case.documents)

    @property
    def is_list_entry(self) -> bool:
        """Whether only the name was published, as in the portal's list export."""
        return not (self.steps or self.submissions or self.cases or self.requirements)
