"""The ward's own card: staff edit it part by part, see who changed what, and go back."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlmodel import Session

from api.console.session import Me
from api.console.ward_form import NEW, NOTHING, Sent, Typed
from api.errors import PeopleError
from api.people.models import Staff
from api.public.contact import DAY_NAMES
from api.ward import cards, entries
from api.ward.answers import clock_words, model_days
from api.ward.card import WardCard
from api.ward.cards import Edit
from api.web.pages import render
from api.web.site import Here, Site

router = APIRouter(include_in_schema=False)

_HERE = "/can-bo/phuong"
Field = Annotated[str, Form(max_length=5_000)]
Seen = Annotated[int, Form(ge=0, le=2**31 - 2)]
Place = Annotated[int, Form(ge=NEW, le=entries.MOST)]
Number = Annotated[int, Path(ge=0, le=2**31 - 2)]


@router.get(_HERE)
def ward(request: Request, here: Here, me: Me, saved: bool = False) -> HTMLResponse:
    """Show the card with a form for each part, and its history."""
    return _page(request, here, me, saved=saved)


@router.post(f"{_HERE}/lien-he")
def contact(
    request: Request,
    here: Here,
    me: Me,
    typed: Sent,
    seen: Seen,
    address: Field = "",
    hotline: Field = "",
    email: Field = "",
) -> Response:
    """Set address, telephone and e-mail."""
    return _save(
        request,
        here,
        me,
        typed,
        seen,
        lambda card: _with(card, **entries.contact(address, hotline, email)),
    )


@router.post(f"{_HERE}/gio")
def hours(
    request: Request,
    here: Here,
    me: Me,
    typed: Sent,
    seen: Seen,
    hours_line: Field = "",
) -> Response:
    """Set the line that people read and the hours of each day."""

    def change(card: WardCard) -> WardCard:
        said = entries.line(hours_line, "Dòng giờ làm việc", needed=True)
        return _with(card, hours_line=said, week=entries.week(typed.spans))

    return _save(request, here, me, typed, seen, change)


@router.post(f"{_HERE}/tai-nha")
def home(
    request: Request,
    here: Here,
    me: Me,
    typed: Sent,
    seen: Seen,
    who: Field = "",
    how: Field = "",
    phone: Field = "",
) -> Response:
    """Set the home service."""
    return _save(
        request, here, me, typed, seen, lambda card: _with(card, home=entries.home(who, how, phone))
    )


@router.post(f"{_HERE}/mo-hinh")
def model(
    request: Request,
    here: Here,
    me: Me,
    typed: Sent,
    seen: Seen,
    at: Place = NEW,
    remove: bool = Form(default=False),
    title: Field = "",
    days: Annotated[list[int], Form()] = [],  # noqa: B006  # read only
    explanation: Field = "",
) -> Response:
    """Add, change or take away a service model."""

    def change(card: WardCard) -> WardCard:
        entry = None if remove else entries.model(title, days, explanation)
        return _with(card, models=_listed(card.models, at, entry))

    return _save(request, here, me, typed, seen, change)


@router.post(f"{_HERE}/ghi-chu")
def link(
    request: Request,
    here: Here,
    me: Me,
    typed: Sent,
    seen: Seen,
    at: Place = NEW,
    remove: bool = Form(default=False),
    code: Field = "",
    label: Field = "",
    url: Field = "",
    note: Field = "",
) -> Response:
    """Add, change or take away what the ward adds to a procedure."""

    def change(card: WardCard) -> WardCard:
        entry = None if remove else entries.link(code, label, url, note)
        if entry:
            _refuse_unknown(here, entry.code)
        return _with(card, links=_listed(card.links, at, entry))

    return _save(request, here, me, typed, seen, change)


@router.post(f"{_HERE}/hoi-dap")
def short_answer(
    request: Request,
    here: Here,
    me: Me,
    typed: Sent,
    seen: Seen,
    at: Place = NEW,
    remove: bool = Form(default=False),
    title: Field = "",
    asks: Field = "",
    text: Field = "",
) -> Response:
    """Add, change or take away a question that the ward answers itself."""

    def change(card: WardCard) -> WardCard:
        entry = None if remove else entries.short_answer(title, asks, text)
        return _with(card, answers=_listed(card.answers, at, entry))

    return _save(request, here, me, typed, seen, change)


@router.post(f"{_HERE}/ban/{{number}}/khoi-phuc")
def restore(request: Request, here: Here, me: Me, number: Number, seen: Seen) -> Response:
    """Bring a former version back."""
    unit = here.office.unit_id

    def bring_back(session: Session) -> None:
        cards.restore(session, unit, here.settings, number, Edit(me, here.clock(), seen))

    return _done(request, here, me, bring_back)


def _save(  # a change has this many parts
    request: Request,
    here: Site,
    me: Staff,
    typed: Typed,
    seen: int,
    change: Callable[[WardCard], WardCard],
) -> Response:
    """Put a changed card into use."""
    unit = here.office.unit_id

    def save(session: Session) -> None:
        card = change(cards.current(session, unit, here.settings))
        cards.save(session, unit, card, Edit(me, here.clock(), seen))

    return _done(request, here, me, save, typed)


def _done(
    request: Request,
    here: Site,
    me: Staff,
    deed: Callable[[Session], None],
    typed: Typed = NOTHING,
) -> Response:
    """Do something to the card; what is refused is said on the page, with what was typed."""
    try:
        with here.database.writing() as session:
            deed(session)
    except PeopleError as error:
        return _page(request, here, me, error=error, typed=typed)
    return RedirectResponse(f"{_HERE}?saved=true", status_code=303)


def _with(card: WardCard, **parts: Any) -> WardCard:
    return card.model_copy(update=parts)


def _listed(rows: Sequence[Any], at: int, entry: Any | None) -> tuple[Any, ...]:
    """Return a list with one entry added (at NEW), replaced or (where it is None) taken away.

    Raises PeopleError where the place is gone or the list is full.
    """
    if at >= len(rows):
        raise PeopleError("Mục này không còn nữa.", "Anh/chị tải lại trang.")
    if at == NEW and len(rows) >= entries.MOST:
        raise PeopleError(f"Danh sách đã đủ {entries.MOST} mục.", "Anh/chị bỏ bớt mục cũ.")
    added = () if entry is None else (entry,)
    return (*rows, *added) if at == NEW else (*rows[:at], *added, *rows[at + 1 :])


def _refuse_unknown(here: Site, code: str) -> None:
    with here.database.reading() as session:
        known = here.catalogue.clerk(session).catalogue.by_code
    if code not in known:
        raise PeopleError(
            f"Danh mục đang dùng không có thủ tục mã {code[:40]}.",
            "Anh/chị xem lại mã trong danh mục.",
        )


def _page(
    request: Request,
    here: Site,
    me: Staff,
    *,
    error: PeopleError | None = None,
    typed: Typed = NOTHING,
    saved: bool = False,
) -> HTMLResponse:
    unit = here.office.unit_id
    with here.database.reading() as session:
        number, card = cards.numbered(session, unit, here.settings)
        history = cards.history(session, unit, here.settings)
        names = here.catalogue.clerk(session).catalogue.by_code
    return render(
        request,
        here,
        "console/ward.html",
        section="phuong",
        staff=me,
        http_status=error.status if error else 200,
        error=f"{error.sentence} {error.next_step}" if error else "",
        saved=saved,
        number=number,
        card=card,
        typed=typed.into,
        week=_week(typed.spans if typed.into("gio") else _spans(card)),
        day_names=DAY_NAMES,
        days_of=model_days,
        names={
            code: names[code].name for code in {link.code for link in card.links} if code in names
        },
        history=history,
    )


def _spans(card: WardCard) -> list[list[tuple[str, str]]]:
    """Return the spans of the seven days as they are typed."""
    return [
        [
            (clock_words(span.opens), clock_words(span.closes))
            for span in (card.week[day] if card.week else ())
        ]
        for day in range(len(DAY_NAMES))
    ]


def _week(days: Sequence[Sequence[tuple[str, str]]]) -> list[dict[str, Any]]:
    """Return the seven days with two spans each as the form shows them."""
    return [
        {"name": name, "spans": [*spans, ("", ""), ("", "")][:2]}
        for name, spans in zip(DAY_NAMES, days, strict=True)
    ]
