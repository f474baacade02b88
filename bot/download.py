"""Downloading what a platform points to: only from hosts that are its own, only so much."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

import httpx

from bot.channel import RetryLaterError, UndeliverableError


async def download(
    client: httpx.AsyncClient, url: str, hosts: Sequence[str], most_bytes: int
) -> bytes:
    """Return the bytes behind an address that a platform named.

    hosts are names or patterns such as "*.zdn.vn"; the address and every redirect must be https
    on one of them (an entry with its scheme, "http://127.0.0.1", allows that scheme). Raises
    UndeliverableError for what is not allowed, too large or gone, RetryLaterError for the rest.
    """
    for _ in range(4):
        if not _allowed(url, hosts):
            raise UndeliverableError("Tệp nằm ở địa chỉ không được phép tải.")
        try:
            async with client.stream("GET", url, follow_redirects=False) as answer:
                if answer.is_redirect:
                    url = str(answer.url.join(answer.headers.get("location", "")))
                    continue
                _check(answer)
                return await _body(answer, most_bytes)
        except httpx.HTTPError as error:
            raise RetryLaterError(f"Chưa tải được tệp: {type(error).__name__}") from error
    raise UndeliverableError("Tệp bị chuyển địa chỉ quá nhiều lần.")


def _allowed(url: str, hosts: Sequence[str]) -> bool:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for entry in hosts:
        scheme, _, pattern = entry.rpartition("://")
        if parts.scheme == (scheme or "https") and fnmatchcase(host, pattern.lower()):
            return True
    return False


def _check(answer: httpx.Response) -> None:
    if answer.status_code in {404, 410}:
        raise UndeliverableError("Tệp không còn ở nơi đã gửi.")
    if not answer.is_success:
        raise RetryLaterError(f"Chưa tải được tệp: mã {answer.status_code}")


async def _body(answer: httpx.Response, most_bytes: int) -> bytes:
    content = bytearray()
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > most_bytes:
            raise UndeliverableError(f"Tệp lớn hơn {most_bytes // 2**20} MB.")
    return bytes(content)
