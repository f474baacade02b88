"""Where real data lies, on machines that have it: a folder `shared` beside the repository."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def shared(name: str) -> Path:
    """Return a file of real data, or skip the test where this machine has none."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"dữ liệu thật không có trên máy này: {path}")
    return path
