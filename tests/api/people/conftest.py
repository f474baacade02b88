"""A hash of passwords that is quick, for tests that look at other things than its strength."""

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from api.people import staff as accounts

QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


@pytest.fixture
def quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords with argon2id as always, with the least work."""
    monkeypatch.setattr(accounts, "_hasher", lambda: QUICK)
