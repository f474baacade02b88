"""The one error that people may see: a status and a Vietnamese sentence that says what to do."""

import re


def for_staff(words: str) -> str:
    """Return a sentence as staff are addressed: rules are written for citizens, as "bạn"."""
    return re.sub(r"\bBạn\b", "Anh/chị", re.sub(r"\bbạn\b", "anh/chị", words))


class PeopleError(Exception):
    """An error to be shown to a person.

    status is the HTTP status where the web shows it; sentence says in Vietnamese what happened
    and what to do next.
    """

    status = 400

    def __init__(self, sentence: str, next_step: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step


class NotFoundError(PeopleError):
    """What was asked for does not exist, or may not be seen."""

    status = 404


class ForbiddenError(PeopleError):
    """The person may not do this."""

    status = 403


class SignedOutError(PeopleError):
    """A staff page was asked for without a valid session."""

    status = 401


class ConflictError(PeopleError):
    """Somebody else was faster, or the state does not allow the move."""

    status = 409


class TooLargeError(PeopleError):
    """More was sent than the named limit."""

    status = 413


class TooManyError(PeopleError):
    """Asked too often in a short time."""

    status = 429
