"""Errors as pages for people and as JSON for programs."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.errors import PeopleError, SignedOutError
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


def install(app: FastAPI, site: Site) -> None:
    """Let the app show every error with its sentence and what to do next."""

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
        fields = ", ".join(str(detail["loc"][-1]) for detail in error.errors())
        return shown(request, 422, f"Có ô chưa đúng dạng: {fields}.", "Bạn kiểm tra lại các ô.")

    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("unexpected error", path=request.url.path, error=type(error).__name__)
        response = shown(request, 500, "Hệ thống gặp trục trặc, chúng tôi đã ghi lại.", _ANY[1])
        response.headers.update(SECURITY_HEADERS)  # this answer passes no guard on its way out
        return response

    def shown(request: Request, status: int, sentence: str, next_step: str) -> Response:
        if _wants_json(request):
            body = {"error": sentence, "next_step": next_step}
            return JSONResponse(body, status_code=status)
        return render(
            request,
            site,
            "error.html",
            http_status=status,
            status=status,
            sentence=sentence,
            next_step=next_step,
            back="/can-bo" if request.url.path.startswith("/can-bo") else "/",
        )

    app.add_exception_handler(PeopleError, people_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unexpected)


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/telegram/"))
