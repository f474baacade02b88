"""What Telegram says of our bot (https://core.telegram.org/bots/api#getwebhookinfo)."""

from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from api.settings import Settings
from bot.link import Checkup
from bot.telegram import webhook

_MANY = 100  # updates held back at Telegram that are no passing crowd


async def check(bot: Bot, settings: Settings) -> Checkup:
    """Return what is wrong with the bot's token and with the way its updates take."""
    try:
        await bot.get_me()
        info = await bot.get_webhook_info()
    except InvalidToken:
        return Checkup(
            ("Telegram không nhận mã bot: lấy lại mã ở @BotFather, đặt PAKN_TELEGRAM_TOKEN.",)
        )
    except TelegramError as error:
        return Checkup(
            (f"Chưa kết nối được Telegram ({type(error).__name__}): kiểm tra đường ra internet.",)
        )
    return Checkup(tuple(_findings(info, settings)), info.pending_update_count)


def _findings(info: WebhookInfo, settings: Settings) -> list[str]:
    told = []
    expected = f"{settings.public_url}{webhook.PATH}"
    if settings.telegram_mode == "webhook" and info.url != expected:
        told.append(
            f"Telegram gọi “{info.url or 'không nơi nào'}” thay vì {expected}: "
            "khởi động lại máy chủ để đăng ký lại, và xem PAKN_BASE_URL."
        )
    if settings.telegram_mode == "polling" and info.url:
        told.append(
            "Bot đang đặt webhook ở nơi khác nên hỏi định kỳ không nhận được tin: "
            "khởi động lại máy chủ để gỡ, hoặc đổi PAKN_TELEGRAM_MODE=webhook."
        )
    if info.last_error_message and info.pending_update_count:
        told.append(f"Telegram chưa giao được tin, lỗi gần nhất: {info.last_error_message}.")
    if info.pending_update_count > _MANY:
        told.append(f"{info.pending_update_count} tin còn nằm ở Telegram chưa về máy chủ.")
    return told
