"""The console page on which the administrator links the Official Account."""

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.console.session import Who
from api.errors import ForbiddenError, PeopleError
from api.outbox import queue
from api.people.models import Role, Staff
from api.web.pages import render
from api.web.site import Here, Site
from bot.zalo_oa import oauth, tokens, webhook
from bot.zalo_oa.errors import UnreachableError, ZaloError

log = structlog.get_logger(__name__)


def add_to(routes: APIRouter) -> None:
    """Add the page and the address to which Zalo sends the administrator back."""

    @routes.get(oauth.PAGE)
    def page(request: Request, here: Here, who: Who) -> HTMLResponse:
        member, held = who
        _must_be_admin(member)
        consent = oauth.consent_url(here.settings, held.id or 0, here.clock())
        known = {"consent_url": consent, **_facts(here)}
        return render(
            request, here, "console/zalo_oa.html", section="gui-nhan", staff=member, **known
        )

    @routes.get(oauth.CALLBACK)
    def callback(  # an address has this many parts
        here: Here,
        who: Who,
        code: Annotated[str, Query(max_length=2000)] = "",
        oa_id: Annotated[str, Query(max_length=100)] = "",
        state: Annotated[str, Query(max_length=100)] = "",
    ) -> Response:
        member, held = who
        _must_be_admin(member)
        if not code or not oauth.is_ours(here.settings, state, held.id or 0, here.clock()):
            raise PeopleError(
                "Lần cấp quyền này đã quá 10 phút hoặc không bắt đầu từ trang liên kết.",
                "Anh/chị mở lại trang Zalo OA và bấm “Liên kết” lần nữa.",
            )
        pair = _exchanged(here, code)
        with here.database.writing() as session:
            tokens.link(session, pair, oa_id, member.id, here.clock())
            queue.resume(session, tokens.CHANNEL, here.clock())
        log.info("zalo oa linked", staff=member.id, account=oa_id)
        return RedirectResponse(oauth.PAGE, status_code=303)


def _must_be_admin(member: Staff) -> None:
    if member.role is not Role.ADMIN:
        raise ForbiddenError("Chỉ quản trị được liên kết Zalo OA.", "Anh/chị nhờ quản trị.")


def _exchanged(here: Site, code: str) -> oauth.Pair:
    try:
        return oauth.exchange(here.settings, code)
    except ZaloError as error:
        raise PeopleError(
            f"Zalo từ chối cấp quyền. {error}.",
            "Anh/chị kiểm tra Callback URL và Code Challenge ở trang ứng dụng Zalo, rồi thử lại.",
        ) from error
    except UnreachableError as error:
        raise PeopleError("Chưa kết nối được Zalo.", "Anh/chị thử lại sau ít phút.") from error


def _facts(here: Site) -> dict[str, Any]:
    settings = here.settings
    with here.database.reading() as session:
        row = tokens.linked(session)
        by = session.get(Staff, row.staff_id) if row and row.staff_id else None
        return {
            "linked": row is not None,
            "refused": bool(row and row.refused_at),
            "account": row.account if row else "",
            "linked_at": row.linked_at if row else None,
            "linked_by": by.name if by else "",
            "expires_at": row.expires_at if row else None,
            "callback_url": f"{settings.public_url}{oauth.CALLBACK}",
            "webhook_url": f"{settings.public_url}{webhook.PATH}",
            "code_challenge": oauth.challenge(settings),
            "receives": bool(settings.zalo_oa_secret.get_secret_value()),
        }
