"""The front page, the privacy page, the accent colour and the files anyone may fetch."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.cases import lookup, statistics
from api.clock import local_date
from api.people.consent import consent_text
from api.public.views import card_view, model_view
from api.ward import cards, seed
from api.ward.answers import today_words
from api.ward.desk import WardDesk
from api.web.pages import environment, render, ward
from api.web.site import Here

router = APIRouter(include_in_schema=False)

_RECENT = 4
_POPULAR = (
    "1.001193",
    "1.004194",
    "2.000815",
    "1.004873",
    "1.000894",
    "1.001612",
)


@router.get("/")
def front(request: Request, here: Here) -> HTMLResponse:
    """Show figures, the newest results and what is asked most."""
    unit = here.office.unit_id
    with here.database.reading() as session:
        numbers = statistics.figures(session, unit, local_date(here.clock()))
        newest = lookup.results(session, unit, "", None, 1)
        recent = [card_view(*row) for row in newest.rows[:_RECENT]]
        catalogue = here.catalogue.clerk(session).catalogue
        desk = WardDesk(session, unit, here.settings, here.clock())
        own, today = desk.card, today_words(desk.ward)
    popular = [catalogue.by_code[code] for code in _POPULAR if code in catalogue.by_code]
    return render(
        request,
        here,
        "public/front.html",
        numbers=numbers,
        recent=recent,
        popular=popular,
        today=today,
        models=[model_view(model) for model in own.models],
        home=own.home,
    )


@router.get("/quyen-rieng-tu")
def privacy(request: Request, here: Here) -> HTMLResponse:
    """Say what is kept, why and for how long."""
    days = here.settings.draft_days
    with here.database.reading() as session:
        phone = cards.contact(session, here.office).phone
    retention = [
        {"what": "Bản nháp phản ánh đang viết dở", "how_long": f"{days} ngày kể từ tin nhắn cuối"},
        {
            "what": "Câu hỏi chưa trả lời được, đã che thông tin cá nhân, không kèm người hỏi",
            "how_long": f"{here.settings.question_days} ngày",
        },
        {"what": "Hồ sơ phản ánh, kiến nghị", "how_long": "theo quy định về lưu trữ hồ sơ"},
        {"what": "Thông tin liên hệ được nhớ", "how_long": "đến khi bạn yêu cầu xóa"},
    ]
    return render(
        request,
        here,
        "public/privacy.html",
        consent_text=consent_text(here.office.name, phone),
        retention=retention,
    )


@router.get("/giao-dien.css")
def theme(here: Here) -> Response:
    """Give the accent colour of the office as a style sheet."""
    css = (
        environment()
        .get_template("theme.css")
        .render(ward=ward(here.settings, seed.seed(here.settings)))
    )
    return Response(css, media_type="text/css", headers={"Cache-Control": "max-age=300"})
