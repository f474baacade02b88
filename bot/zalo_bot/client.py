"""Calls of the Zalo Bot Platform; the address of every call holds the token and is never kept."""

from typing import Any

import httpx

_IDLE = 408  # how a poll ends in which nothing came


class BotError(Exception):
    """A refusal of the platform with its HTTP status; 0 where it could not be reached."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"Zalo Bot báo lỗi {status}: {reason}" if status else reason)
        self.status = status


class BotClient:
    """One bot. Every method raises BotError."""

    def __init__(self, http: httpx.AsyncClient, base_url: str, token: str) -> None:
        self._http = http
        self._address = f"{base_url}{token}"

    async def call(self, method: str, **params: Any) -> Any:
        """Return the result of a method."""
        return await self._call(method, params)

    async def updates(self, wait: int) -> list[dict[str, Any]]:
        """Return what came within so many seconds: at most one object in practice, or none.

        The platform forgets an update when it hands it out.
        """
        try:
            result = await self._call("getUpdates", {"timeout": wait}, patience=wait + 10.0)
        except BotError as error:
            if error.status == _IDLE:
                return []
            raise
        return result if isinstance(result, list) else [result]

    async def _call(self, method: str, params: dict[str, Any], patience: float = 20.0) -> Any:
        try:
            answer = await self._http.post(
                f"{self._address}/{method}", json=params, timeout=patience
            )
        except httpx.HTTPError as error:
            raise BotError(0, f"Chưa kết nối được Zalo Bot: {type(error).__name__}") from None
        try:
            body: Any = answer.json()
            if body["ok"]:
                return body.get("result")
            code = int(body.get("error_code") or answer.status_code)
            reason = str(body.get("description") or "")
        except (ValueError, KeyError, TypeError):
            code, reason = answer.status_code, "không đọc được câu trả lời"
        raise BotError(code, reason)
