"""What the bot says of itself at its start, and what it finds when it looks at its connection."""

import pytest
from typer.testing import CliRunner

from api.chats.states import channel_state
from api.web.site import Site
from bot.checking import look
from bot.service import links_of
from bot.telegram.announce import announce
from bot.telegram.check import check
from tests.bot.conftest import LAN_CHAT, Wire, sqlite_only
from tests.doubles.telegram import TelegramDouble

pytestmark = sqlite_only


def findings(wire: Wire, **changed: object) -> tuple[str, ...]:
    settings = wire.site.settings.model_copy(update=changed)
    return tuple(wire.run(check(wire.channel.bot, settings)).findings)


def test_the_commands_and_the_description_are_set(wire: Wire, telegram: TelegramDouble) -> None:
    wire.run(announce(wire.channel.bot, wire.site.settings))
    assert [command["command"] for command in telegram.profile["commands"]][:2] == ["menu", "huy"]
    assert "Phường Thạch Khôi" in telegram.profile["description"]
    assert telegram.profile["short_description"]


def test_a_bot_that_is_well_has_no_findings(wire: Wire, telegram: TelegramDouble) -> None:
    assert findings(wire) == ()


def test_a_wrong_token_is_named_with_what_to_do(wire: Wire, telegram: TelegramDouble) -> None:
    telegram.fault("getMe", 401)
    (told,) = findings(wire)
    assert "PAKN_TELEGRAM_TOKEN" in told


def test_a_webhook_that_leads_elsewhere_is_named(wire: Wire, telegram: TelegramDouble) -> None:
    wire.run(wire.channel.bot.set_webhook("http://127.0.0.1:9/"))
    assert "hỏi định kỳ" in findings(wire)[0]
    assert "PAKN_BASE_URL" in findings(wire, telegram_mode="webhook")[0]


def test_what_a_check_found_is_kept_for_everybody_to_see(
    wire: Wire, telegram: TelegramDouble
) -> None:
    telegram.say(LAN_CHAT, "xin chào")
    telegram.fault("getMe", 500)
    link = next(link for link in links_of(wire.site) if link.name == "telegram")

    async def looks() -> None:
        async with link.opened():
            await look(wire.site, link)

    wire.run(looks())
    with wire.site.database.writing() as session:
        state = channel_state(session, "telegram")
        assert "Chưa kết nối được Telegram" in state.findings[0]
        assert state.checked_at == wire.site.clock()


def test_the_command_says_in_words_what_is_wrong(
    telegram_site: Site, telegram: TelegramDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.__main__ import cli  # noqa: PLC0415  # the command reads its settings when it runs

    settings = telegram_site.settings
    for name in ("database_url", "data_dir", "ward_prefix", "telegram_base_url"):
        monkeypatch.setenv(f"PAKN_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setenv("PAKN_TELEGRAM_TOKEN", settings.telegram_token.get_secret_value())
    well = CliRunner().invoke(cli, ["channels", "check"])
    assert (well.exit_code, "Telegram: tốt" in well.output) == (0, True)
    telegram.fault("getMe", 401)
    ill = CliRunner().invoke(cli, ["channels", "check"])
    assert ill.exit_code == 1
    assert "Telegram: có việc cần sửa" in ill.output
