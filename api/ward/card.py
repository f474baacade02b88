"""The values of the ward's card. Pure; kept as JSON, one whole card a version."""

from datetime import time

from pydantic import BaseModel, ConfigDict

DAYS = 7


class Value(BaseModel):
    """A part of the card; two with the same content are equal."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Span(Value):
    """From when to when people are received, in local time."""

    opens: time
    closes: time


class HomeService(Value):
    """Dịch vụ tại nhà: for whom, how it goes, whom to call; empty where there is none."""

    who: str = ""
    how: str = ""
    phone: str = ""

    @property
    def offered(self) -> bool:
        """Whether the ward serves people at home."""
        return bool(self.who or self.how)


class ServiceModel(Value):
    """A promise of the ward with a name of its own ("Ngày thứ Ba không hẹn").

    days are 0 (Monday) to 6; none means every working day.
    """

    title: str
    days: tuple[int, ...] = ()
    explanation: str = ""


class ProcedureLink(Value):
    """What the ward adds to a procedure: a page (https) under a label, a note, or both."""

    code: str
    label: str = ""
    url: str = ""
    note: str = ""


class ShortAnswer(Value):
    """A question that the ward answers itself, with the ways people ask it."""

    title: str
    asks: tuple[str, ...]
    text: str


class WardCard(Value):
    """All that the ward says of itself.

    hours_line is what people read; week gives for Monday to Sunday when people are received, and
    is empty where only the line is known.
    """

    address: str = ""
    hotline: str = ""
    email: str = ""
    hours_line: str = ""
    week: tuple[tuple[Span, ...], ...] = ()
    home: HomeService = HomeService()
    models: tuple[ServiceModel, ...] = ()
    links: tuple[ProcedureLink, ...] = ()
    answers: tuple[ShortAnswer, ...] = ()

    def links_of(self, code: str) -> tuple[ProcedureLink, ...]:
        """Return what the ward adds to a procedure."""
        return tuple(link for link in self.links if link.code == code)


PARTS = {
    "address": "địa chỉ",
    "hotline": "điện thoại",
    "email": "thư điện tử",
    "hours_line": "dòng giờ làm việc",
    "week": "giờ từng ngày",
    "home": "phục vụ tại nhà",
    "models": "mô hình phục vụ",
    "links": "ghi chú thủ tục",
    "answers": "hỏi đáp riêng",
}
"""The parts of the card as the history names them."""


def changed_parts(before: WardCard, after: WardCard) -> list[str]:
    """Return the names of the parts in which two cards differ."""
    return [words for name, words in PARTS.items() if getattr(before, name) != getattr(after, name)]
