"""E-mail addresses and accounts of social networks."""

import re
from collections.abc import Iterator

from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.reading import MASKED, Reading

_AT = r"(?:\s?@\s?|\s?[(\[]\s?(?:at|a cong|a moc)\s?[)\]]\s?|\s(?:a cong|a moc|a vong|at)\s)"
_DOT = r"(?:\s?\.\s?|\s(?:cham|dot)\s|\s?[(\[](?:cham|dot)[)\]]\s?)"
_TLD = r"(?:com|vn|net|org|edu|gov|info|me|io|asia|biz|name)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])[a-z0-9](?:[\w.+-]{{0,63}}[\w])?(?:{_DOT}\w{{1,30}})?{_AT}[a-z0-9-]{{1,40}}"
    rf"(?:{_DOT}[a-z0-9-]{{1,20}}){{0,2}}{_DOT}{_TLD}(?:\.vn)?(?![\w-])"
)
_EMAIL_PLAIN = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_OFFICE = re.compile(r"(?:\.|cham |dot )gov(?:\.|\scham\s|\sdot\s)vn$")

_LINK = re.compile(
    r"(?:https?://)?(?:www\.|m\.|vt\.)?(?:facebook\.com|fb\.com|fb\.me|fb\.watch|m\.me|messenger\.com|zalo\.me"
    r"|t\.me|telegram\.me|tiktok\.com|instagram\.com|youtube\.com|youtu\.be|twitter\.com|x\.com"
    r"|threads\.net|threads\.com|linkedin\.com|viber\.com)/[@\w.?=&%/+-]*[\w/]"
)
_HANDLE = re.compile(rf"(?<![\w@.{MASKED}])@[a-z0-9_][\w.]{{2,40}}(?<!\.)")
_NETWORK = (
    r"facebook|face|fb|phay|fanpage|zalo|tiktok|tik tok|instagram|insta|ig|telegram|tele|youtube|messenger|viber|twitter"
    r"|threads|discord|wechat|skype"
)
_LABEL = re.compile(
    rf"(?<![\w./@])(?:(?:nick(?:name)?|acc(?:ount)?|tai khoan|trang(?: ca nhan)?|profile|kenh|page)"
    rf"(?: (?P<net1>{_NETWORK}))?|(?P<net2>{_NETWORK}))(?!\w|\.\w)"
    r"(?P<filler>(?:\s(?:ca nhan|cua\s(?:[^\W\d_]+\s){1,4}?|ten|mang ten|nick(?:name)?|la|co ten|acc|id|tai khoan))"
    r"{0,3}\s?)(?P<sign>[:\-]|(?<=la)|(?<=ten)|(?<=nick)|(?<=id)|(?=\s?[\"“'‘«]))\s*"
)
_QUOTED = re.compile(r"[\"“'‘«](?P<value>[^\"”'’»\n]{2,50})[\"”'’»]")
_TOKEN = re.compile(r"@?[^\W_][\w]*(?:[._-]+\w+)+|@?\w*\d\w*[^\W\d]\w*|@?[^\W\d_]+\d[\w]*")
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,4}")
_PUBLIC = re.compile(r"phuong|ubnd|uy ban|cong an|chinh phu|trung tam|so tt|oa")


def found(view: Reading) -> Iterator[Hidden]:
    """Yield e-mail addresses that are not an office's, links to profiles, nicks."""
    for rule in (_EMAIL, _EMAIL_PLAIN):
        for m in rule.finditer(view.bare):
            if not _OFFICE.search(m[0]) and not m[0].endswith("gov.vn"):
                yield Hidden(m.start(), m.end(), Personal.EMAIL)
    for m in _LINK.finditer(view.bare):
        yield Hidden(m.start(), m.end(), Personal.SOCIAL_ACCOUNT)
    for m in _HANDLE.finditer(view.bare):
        yield Hidden(m.start(), m.end(), Personal.SOCIAL_ACCOUNT)
    for m in _LABEL.finditer(view.bare):
        yield from _nick(view, m)


def _nick(view: Reading, label: re.Match[str]) -> Iterator[Hidden]:
    """Yield the nick behind the name of a network: quoted, with signs or figures, or in capitals."""
    if _PUBLIC.search(label["filler"]):
        return
    at = label.end()
    quoted = _QUOTED.match(view.text, at)
    if quoted:
        yield Hidden(quoted.start("value"), quoted.end("value"), Personal.SOCIAL_ACCOUNT)
        return
    token = _TOKEN.match(view.text, at)
    if token and not token[0].isdigit():
        yield Hidden(token.start(), token.end(), Personal.SOCIAL_ACCOUNT)
        return
    words = _NAME.match(view.text, at)
    if words is None or _PUBLIC.search(view.bare[words.start() : words.end()]):
        return
    end = at
    for word in re.finditer(r"[^\W\d_]+", words[0]):
        if not word[0][0].isupper():
            break
        end = at + word.end()
    if end > at:
        yield Hidden(at, end, Personal.SOCIAL_ACCOUNT)
