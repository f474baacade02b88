"""Fetching a file from a platform's own hosts: nothing else is asked, and only so much is read."""

from collections.abc import Collection
from urllib.parse import urlsplit

import httpx

from api.errors import TooLargeError
from bot.channel import RetryLaterError, UndeliverableError

_GONE = {400, 401, 403, 404, 410}


async def download(
    http: httpx.AsyncClient, url: str, *, scheme: str, hosts: Collection[str], limit: int
) -> bytes:
    """Return the bytes behind an address; redirections are not followed.

    hosts may be the host or end it (zdn.vn allows f1.zdn.vn); limit is in bytes. Raises
    UndeliverableError, RetryLaterError or TooLargeError.
    """
    if not is_allowed(url, scheme, hosts):
        raise UndeliverableError("Địa chỉ tệp không thuộc máy chủ được phép.")
    content = bytearray()
    try:
        async with http.stream("GET", url, follow_redirects=False) as answer:
            if answer.status_code in _GONE:
                raise UndeliverableError(f"Tệp không còn ở nền tảng (HTTP {answer.status_code}).")
            if answer.status_code != httpx.codes.OK:
                raise RetryLaterError(f"Chưa tải được tệp (HTTP {answer.status_code})")
            async for part in answer.aiter_bytes():
                content += part
                if len(content) > limit:
                    raise TooLargeError(
                        f"Tệp bạn gửi lớn hơn {limit // 2**20} MB.", "Bạn gửi tệp nhỏ hơn."
                    )
    except httpx.HTTPError as error:
        raise RetryLaterError(f"Chưa tải được tệp: {type(error).__name__}") from error
    return bytes(content)


def is_allowed(url: str, scheme: str, hosts: Collection[str]) -> bool:
    """Tell whether an address is on one of the hosts, over the scheme."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = (parts.hostname or "").lower().rstrip(".")
    if parts.scheme != scheme or parts.username is not None or not host:
        return False
    return any(host == known or host.endswith(f".{known}") for known in hosts)
