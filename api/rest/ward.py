"""The ward's own card as JSON: where it is, when it is open, how it serves."""

from datetime import time
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, BeforeValidator, Field

from api.ward.answers import today_words
from api.ward.card import HomeService, ProcedureLink, ServiceModel, ShortAnswer
from api.ward.desk import WardDesk
from api.web.site import Here

router = APIRouter(tags=["Xã, phường"])


def _wall_time(value: time | str) -> str:
    return value if isinstance(value, str) else value.strftime("%H:%M")


WallTime = Annotated[str, BeforeValidator(_wall_time), Field(pattern=r"^\d{2}:\d{2}$")]


class Hours(BaseModel):
    """From when to when people are received, in local time: "07:30"."""

    opens: WallTime
    closes: WallTime


class WardFacts(BaseModel):
    """What the ward says of itself; week is Monday to Sunday, empty where it is not known."""

    name: str
    address: str
    hotline: str
    email: str
    hours_line: str
    today: str
    week: list[list[Hours]]
    home: HomeService
    models: list[ServiceModel]
    links: list[ProcedureLink]
    answers: list[ShortAnswer]


@router.get("/ward", summary="Thông tin xã, phường")
def ward(here: Here) -> WardFacts:
    """Địa chỉ, giờ làm việc, điện thoại, mô hình phục vụ, ghi chú cho thủ tục."""
    with here.database.reading() as session:
        desk = WardDesk(session, here.office.unit_id, here.settings, here.clock())
        card, today = desk.card, today_words(desk.ward)
    return WardFacts(name=here.settings.ward_name, today=today, **card.model_dump())
