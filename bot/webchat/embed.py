"""The one script line by which a ward's portal gets a button that opens the chat."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.errors import NotFoundError
from api.web.pages import environment
from api.web.site import Here

router = APIRouter(include_in_schema=False)


@router.get("/nhung.js")
def script(here: Here) -> Response:
    """Give the script; where no portal is allowed there is none."""
    settings = here.settings
    if not settings.embed_allowed:
        raise NotFoundError("Chưa bật nhúng trò chuyện.", "Bạn đặt PAKN_EMBED_ORIGINS.")
    template = environment().get_template("chat/embed.js")
    code = template.render(ward=settings.ward_name, accent=settings.ward_accent)
    return Response(code, media_type="text/javascript", headers={"Cache-Control": "max-age=300"})
