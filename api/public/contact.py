"""Where the ward is, when it is open, how it serves: its card as a page."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.public.views import model_view
from api.ward.answers import spans_words, today_words
from api.ward.card import WardCard
from api.ward.desk import WardDesk
from api.web.pages import render
from api.web.site import Here

router = APIRouter(include_in_schema=False)

DAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@router.get("/lien-he")
def contact(request: Request, here: Here) -> HTMLResponse:
    """Show the ward's card, and whether it is open today."""
    with here.database.reading() as session:
        desk = WardDesk(session, here.office.unit_id, here.settings, here.clock())
        card, today = desk.card, today_words(desk.ward)
    return render(
        request,
        here,
        "public/contact.html",
        section="lien-he",
        today=today,
        week=week_view(card),
        home=card.home,
        models=[model_view(model) for model in card.models],
        answers=card.answers,
    )


def week_view(card: WardCard) -> list[dict[str, Any]]:
    """Return the seven days with their hours in words, nothing where only the line is known."""
    return [
        {"day": name, "hours": spans_words(spans) or "Nghỉ"}
        for name, spans in zip(DAY_NAMES, card.week, strict=False)
    ]
