"""Calls of the Zalo OA OpenAPI: envelope, token, one more try after a renewed token."""

import json
from typing import Any

import httpx

from bot.zalo_oa.errors import Trouble, UnreachableError, ZaloError
from bot.zalo_oa.tokens import TokenKeeper

CONSULT = "/v3.0/oa/message/cs"
TEMPLATE = "/v3.0/oa/message/template"
ACCOUNT = "/v2.0/oa/getoa"
UPLOAD = "/v2.0/oa/upload"

Json = dict[str, Any]


class OaClient:
    """One account. Every method returns `data` of the answer.

    All raise ZaloError (an error of Zalo), UnreachableError, and what TokenKeeper raises.
    """

    def __init__(self, http: httpx.AsyncClient, base_url: str, tokens: TokenKeeper) -> None:
        self._http = http
        self._base_url = base_url
        self._tokens = tokens

    async def post(self, path: str, body: Json) -> Json:
        """Send a JSON body."""
        return await self._call("POST", path, json=body)

    async def get(self, path: str, asked: Json | None = None) -> Json:
        """Ask with the parameters as one JSON text, as Zalo wants them."""
        params = {"data": json.dumps(asked)} if asked else {}
        return await self._call("GET", path, params=params)

    async def upload(self, kind: str, name: str, content: bytes) -> Json:
        """Upload a picture ("image") or a document ("file")."""
        return await self._call("POST", f"{UPLOAD}/{kind}", files={"file": (name, content)})

    async def _call(self, method: str, path: str, **parts: Any) -> Json:
        token = await self._tokens.access()
        try:
            return await self._once(token, method, path, **parts)
        except ZaloError as error:
            if error.trouble is not Trouble.TOKEN:
                raise
        return await self._once(await self._tokens.renew(token), method, path, **parts)

    async def _once(self, token: str, method: str, path: str, **parts: Any) -> Json:
        address = f"{self._base_url}{path}"
        try:
            answer = await self._http.request(
                method, address, headers={"access_token": token}, **parts
            )
        except httpx.HTTPError as error:
            raise UnreachableError(type(error).__name__) from error
        try:
            body: Any = answer.json()
            code = int(body.get("error", 0))
        except (ValueError, AttributeError, TypeError) as error:
            raise UnreachableError(f"HTTP {answer.status_code}") from error
        if code:
            raise ZaloError(code, str(body.get("message", "")))
        if answer.status_code != httpx.codes.OK:
            raise UnreachableError(f"HTTP {answer.status_code}")
        return dict(body.get("data") or {})
