"""A sample catalogue written by us, to be replaced by the ward's own release."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def folder() -> Iterator[Path]:
    """Give the folder of the sample catalogue as a path."""
    with as_file(files("knowledge.starter")) as path:
        yield path
