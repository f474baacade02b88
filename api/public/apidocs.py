"""The page that explains the JSON API; everything it needs is served from here."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.web.pages import render
from api.web.site import Here

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request, here: Here) -> HTMLResponse:
    """Show the OpenAPI description with forms to try it."""
    return render(request, here, "public/docs.html")
