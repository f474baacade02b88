"""The words a person consents to (Luật 91/2025/QH15, Điều 9)."""

import hashlib
from functools import cache
from importlib.resources import files


@cache
def _template() -> str:
    return files("api.people").joinpath("consent.txt").read_text(encoding="utf-8").strip()


def consent_text(ward: str, phone: str) -> str:
    """Return the words as they are shown."""
    return _template().format(ward=ward, phone=phone)


def consent_hash(ward: str, phone: str) -> str:
    """Return what proves later which words were shown."""
    return hashlib.sha256(consent_text(ward, phone).encode()).hexdigest()
