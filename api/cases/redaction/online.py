"""E-mail addresses and accounts of social networks."""

import re
from collections.abc import Iterator

from api.cases.redaction.kinds import Hidden, Personal
from api.cases.redaction.reading import MASKED, Reading, Rule
from knowledge.text import fold

_AT = r"(?:\s?@\s?|\s?[(\[]\s?(?:at|a cong|a moc)\s?[)\]]\s?|\s(?:a cong|a moc|a vong|at)\s)"
_DOT = r"(?:\s?\.\s?|\s(?:cham|dot)\s|\s?[(\[](?:cham|dot)[)\]]\s?)"
_TLD = r"(?:com|vn|net|org|edu|gov|info|me|io|asia|biz|name)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])[a-z0-9](?:[\w.+-]{{0,63}}[\w])?(?:{_DOT}\w{{1,30}})?{_AT}[a-z0-9-]{{1,40}}"
    rf"(?:{_DOT}[a-z0-9-]{{1,20}}){{0,2}}{_DOT}{_TLD}(?:\.vn)?(?![\w-])"
)
_EMAIL_PLAIN = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_OFFICE = re.compile(r"(?:\.|cham |dot )gov(?:\.|\scham\s|\sdot\s)vn$")

_ROLE_BOX = re.compile(
    r"(?:cskh|hotro|lienhe|info|contact|support|ubnd|phuong|vanphong|vp|tiepdan|pakn|phananh"
    r"|admin|hcc|ttpvhcc)[\w.-]{0,20}@"
)
_FREE_MAIL = re.compile(r"gmail|yahoo|outlook|hotmail|icloud|proton|zoho|live\.|mail\.com|ymail")

_LINK = re.compile(
    r"(?:https?://)?(?:www\.|m\.|vt\.)?(?:facebook\.com|fb\.com|fb\.me|fb\.watch|m\.me"
    r"|messenger\.com|zalo\.me"
    r"|t\.me|telegram\.me|tiktok\.com|instagram\.com|youtube\.com|youtu\.be|twitter\.com|x\.com"
    r"|threads\.net|threads\.com|linkedin\.com|viber\.com)/[@\w.?=&%/+-]*[\w/]"
)
_HANDLE = re.compile(rf"(?<![\w@.{MASKED}])@[a-z0-9_][\w.]{{2,40}}(?<!\.)")
_NETWORK = (
    r"facebook|face|fb|phay|fanpage|zalo|tiktok|tik tok|instagram|insta|ig|telegram|tele"
    r"|youtube|messenger|viber|twitter"
    r"|threads|discord|wechat|skype"
)
_FILLER = (
    r"(?P<filler>(?: (?:cá nhân|của(?: [^\W\d_]+){1,4}?(?= (?:là|tên)(?!\w)| ?:)|tên|mang tên"
    r"|nick(?:name)?|là|có tên|acc|id"
    r"|tài khoản|chủ)(?!\w)){0,3})\s?[:\-]?\s*"
)
# "kênh", "trang" and "tài khoản" alone also mean a canal, a page, an account of a bank.
_LABEL = Rule(
    rf"(?<![\w./@-])(?<!chủ )(?:(?:nick(?:name)?|acc(?:ount)?|profile)(?: (?:{_NETWORK}))?"
    r"|trang cá nhân"
    rf"|(?:trang|kênh|page|tài khoản|nhóm) (?:{_NETWORK})|{_NETWORK})(?!\w|\.\w){_FILLER}"
)
_QUOTED = re.compile(r"[\"“'‘«](?P<value>[^\"”'’»\n]{2,50})[\"”'’»]")
_TOKEN = re.compile(
    r"@?[^\W_]\w*(?:[._-]+\w+)+|@?\w*\d\w*[^\W\d]\w*|@?[^\W\d_]+\d\w*|[A-Za-z]{8,40}(?!\w)"
)
_NOT_NICKS = frozenset({"facebook", "livestream", "instagram", "messenger", "telegram", "fanpage"})
_PUBLIC = re.compile(r"phuong|ubnd|uy ban|cong an|chinh phu|trung tam|so tt|oa")


def found(view: Reading) -> Iterator[Hidden]:
    """Yield e-mail addresses that are not an office's, links to profiles, nicks."""
    for rule in (_EMAIL, _EMAIL_PLAIN):
        for m in rule.finditer(view.bare):
            if not _of_an_office(m[0]):
                yield Hidden(m.start(), m.end(), Personal.EMAIL)
    for m in _LINK.finditer(view.bare):
        yield Hidden(m.start(), m.end(), Personal.SOCIAL_ACCOUNT)
    for m in _HANDLE.finditer(view.bare):
        yield Hidden(m.start(), m.end(), Personal.SOCIAL_ACCOUNT)
    for m in _LABEL.finditer(view):
        yield from _nick(view, m)


def _of_an_office(email: str) -> bool:
    """Tell an office's or a company's post box from a person's."""
    role = _ROLE_BOX.match(email) and not _FREE_MAIL.search(email)
    return bool(_OFFICE.search(email) or email.endswith("gov.vn") or role)


def _nick(view: Reading, label: re.Match[str]) -> Iterator[Hidden]:
    """Yield the nick behind the name of a network: quoted, with signs or figures, in capitals."""
    at = label.end()
    if _PUBLIC.search(fold(label["filler"])) or _PUBLIC.match(view.bare, at):
        return
    quoted = _QUOTED.match(view.text, at)
    token = _TOKEN.match(view.text, at)
    if quoted:
        span = quoted.span("value")
    elif token and re.search(r"[^\W\d_]", token[0]) and fold(token[0]) not in _NOT_NICKS:
        span = token.span()
    else:
        span = (at, _capitals(view, at))
    if span[1] > span[0]:
        yield Hidden(*span, Personal.SOCIAL_ACCOUNT)


def _capitals(view: Reading, at: int) -> int:
    """Return where a nick of capital words and figures ends."""
    end = at
    if view.loud:
        return end
    for word in re.finditer(
        r"(?:^|(?<= ))(?:[^\W\d_]+|\d{1,4})(?= |$|\W)", view.text[at : at + 60]
    ):
        apart = view.text[end : at + word.start()]
        if apart not in {"", " "} or not (word[0][0].isupper() or (end > at and word[0].isdigit())):
            break
        end = at + word.end()
    return end
