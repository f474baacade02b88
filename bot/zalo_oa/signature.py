"""The signature of Zalo's events: over the very bytes, with the secret of the account."""

import hashlib
import hmac
import json

HEADER = "X-ZEvent-Signature"


def is_signed(raw: bytes, header: str, app_id: str, secret: str) -> bool:
    """Tell whether Zalo signed a body: sha256 of app id, body, its timestamp and the OA secret.

    It is a plain SHA-256, no HMAC; the header may begin with "mac=". Raises ValueError, KeyError
    or TypeError where the body is no event.
    """
    stamp = str(json.loads(raw)["timestamp"])
    whole = app_id.encode() + raw + stamp.encode() + secret.encode()
    given = header.strip().removeprefix("mac=").lower()
    return hmac.compare_digest(given.encode(), hashlib.sha256(whole).hexdigest().encode())
