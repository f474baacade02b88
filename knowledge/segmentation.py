"""Words of Vietnamese, by underthesea; warmed up before any thread uses it."""

from threading import Lock

from underthesea import word_tokenize

LONGEST = 2_000  # characters that are segmented: a longer text costs seconds and memory

_lock = Lock()
_warm = False


def warm_up() -> None:
    """Load the model once. Its first calls are not safe from several threads at a time."""
    global _warm  # noqa: PLW0603  # a process loads it once
    with _lock:
        if not _warm:
            word_tokenize("khởi động")
            _warm = True


def words(text: str) -> list[str]:
    """Return the words of a text, each with its syllables joined by one space."""
    warm_up()
    return [str(word) for word in word_tokenize(text[:LONGEST])]
