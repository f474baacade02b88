"""Catalogues and clerks that are made once: an index of real data takes seconds."""

import pytest

from knowledge.catalogue import Catalogue
from knowledge.clerk import Clerk
from knowledge.lexicon import Lexicon
from knowledge.readers import read, starter
from knowledge.starter import folder
from tests.conftest import small_catalogue
from tests.shared import shared


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The lexicon that comes with the product."""
    return Lexicon.shipped()


@pytest.fixture(scope="session")
def clerk() -> Clerk:
    """A clerk who knows eight procedures."""
    return Clerk(small_catalogue())


@pytest.fixture(scope="session")
def sample() -> Catalogue:
    """The sample catalogue that comes with the product."""
    with folder() as path:
        return starter.read(path)


@pytest.fixture(scope="session")
def commune() -> Catalogue:
    """The 427 real procedures of communes; skips where they are not on this machine."""
    return read(shared("catalogue/commune.jsonl"))


@pytest.fixture(scope="session")
def commune_clerk(commune: Catalogue) -> Clerk:
    """A clerk who knows all real procedures of communes."""
    return Clerk(commune)
