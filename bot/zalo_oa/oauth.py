"""Consent of the account's administrator and the exchange of tokens (Zalo OAuth v4, PKCE)."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx

from api.settings import Settings
from bot.zalo_oa.errors import UnreachableError, ZaloError

PAGE = "/can-bo/zalo-oa"
CALLBACK = f"{PAGE}/lien-ket"
STATE_LIFE = timedelta(minutes=10)  # as long as Zalo's own code
_PERMISSION = "/v4/oa/permission"
_TOKEN = "/v4/oa/access_token"  # noqa: S105  # a path
_TIMEOUT = 15.0  # seconds; shorter than the lease on renewing


@dataclass(frozen=True)
class Pair:
    """An access token with its life, and the refresh token that is good for one use."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    life: timedelta


def verifier(settings: Settings) -> str:
    """Return the PKCE verifier, 43 characters: always the same one, because Zalo's console keeps
    its challenge; known to nobody without the app secret.
    """
    return _letters(_mac(settings, "code verifier"))


def challenge(settings: Settings) -> str:
    """Return the PKCE challenge, which goes into Zalo's console and into the consent address."""
    return _letters(hashlib.sha256(verifier(settings).encode()).digest())


def consent_url(settings: Settings, session_id: int, at: datetime) -> str:
    """Return the page of Zalo on which the administrator agrees."""
    query = {
        "app_id": settings.zalo_oa_app_id,
        "redirect_uri": f"{settings.public_url}{CALLBACK}",
        "code_challenge": challenge(settings),
        "state": _state(settings, session_id, int(at.timestamp())),
    }
    return f"{settings.zalo_oa_oauth_url}{_PERMISSION}?{urlencode(query)}"


def is_ours(settings: Settings, state: str, session_id: int, at: datetime) -> bool:
    """Tell whether a state was made for this staff session within STATE_LIFE."""
    began, _, _ = state.partition(".")
    if not began.isdigit() or len(began) > 12:
        return False
    age = at.timestamp() - int(began)
    expected = _state(settings, session_id, int(began))
    return 0 <= age <= STATE_LIFE.total_seconds() and hmac.compare_digest(
        state.encode(), expected.encode()
    )


def exchange(settings: Settings, code: str) -> Pair:
    """Return the first pair for the code of a callback; raises ZaloError or UnreachableError."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": verifier(settings),
        "app_id": settings.zalo_oa_app_id,
    }
    with httpx.Client(timeout=_TIMEOUT) as client:
        try:
            return _pair(client.post(_address(settings), data=form, headers=_secret(settings)))
        except httpx.HTTPError as error:
            raise UnreachableError(type(error).__name__) from error


async def renew(settings: Settings, http: httpx.AsyncClient, refresh: str) -> Pair:
    """Return the next pair; raises ZaloError where refused, UnreachableError where unknown."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh,
        "app_id": settings.zalo_oa_app_id,
    }
    try:
        answer = await http.post(
            _address(settings), data=form, headers=_secret(settings), timeout=_TIMEOUT
        )
    except httpx.HTTPError as error:
        raise UnreachableError(type(error).__name__) from error
    return _pair(answer)


def _pair(answer: httpx.Response) -> Pair:
    try:
        body: Any = answer.json()
        if answer.is_server_error or not isinstance(body, dict):
            raise UnreachableError(f"HTTP {answer.status_code}")
        if not body.get("access_token"):
            reason = body.get("error_name") or body.get("message") or body.get("error_description")
            raise ZaloError(int(body.get("error", 0)), str(reason or "không rõ lý do"))
        life = timedelta(seconds=int(body["expires_in"]))
        return Pair(str(body["access_token"]), str(body["refresh_token"]), life)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreachableError(f"HTTP {answer.status_code}") from error


def _state(settings: Settings, session_id: int, began: int) -> str:
    return f"{began}.{_letters(_mac(settings, f'state {session_id} {began}'))}"


def _mac(settings: Settings, purpose: str) -> bytes:
    key = settings.zalo_oa_app_secret.get_secret_value().encode()
    return hmac.new(key, f"pakn {purpose}".encode(), hashlib.sha256).digest()


def _letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _address(settings: Settings) -> str:
    return f"{settings.zalo_oa_oauth_url}{_TOKEN}"


def _secret(settings: Settings) -> dict[str, str]:
    return {"secret_key": settings.zalo_oa_app_secret.get_secret_value()}
