"""What the codes of Zalo OA mean for a message (Zalo answers errors with HTTP 200)."""

from enum import StrEnum


class Trouble(StrEnum):
    """What has to happen after an error."""

    TOKEN = "token"  # noqa: S105  # renew the token, try once more
    BUSY = "busy"  # back off and try again
    WINDOW = "window"  # not before the person writes again
    RECIPIENT = "recipient"  # never to this person
    PAYLOAD = "payload"  # never this message
    QUOTA = "quota"  # the account has used up what it may send; later
    SETUP = "setup"  # a person has to put something right at Zalo


_CODES = {
    Trouble.TOKEN: (-216, -220, -124, 216, 401, -401),
    Trouble.BUSY: (-32, -200),
    Trouble.WINDOW: (-227, -230, -232),
    Trouble.RECIPIENT: (-213, -217, -218, -244, -114, -118, -119, -139, -140, -141),
    Trouble.PAYLOAD: (-100, -108, -109, -131, -132, -201, -210, -233, -1121, -1122, -1124),
    Trouble.QUOTA: (-115, -144, -146, -147, -211, -321),
    Trouble.SETUP: (
        *(-14002, -14003, -14014, -209, -212, -219, -221, -223, -224, -240, -242, -248),
        *(-101, -102, -103, -104, -105, -117, -133, -135, -136, -137, -234, -1351),
    ),
}
_TROUBLES = {code: trouble for trouble, codes in _CODES.items() for code in codes}


class ZaloError(Exception):
    """An error of Zalo with its code; a code that nobody knows makes the message undeliverable."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"Zalo báo lỗi {code}: {message}")
        self.code = code
        self.message = message

    @property
    def trouble(self) -> Trouble:
        """What has to happen now."""
        return _TROUBLES.get(self.code, Trouble.PAYLOAD)


class UnreachableError(Exception):
    """Zalo could not be reached or did not answer as itself."""
