"""The limits in force: dated data with a legal source for every kind and every step."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from api.cases.models import Kind


class Step(StrEnum):
    """What has a limit of its own."""

    ACKNOWLEDGE = "acknowledge"
    CLASSIFY = "classify"
    SUPPLEMENT = "supplement"
    FORWARD = "forward"
    ANSWER = "answer"
    PUBLISH = "publish"
    EXTENSION = "extension"  # by how much a leader may put the answer off
    PROGRESS = "progress"  # calendar days between two notes on a late case


STEP_LABELS = {
    Step.ACKNOWLEDGE: "Xác nhận đã nhận",
    Step.CLASSIFY: "Phân loại hoặc từ chối",
    Step.SUPPLEMENT: "Yêu cầu bổ sung",
    Step.FORWARD: "Chuyển cơ quan có thẩm quyền",
    Step.ANSWER: "Trả lời",
    Step.PUBLISH: "Công khai kết quả",
    Step.EXTENSION: "Gia hạn, nhiều nhất",
    Step.PROGRESS: "Báo tiến độ khi trễ, mỗi",
}


@dataclass(frozen=True)
class Limit:
    """Working days allowed, with the source. legal is the most that the law allows, if more."""

    days: int
    source: str
    legal: int | None = None


@dataclass(frozen=True)
class Policy:
    """The limits of one set of kinds, in force from a day."""

    name: str
    effective_from: date
    kinds: tuple[Kind, ...]
    limits: Mapping[Step, Limit]

    @property
    def answer(self) -> int:
        """Working days to answer."""
        return self.limits[Step.ANSWER].days

    @property
    def source(self) -> str:
        """Where the limit of the answer is written."""
        return self.limits[Step.ANSWER].source


@dataclass(frozen=True)
class UrgentClass:
    """A class of urgent matters with its limit in working hours."""

    name: str
    effective_from: date
    kinds: tuple[Kind, ...]
    hours: int
    source: str

    @property
    def limit(self) -> timedelta:
        """The office time allowed."""
        return timedelta(hours=self.hours)


@cache
def policies() -> tuple[Policy, ...]:
    """Return all policies, in the order of the file."""
    return tuple(_policy(row) for row in _file()["policy"])


@cache
def urgent_classes() -> tuple[UrgentClass, ...]:
    """Return the classes of urgent matters, in the order of the file."""
    return tuple(UrgentClass(**{**row, "kinds": _kinds(row)}) for row in _file()["urgent"])


def policy_for(kind: Kind, received: date) -> Policy:
    """Return the policy of a kind in force on the day of receipt.

    Raises LookupError where none was in force yet.
    """
    fitting = [p for p in policies() if kind in p.kinds and p.effective_from <= received]
    if not fitting:
        raise LookupError(f"no policy for {kind} on {received}")
    return max(fitting, key=lambda p: p.effective_from)


def kept_policy(name: str, kind: Kind, received: date) -> Policy:
    """Return the policy a case keeps, or that of its new kind on the same day of receipt.

    Raises LookupError where none was in force yet.
    """
    kept = next((p for p in policies() if p.name == name and kind in p.kinds), None)
    return kept or policy_for(kind, received)


def urgent_for(kind: Kind, received: date) -> UrgentClass | None:
    """Return the class of urgent matters for a kind on the day of receipt, if there is one."""
    fitting = [u for u in urgent_classes() if kind in u.kinds and u.effective_from <= received]
    return max(fitting, key=lambda u: u.effective_from, default=None)


def _policy(row: dict[str, Any]) -> Policy:
    limits = {Step(step): Limit(**limit) for step, limit in row["limits"].items()}
    return Policy(row["name"], row["effective_from"], _kinds(row), limits)


def _kinds(row: dict[str, Any]) -> tuple[Kind, ...]:
    return tuple(Kind(kind) for kind in row["kinds"])


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("api.cases").joinpath("policies.toml").read_text(encoding="utf-8"))
