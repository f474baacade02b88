"""Bot API methods on the bot itself: identity, updates, webhook, profile, files."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from .telegram_messages import MessageMethods
from .telegram_params import flag, integer, structure
from .telegram_shapes import DOWNLOAD_BYTES, Json, bad, conflict, file_part
from .telegram_state import Ledger, Webhook, World

LONGEST_POLL = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Methods(MessageMethods):
    """Every method the double covers; each runs with the world's lock held."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        listed: list[tuple[str, Callable[[Json], Any]]] = [
            ("getMe", self._get_me),
            ("getUpdates", self._get_updates),
            ("setWebhook", self._set_webhook),
            ("deleteWebhook", self._delete_webhook),
            ("getWebhookInfo", self._webhook_info),
            ("setMyCommands", self._set_commands),
            ("setMyDescription", self._set_description),
            ("setMyShortDescription", self._set_short_description),
            ("getFile", self._get_file),
            *self.listed(),
        ]
        self.names = {name.lower(): name for name, _ in listed}
        self._table = {name.lower(): method for name, method in listed}

    def run(self, method: str, params: Json) -> Any:
        """The ``result`` of the method; raises ``ApiError``."""
        return self._table[method.lower()](params)

    def _get_me(self, _params: Json) -> Json:
        return {
            **self.world.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def _get_updates(self, params: Json) -> list[Json]:
        world = self.world
        ledger = world.ledger
        if ledger.webhook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        offset = integer(params, "offset", 0)
        limit = min(max(integer(params, "limit", 100), 1), 100)
        self._allow(ledger, params)
        self._confirm(ledger, offset)
        ledger.polls += 1
        turn = ledger.polls
        world.lock.notify_all()
        self._await_update(ledger, turn, min(integer(params, "timeout", 0), LONGEST_POLL))
        if ledger.webhook is not None:
            raise conflict("terminated by setWebhook request")
        if ledger.polls != turn or ledger is not world.ledger:
            raise conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
        return self._take(ledger, offset, limit)

    def _await_update(self, ledger: Ledger, turn: int, seconds: int) -> None:
        world = self.world
        world.lock.wait_for(
            lambda: (
                world.closed
                or ledger is not world.ledger
                or ledger.polls != turn
                or ledger.webhook is not None
                or (bool(ledger.queue) and not ledger.held)
            ),
            max(seconds, 0),
        )

    @staticmethod
    def _confirm(ledger: Ledger, offset: int) -> None:
        if offset < 0:
            ledger.queue[:] = ledger.queue[offset:]
        else:
            ledger.queue[:] = [
                p for p in ledger.queue if p.again or p.update["update_id"] >= offset
            ]

    def _take(self, ledger: Ledger, offset: int, limit: int) -> list[Json]:
        self._confirm(ledger, max(offset, 0))
        if ledger.held:
            return []
        taken = ledger.queue[:limit]
        ledger.queue[:] = [p for p in ledger.queue if not (p.again and p in taken)]
        return [p.update for p in taken]

    @staticmethod
    def _allow(ledger: Ledger, params: Json) -> None:
        kinds = structure(params, "allowed_updates")
        if kinds is not None:
            ledger.allowed = list(kinds)

    def _set_webhook(self, params: Json) -> bool:
        ledger = self.world.ledger
        url = str(params.get("url") or "")
        secret = str(params.get("secret_token") or "")
        if secret and not _SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        if not url:
            return self._delete_webhook(params)
        if urlsplit(url).scheme not in {"http", "https"}:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        self._allow(ledger, params)
        if flag(params, "drop_pending_updates"):
            ledger.queue.clear()
        ledger.webhook = Webhook(url, secret, integer(params, "max_connections", 40))
        return True

    def _delete_webhook(self, params: Json) -> bool:
        ledger = self.world.ledger
        if flag(params, "drop_pending_updates"):
            ledger.queue.clear()
        ledger.webhook = None
        return True

    def _webhook_info(self, _params: Json) -> Json:
        ledger = self.world.ledger
        hook = ledger.webhook or Webhook("")
        info: Json = {
            "url": hook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(ledger.queue),
        }
        if hook.url:
            info["max_connections"] = hook.max_connections
        if ledger.allowed:
            info["allowed_updates"] = ledger.allowed
        if hook.last_error_message:
            info["last_error_date"] = hook.last_error_date
            info["last_error_message"] = hook.last_error_message
        return info

    def _set_commands(self, params: Json) -> bool:
        commands = structure(params, "commands")
        if not isinstance(commands, list):
            raise bad("can't parse commands: Array expected")
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command.get("description", ""))) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.world.ledger.profile["commands"] = commands
        return True

    def _set_description(self, params: Json) -> bool:
        return self._describe(params, "description", 512)

    def _set_short_description(self, params: Json) -> bool:
        return self._describe(params, "short_description", 120)

    def _describe(self, params: Json, name: str, longest: int) -> bool:
        text = str(params.get(name) or "")
        if len(text) > longest:
            raise bad(f"the {name.replace('_', ' ')} must be at most {longest} characters long")
        self.world.ledger.profile[name] = text
        return True

    def _get_file(self, params: Json) -> Json:
        file_id = str(params.get("file_id") or "")
        kept = self.world.ledger.files.get(file_id)
        if kept is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if kept.size > DOWNLOAD_BYTES:
            raise bad("file is too big")
        return {**file_part(file_id, kept.size), "file_path": kept.path}
