"""The web application of the tracker: public pages, staff console, JSON API. No bot in it."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.staticfiles import StaticFiles
from starlette.types import Lifespan

from api import metrics, rest
from api.cases.sender_access import MOST_WRONG
from api.console import (
    account,
    calendar,
    case,
    case_answer,
    case_course,
    case_taking,
    cases,
    catalogue,
    check_questions,
    clock,
    delivery,
    handoffs,
    office_staff,
    questions,
    receipt,
    release,
    reminders,
    session,
    ward,
)
from api.public import apidocs, ask, contact, front, procedures, results, sender
from api.web import errors
from api.web.guards import BodyGuard, HeaderGuard, refuse_forged
from api.web.site import Here, Site
from api.web.throttle import GuessLimit, Throttle, address_of

_PUBLIC = (front, contact, ask, procedures, results, sender, apidocs)
_CONSOLE = (
    *(session, account, office_staff, cases, receipt, case, case_taking, case_answer, case_course),
    *(clock, reminders, handoffs, delivery, questions, check_questions, catalogue, release),
    *(calendar, ward),
)


def create_app(
    site: Site,
    lifespan: Lifespan[Any] | None = None,
    webhooks: tuple[str, ...] = (),
    channels: Sequence[APIRouter] = (),
) -> FastAPI:
    """Return the application of one installation.

    webhooks begin the paths that platforms call: all citizens of a platform come from there.
    channels are the routes of the conversation; they are called most and so are looked at first.
    """
    open_paths = ("/static/", "/healthz", *webhooks)
    throttle = Throttle(site.settings.address_per_minute)

    async def slow_down(request: Request, here: Here) -> None:
        if not request.url.path.startswith(open_paths):
            throttle.take(address_of(request), here.clock())

    app = FastAPI(
        title=f"Phản ánh, kiến nghị – {site.settings.ward_name}",
        description="Tình trạng xử lý, kết quả công khai và danh mục thủ tục hành chính.",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(refuse_forged), Depends(slow_down)],
    )
    app.state.site = site
    app.state.tries = Throttle(session.TRIES_PER_MINUTE)
    app.state.guesses = GuessLimit(MOST_WRONG)
    errors.install(app, site, lambda request: session.member_of(request, site))
    for router in (*channels, *(page.router for page in (*_PUBLIC, *_CONSOLE))):
        app.include_router(router)
    app.include_router(metrics.router)
    app.include_router(rest.router)
    app.mount("/static", StaticFiles(directory=str(files("api.web").joinpath("static"))), "static")
    app.add_middleware(BodyGuard, limit=site.settings.max_body_mb * 2**20)
    app.add_middleware(HeaderGuard, embed_origins=site.settings.embed_allowed)
    return app
