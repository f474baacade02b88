"""Reads the parameters of a Bot API request, which come as text or as JSON."""

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from .telegram_shapes import Json, Upload, bad


async def read_params(request: Request) -> Json:
    """Query, then JSON, form or multipart body, in one object; files become ``Upload``."""
    params: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        params |= _json_body(await request.body())
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form() as form:
            for name, value in form.multi_items():
                params[name] = await _upload(value) if isinstance(value, UploadFile) else value
    return params


def _json_body(raw: bytes) -> Json:
    try:
        body = json.loads(raw or b"{}")
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad("can't parse JSON object")
    return body


async def _upload(part: UploadFile) -> Upload:
    mime_type = part.content_type or "application/octet-stream"
    return Upload(part.filename or "file", await part.read(), mime_type)


def structure(params: Json, name: str) -> Any:
    """An object or a list, given as such or as JSON text; None when absent."""
    value = params.get(name)
    if not isinstance(value, str) or not value:
        return value or None
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None


def integer(params: Json, name: str, default: int) -> int:
    """A whole number; the default when absent or not a number, as Telegram does."""
    try:
        return int(params.get(name, default))
    except (TypeError, ValueError):
        return default


def flag(params: Json, name: str) -> bool:
    """True for ``true``, ``True``, ``1`` and ``yes`` in any case."""
    return str(params.get(name, "")).lower() in {"true", "1", "yes"}


def degrees(params: Json, name: str, limit: float) -> float:
    """A coordinate between minus and plus ``limit``."""
    try:
        value = float(params[name])
    except (KeyError, TypeError, ValueError):
        raise bad(f"{name} is empty") from None
    if not -limit <= value <= limit:
        raise bad(f"wrong {name} specified")
    return value
