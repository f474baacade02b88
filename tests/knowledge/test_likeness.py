"""Questions grouped by what they ask."""

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexicon import Lexicon
from knowledge.likeness import Asked, grouped
from knowledge.question import reader_of

BIRTH, DEATH = "1.001193", "1.000656"
TEXTS = {
    "làm giấy khai sinh cho bé": BIRTH,
    "giấy khai sinh cho con cần gì": BIRTH,
    "khai sinh bé mới đẻ": BIRTH,
    "làm giấy khai tử cho ông": DEATH,
    "nuôi chim yến": "",
    "xin phép nuôi chim yến ở nhà": "",
}


def asked(text: str, proposed: str = "", times: int = 1) -> Asked:
    return Asked(reader_of(Lexicon.shipped()).read(text), proposed, times)


def groups(questions: list[Asked]) -> list[set[str]]:
    return [{questions[at].question.text for at in places} for places in grouped(questions)]


def test_the_same_matter_in_other_words_stands_together() -> None:
    found = groups([asked(text, proposed) for text, proposed in TEXTS.items()])

    assert {"làm giấy khai sinh cho bé", "giấy khai sinh cho con cần gì"} <= found[0]
    assert {"nuôi chim yến", "xin phép nuôi chim yến ở nhà"} in found


def test_another_procedure_proposed_is_another_group() -> None:
    questions = [asked("làm giấy cho bé", BIRTH), asked("làm giấy cho bé ạ", DEATH)]

    assert len(grouped(questions)) == 2


def test_the_group_asked_most_comes_first_and_its_commonest_question_leads() -> None:
    questions = [asked("nuôi chim yến"), asked("nuôi yến", times=3), asked("bán vé số", times=2)]

    assert grouped(questions) == [[1, 0], [2]]


def test_no_question_makes_no_group() -> None:
    assert grouped([]) == []


def test_words_that_say_nothing_stand_alone() -> None:
    assert len(grouped([asked("???"), asked("nuôi chim yến")])) == 2


@settings(max_examples=25, deadline=None)
@given(st.permutations(list(TEXTS.items())))
def test_the_order_of_arrival_does_not_matter(entries: list[tuple[str, str]]) -> None:
    ordered = groups([asked(text, proposed) for text, proposed in TEXTS.items()])
    mixed = groups([asked(text, proposed) for text, proposed in entries])

    assert sorted(map(sorted, mixed)) == sorted(map(sorted, ordered))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(list(TEXTS)), max_size=12))
def test_every_question_stands_in_one_group(texts: list[str]) -> None:
    places = grouped([asked(text, TEXTS[text]) for text in texts])

    assert sorted(at for group in places for at in group) == list(range(len(texts)))
