"""A shared screen: when its visitor is done, nothing of the visit is left in the browser."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.web.site import Here
from bot.webchat import transcript
from bot.webchat.mode import PATH, Mode, Visiting
from bot.webchat.routes import key_of

router = APIRouter(include_in_schema=False)


@router.api_route(f"{PATH}/ket-thuc", methods=["GET", "POST"])
def end(request: Request, here: Here, visit: Visiting) -> Response:
    """Let a shared screen forget its visitor; elsewhere nothing is forgotten."""
    response = RedirectResponse(visit.address(), status_code=303)
    if visit.mode is Mode.KIOSK:
        transcript.drop_draft(here, key_of(request.cookies.get(visit.cookie, "")))
        visit.forget(response)
    return response
