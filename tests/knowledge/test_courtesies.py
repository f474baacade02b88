"""Social words get a social reply, and only messages that are nothing else."""

import pytest

from knowledge.courtesies import Courtesy, CourtesyReader

SAID = {
    "ok": Courtesy.ASSENT,
    "dạ vâng em hiểu rồi": Courtesy.ASSENT,
    "gioi qua": Courtesy.PRAISE,
    "chúc mừng năm mới": Courtesy.WISH,
    "tạm biệt nhé": Courtesy.BYE,
    "ban la ai": Courtesy.WHO_ARE_YOU,
    "ok cho em hỏi làm khai sinh": None,
    "hay quá, gửi đơn ba tháng không ai trả lời": None,
    "đồ ngu": None,
    "ạ": None,
}


@pytest.mark.parametrize("text", SAID)
def test_only_a_message_of_social_words_alone_is_social(text: str) -> None:
    assert CourtesyReader.shipped().read(text) is SAID[text]
