"""The cast before a browser: feedback arrives, officers handle it, pages are opened."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from hashlib import sha256
from secrets import token_hex

import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash
from starlette.testclient import TestClient

from api.cases import handling, intake, lookup, publication
from api.cases.events import Deed
from api.cases.intake import Feedback
from api.cases.models import Case, Kind
from api.cases.publication import PublicText
from api.chats.models import Chat
from api.console.session import COOKIE
from api.files.store import Upload, of_case
from api.people.models import Role, Staff, StaffSession
from api.settings import Settings
from api.web.site import Site
from bot.service import build
from tests.conftest import PASSWORD, FrozenClock, open_small_site

HERE = "http://testserver"
LAMP = "Đèn đường ngõ 12 hỏng cả tuần nay, tối rất nguy hiểm."
MENDED = "Đội điện chiếu sáng đã thay bóng đèn lúc 16 giờ ngày 16/11/2026."
LAN = {
    "name": "Nguyễn Thị Lan",
    "phone": "0912 345 678",
    "address": "Số 5 ngõ 12 phố Thạch Khôi",
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)  # a picture of one red point
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For behaviour that has nothing to do with the kind of database."""
_ADDRESSES = (f"10.{n >> 8}.{n & 255}.1" for n in itertools.count(1))


@contextmanager
def visiting(app: FastAPI) -> Iterator[TestClient]:
    """A browser at an address of its own, with the application started around it."""
    address = (next(_ADDRESSES), 50_000)
    with TestClient(app, HERE, client=address, raise_server_exceptions=False) as browser:
        yield browser


@contextmanager
def visiting_with(
    settings: Settings, clock: FrozenClock, **changed: object
) -> Iterator[TestClient]:
    """A browser at an installation whose settings differ from those of the small ward."""
    site = open_small_site(settings.model_copy(update=changed), clock)
    try:
        with visiting(build(site).app) as browser:
            yield browser
    finally:
        site.database.close()


@cache
def _hashed() -> str:
    """The hash of PASSWORD, made once: it is slow on purpose."""
    return PasswordHash.recommended().hash(PASSWORD)


def joins(site: Site, username: str, name: str, role: Role = Role.OFFICER) -> Staff:
    """Make an account with PASSWORD, as tests.conftest.hire does, but quickly."""
    member = Staff(
        unit_id=site.office.unit_id,
        username=username,
        name=name,
        role=role,
        password_hash=_hashed(),
        created_at=site.clock(),
    )
    with site.database.writing() as session:
        session.add(member)
    return member


def sign_in(browser: TestClient, site: Site, member: Staff, agent: str = "Máy một cửa") -> int:
    """Give a browser a session of a member without the login page; gives its number."""
    token, at = token_hex(16), site.clock()
    held = StaffSession(
        staff_id=member.id or 0,
        token_hash=sha256(token.encode()).hexdigest(),
        agent=agent,
        created_at=at,
        seen_at=at,
        expires_at=at + timedelta(hours=site.settings.session_hours),
    )
    with site.database.writing() as session:
        session.add(held)
    browser.cookies.set(COOKIE, token, domain="testserver.local", path="/can-bo")
    return held.id or 0


def sends(
    site: Site,
    content: str = LAMP,
    *,
    kind: Kind = Kind.INFRASTRUCTURE,
    place: str = "",
    channel: str = "web",
    files: tuple[str, ...] = (),
    sender: dict[str, str] | None = None,
) -> str:
    """Chị Lan sends a feedback with pictures of these names; gives its code."""
    at = site.clock()
    with site.database.writing() as session:
        chat = Chat(channel=channel, key=token_hex(16), draft_at=at, created_at=at)
        session.add(chat)
        session.flush()
        tokens = tuple(
            site.files.keep(session, Upload(name, PIXEL), at, chat_id=chat.id).token
            for name in files
        )
        feedback = Feedback(
            kind=kind, content=content, place=place, attachments=tokens, **(sender or LAN)
        )
        return intake.open_case(session, site.office, chat, feedback, at).code


def accepts(site: Site, officer: Staff, code: str) -> None:
    """An officer takes a case into work."""
    with site.database.writing() as session:
        case = lookup.by_code(session, code)
        handling.accept(session, site.office, case, Deed(officer, site.clock(), case.version))


def answers(site: Site, officer: Staff, code: str, text: str = MENDED) -> None:
    """An officer answers a case."""
    with site.database.writing() as session:
        case = lookup.by_code(session, code)
        deed = Deed(officer, site.clock(), case.version)
        handling.answer(session, site.office, case, deed, text)


def publishes(
    site: Site,
    officer: Staff,
    code: str,
    text: PublicText | None = None,
    *,
    show: bool | tuple[int, ...] = False,
) -> None:
    """An officer makes an answered case public, as suggested or in these words.

    show says whether all its files become public, or which.
    """
    with site.database.writing() as session:
        case = lookup.by_code(session, code)
        deed = Deed(officer, site.clock(), case.version)
        known = tuple(row.id or 0 for row in of_case(session, case.id))
        chosen = show if isinstance(show, tuple) else known if show else ()
        words = text or publication.suggest(session, case)
        publication.publish(session, site.office, case, deed, words, attachments=chosen)


def withholds(site: Site, officer: Staff, code: str, reason: str) -> None:
    """An officer keeps a result from the public."""
    with site.database.writing() as session:
        case = lookup.by_code(session, code)
        deed = Deed(officer, site.clock(), case.version)
        publication.withhold(session, site.office, case, deed, reason)


def shows(site: Site, officer: Staff, content: str = LAMP, **more: object) -> str:
    """A feedback comes, is answered and made public; gives its code."""
    code = sends(site, content, **more)
    answers(site, officer, code)
    publishes(site, officer, code)
    return code


def case_of(site: Site, code: str) -> Case:
    """The row of a case as it stands now."""
    with site.database.reading() as session:
        case = lookup.by_code(session, code)
        session.expunge_all()
    return case


def lives(site: Site, officer: Staff) -> dict[str, str]:
    """Fill an installation with a case in every state; gives their codes by state."""
    waiting = sends(site, "Rác tràn ra vỉa hè trước cổng chợ.", place="chợ Thạch Khôi")
    taken = sends(site, "Cán bộ một cửa hẹn ba lần chưa trả giấy.", kind=Kind.CONDUCT)
    accepts(site, officer, taken)
    answered = sends(site, "Đề nghị lắp thêm ghế đá ở công viên.", kind=Kind.RECOMMENDATION)
    answers(site, officer, answered, "Phường sẽ lắp bốn ghế đá trong tháng 12.")
    shown = sends(site, LAMP, place="ngõ 12", files=("den-duong.png",))
    answers(site, officer, shown)
    publishes(site, officer, shown, show=True)
    kept = sends(site, "Nhà bên nuôi chó thả rông.")
    answers(site, officer, kept, "Phường đã nhắc chủ nuôi.")
    withholds(site, officer, kept, "Việc riêng giữa hai nhà.")
    return {
        "received": waiting,
        "in_progress": taken,
        "answered": answered,
        "published": shown,
        "withheld": kept,
    }
