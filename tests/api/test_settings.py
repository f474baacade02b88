"""Settings that would do harm are refused at the start."""

import pytest
from pydantic import ValidationError

from api.settings import Settings


@pytest.mark.parametrize(
    "origins", ["cong.vn", "http://cong.vn", "https://cong.vn/trang", "https://*;", "*"]
)
def test_what_is_no_origin_is_refused_at_the_start(origins: str) -> None:
    with pytest.raises(ValidationError):
        Settings(embed_origins=origins)


def test_origins_are_read_without_spaces_and_slashes() -> None:
    settings = Settings(embed_origins="https://a.vn/ , http://localhost:8080")
    assert settings.embed_allowed == ("https://a.vn", "http://localhost:8080")
