"""A process that dies in the middle of an update: nothing is lost, nothing is done twice."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlmodel import col, select

import bot
from api import clock
from api.chats.models import Handling
from api.outbox.models import OutboxMessage
from api.web.site import Site
from bot.service import build
from tests.bot import crash_server
from tests.bot.conftest import LAN_CHAT, SECRET, TU_CHAT
from tests.bot.people import Person, cases, updates
from tests.bot.talk import LAMP
from tests.conftest import make_settings, open_small_site
from tests.doubles.telegram import TOKEN, TelegramDouble

PATIENCE = 120  # seconds for a process to start, or to die
STORM = "Đường Trần Hưng Đạo ngập nước cả tuần nay chưa ai xử lý."


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path) -> Iterator[Site]:
    """An installation on a SQLite file, where chị Lan and bác Tư have only "Gửi" left to press."""
    path = tmp_path / "pakn.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    opened = open_small_site(make_settings(f"sqlite:///{path}", tmp_path), clock.now)
    inbox = build(opened).inbox
    Person(inbox, str(LAN_CHAT)).writes_up_to_sending(LAMP)
    Person(inbox, str(TU_CHAT)).writes_up_to_sending(STORM, place="cuối đường")
    yield opened
    opened.database.close()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """The address of the service; it outlives the processes that answer there."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        opened.set_inheritable(True)
        yield opened


@contextmanager
def service(
    site: Site, listener: socket.socket, telegram_url: str, die: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run the service in a process of its own; where it dies, see crash_server."""
    settings = site.settings
    port = listener.getsockname()[1]
    environment = {
        "PAKN_DATA_DIR": str(settings.data_dir),
        "PAKN_DATABASE_URL": settings.database,
        "PAKN_WARD_PREFIX": settings.ward_prefix,
        "PAKN_WARD_NAME": settings.ward_name,
        "PAKN_BASE_URL": f"http://127.0.0.1:{port}",
        "PAKN_TELEGRAM_TOKEN": TOKEN,
        "PAKN_TELEGRAM_MODE": "webhook",
        "PAKN_TELEGRAM_SECRET": SECRET,
        "PAKN_TELEGRAM_BASE_URL": f"{telegram_url}/bot",
        "PAKN_TELEGRAM_FILE_URL": f"{telegram_url}/file/bot",
    }
    process = subprocess.Popen(
        [sys.executable, crash_server.__file__, str(listener.fileno()), die],
        env={**os.environ, **environment, "PYTHONPATH": str(Path(bot.__file__).parents[1])},
        pass_fds=[listener.fileno()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_processes_that_die_before_and_behind_a_commit_lose_nothing_and_double_nothing(
    site: Site,
    listener: socket.socket,
    telegram: TelegramDouble,
    double_host: tuple[TelegramDouble, str],
) -> None:
    sent = [telegram.say(chat, "gửi") for chat in (LAN_CHAT, TU_CHAT)]

    for point, kept in (("before", 0), ("after", 1)):
        with service(site, listener, double_host[1], die=point) as dying:
            assert dying.wait(PATIENCE) == crash_server.DIED
        with site.database.reading() as session:
            assert len(cases(session)) == kept
        assert telegram.pending() == 2

    with service(site, listener, double_host[1], die="never"):
        telegram.wait_for(lambda: told(telegram, LAN_CHAT) and told(telegram, TU_CHAT), PATIENCE)
        telegram.wait_for(lambda: telegram.pending() == 0, PATIENCE)

    with site.database.reading() as session:
        opened = cases(session)
        assert [case.content for case in opened] == [LAMP, STORM]
        keys = [update.key for update in updates(session) if update.text == "gửi"]
        assert keys == [str(message.update_id) for message in sent]
        assert all(update.handling is Handling.DONE for update in updates(session))
        notices = session.exec(select(OutboxMessage).where(col(OutboxMessage.case_id).is_not(None)))
        assert [notice.case_id for notice in notices] == [case.id for case in opened]
    assert (told(telegram, LAN_CHAT), told(telegram, TU_CHAT)) == (1, 1)


def told(telegram: TelegramDouble, chat: int) -> int:
    """Count how often somebody was told the code of a case."""
    return sum("Mã hồ sơ:" in said.text for said in telegram.sent(chat))
