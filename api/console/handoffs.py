"""Records of complaints, denunciations and emergencies that were told where they belong."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.cases import handoffs
from api.cases.handoff_models import Handoff, Matter
from api.cases.wording import CHANNEL_LABELS
from api.console.session import Me
from api.errors import ForbiddenError
from api.web.pages import render
from api.web.site import Here, RowId

router = APIRouter(include_in_schema=False)

MATTER_LABELS = {
    Matter.COMPLAINT: "Khiếu nại",
    Matter.DENUNCIATION: "Tố cáo",
    Matter.EMERGENCY: "Khẩn cấp",
}


@router.get("/can-bo/huong-dan")
def listed(request: Request, here: Here, me: Me) -> HTMLResponse:
    """List the records a member may read, without their words."""
    if not handoffs.may_read_any(me):
        raise ForbiddenError("Mục này chỉ dành cho người được giao.", "Anh/chị liên hệ lãnh đạo.")
    with here.database.reading() as session:
        rows = [_row(one) for one in handoffs.visible_to(session, me)]
    return render(request, here, "console/handoffs.html", section="ho-so", staff=me, rows=rows)


@router.get("/can-bo/huong-dan/{number}")
def one(request: Request, here: Here, me: Me, number: RowId) -> HTMLResponse:
    """Show one record; that this member read it is written down."""
    with here.database.writing() as session:
        found = handoffs.open_one(session, me, number, here.clock())
        shown = {**_row(found), "words": found.words}
    return render(request, here, "console/handoff.html", section="ho-so", staff=me, row=shown)


def _row(kept: Handoff) -> dict[str, Any]:
    return {
        "id": kept.id,
        "matter": MATTER_LABELS[kept.matter],
        "channel": CHANNEL_LABELS.get(kept.channel, kept.channel),
        "at": kept.at,
        "has_words": bool(kept.words),
    }
