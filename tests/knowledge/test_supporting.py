"""A paper asked about within another matter is not what the question is about."""

import pytest

from knowledge.lexicon import Lexicon
from knowledge.question import reader_of

READER = reader_of(Lexicon.shipped())


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("đăng ký kết hôn có cần giấy xác nhận độc thân không", "dang ky ket hon"),
        ("dang ky ket hon co can giay doc than khong", "dang ky ket hon"),
        ("ĐKKH thì có cần giấy XNTTHN k", "dang ky ket hon thi"),
        ("đăng ký tạm trú cần hợp đồng thuê nhà bản chính hay bản sao", "dang ky tam tru ban sao"),
        ("mất giấy khai sinh có đăng ký kết hôn được không", "co dang ky ket hon duoc khong"),
    ],
)
def test_the_words_about_a_paper_that_is_only_brought_are_left_out(asked: str, left: str) -> None:
    assert READER.read(asked).folded == left


@pytest.mark.parametrize(
    "asked",
    [
        "tôi cần giấy khai sinh để đăng ký kết hôn thì xin ở đâu",  # the paper is wanted
        "có cần giấy xác nhận độc thân không",  # nothing else is named
        "mất giấy khai sinh có làm lại được không",  # the paper is to be made again
        "xây nhà có cần giấy phép xây dựng không",  # the paper is the procedure
        "không có giấy đăng ký kết hôn có làm khai sinh được không",  # it is another matter then
    ],
)
def test_a_paper_that_is_the_matter_stays(asked: str) -> None:
    concepts = READER.read(asked).concepts

    assert concepts == READER.concepts_in(READER.standard(asked))
