"""Errors as pages for people and as JSON for programs."""

from collections.abc import Callable

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.errors import PeopleError, SignedOutError, for_staff
from api.people.models import Staff
from api.web.guards import SECURITY_HEADERS
from api.web.pages import render
from api.web.site import Site

log = structlog.get_logger(__name__)

_SENTENCES = {
    404: ("Không tìm thấy trang này.", "Bạn quay về trang chủ."),
    405: ("Trang này không nhận thao tác đó.", "Bạn quay lại trang trước."),
    413: ("Nội dung gửi lên quá lớn.", "Bạn gửi tệp nhỏ hơn."),
}
_ANY = ("Yêu cầu chưa thực hiện được.", "Bạn thử lại sau ít phút.")


def install(
    app: FastAPI, site: Site, member: Callable[[Request], Staff | None] = lambda _: None
) -> None:
    """Let the app show every error with its sentence and what to do next.

    member says who of the staff asks, so that they keep their navigation.
    """

    async def people_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, PeopleError)  # noqa: S101  # registered for this class
        to_login = request.method == "GET" and request.url.path != "/can-bo/dang-nhap"
        if isinstance(error, SignedOutError) and to_login and not _wants_json(request):
            return RedirectResponse("/can-bo/dang-nhap", status_code=303)
        return shown(request, error.status, error.sentence, error.next_step)

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101
        response = shown(request, error.status_code, *_SENTENCES.get(error.status_code, _ANY))
        response.headers.update(error.headers or {})
        return response

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        if any(detail["loc"][0] == "path" for detail in error.errors()):
            return shown(request, 404, *_SENTENCES[404])
        too_long = next((d for d in error.errors() if d["type"] == "string_too_long"), None)
        if too_long:
            most = too_long["ctx"]["max_length"]
            sentence = "Nội dung bạn viết dài quá."
            return shown(request, 422, sentence, f"Bạn rút còn {most} ký tự rồi gửi lại.")
        return shown(request, 422, *_wrong_shape(request, error))

    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("unexpected error", path=request.url.path, error=type(error).__name__)
        response = shown(request, 500, "Hệ thống gặp trục trặc, chúng tôi đã ghi lại.", _ANY[1])
        response.headers.update(SECURITY_HEADERS)  # this answer passes no guard on its way out
        return response

    def shown(request: Request, status: int, sentence: str, next_step: str) -> Response:
        if _wants_json(request):
            body = {"error": sentence, "next_step": next_step}
            return JSONResponse(body, status_code=status)
        of_staff = request.url.path.startswith("/can-bo")
        return render(
            request,
            site,
            "error.html",
            http_status=status,
            status=status,
            sentence=for_staff(sentence) if of_staff else sentence,
            next_step=for_staff(next_step) if of_staff else next_step,
            back="/can-bo" if of_staff else "/",
            staff=member(request) if of_staff and status < 500 else None,
        )

    app.add_exception_handler(PeopleError, people_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unexpected)


def _wrong_shape(request: Request, error: RequestValidationError) -> tuple[str, str]:
    """Say that a part of the address or a field is wrong; only programs know fields by name."""
    if _wants_json(request):
        fields = ", ".join(str(detail["loc"][-1]) for detail in error.errors())
        return f"Có ô chưa đúng dạng: {fields}.", "Bạn xem mô tả các ô tại /docs."
    if all(detail["loc"][0] == "query" for detail in error.errors()):
        return "Địa chỉ trang này có phần chưa đúng.", "Bạn mở lại trang từ mục chính ở đầu trang."
    return "Có ô chưa điền đúng.", "Bạn quay lại trang trước, kiểm tra các ô rồi gửi lại."


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/telegram/"))
