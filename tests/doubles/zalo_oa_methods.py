"""The calls of the Zalo OA double, each as Zalo answers it or refuses it."""

import base64
import hashlib
from typing import Any

from .zalo_oa_state import ApiError, Json, Sent, World

FREE = 48 * 3600
WINDOW = 7 * 24 * 3600
LONGEST_TEXT = 2000
MOST_BUTTONS = 5
_BUTTONS = {"oa.query.show", "oa.query.hide", "oa.open.url", "oa.open.phone", "oa.open.sms"}
_UPLOAD_MB = {"image": 1, "gif": 5, "file": 5}


class Methods:
    """Called under the world's lock; each returns ``data`` or raises ``ApiError``."""

    def __init__(self, world: World) -> None:
        self._world = world

    def token(self, secret: str, form: Json) -> Json:
        """POST /v4/oa/access_token: a code or a refresh token, each good for one use."""
        world, ledger = self._world, self._world.ledger
        if secret != world.app_secret or form.get("app_id") != world.app_id:
            raise ApiError(-14002, "Invalid app", "Invalid app id or secret key")
        if form.get("grant_type") == "authorization_code":
            challenge = ledger.codes.pop(form.get("code", ""), None)
            verifier = form.get("code_verifier", "").encode()
            digest = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest())
            if challenge is None or digest.decode().rstrip("=") != challenge:
                raise ApiError(-14019, "Invalid code", "Invalid authorization code")
            return world.issue()
        given = form.get("refresh_token", "")
        if given not in ledger.refresh or given in ledger.used:
            raise ApiError(-14014, "Refresh token is invalid or used", "Invalid refresh token")
        ledger.used.add(given)
        return world.issue()

    def check_access(self, token: str) -> None:
        """Refuse a token that is unknown (-216) or too old (-220)."""
        ends = self._world.ledger.access.get(token)
        if ends is None:
            raise ApiError(-216, "Access token is invalid")
        if ends <= self._world.now():
            raise ApiError(-220, "access_token is expired or removed")

    def consult(self, body: Json) -> Json:
        """POST /v3.0/oa/message/cs: within seven days of the user's last interaction."""
        user, message = self._user(body), body.get("message", {})
        since = self._world.now() - self._world.ledger.last_in.get(user, 0)
        if since > WINDOW:
            raise ApiError(-230, "User has not interacted with the OA in the past 7 days")
        text = message.get("text", "")
        if len(text) > LONGEST_TEXT:
            raise ApiError(-210, "Parameter exceeds limit: text")
        kind, buttons = self._attachment(message)
        if not text and kind == "text":
            raise ApiError(-201, "text is invalid!")
        sent = self._keep(user, text, kind, buttons, body)
        quota = "reply" if since <= FREE else "purchase_quota"
        return {**self._receipt(sent, user), "quota": {"quota_type": quota}}

    def template(self, body: Json) -> Json:
        """POST /v3.0/oa/message/template: needs no interaction, only an approved template."""
        user = self._user({"recipient": body})
        sent = self._keep(user, self._filled(body), "zbs", (), body)
        return self._receipt(sent, user)

    def template_by_phone(self, body: Json) -> Json:
        """POST business /message/template: a phone number instead of a user."""
        phone = str(body.get("phone", ""))
        if not phone.startswith("84") or not phone.isdigit():
            raise ApiError(-108, "Phone number is invalid")
        sent = self._keep(phone, self._filled(body), "zbs", (), body)
        return {"msg_id": sent.message_id, "sent_time": str(int(sent.at * 1000))}

    def upload(self, kind: str, content: bytes, name: str) -> Json:
        """POST /v2.0/oa/upload/{kind}: a name with an ending, and no more than Zalo takes."""
        if "." not in name:
            raise ApiError(-201, "file is invalid!")
        if len(content) > _UPLOAD_MB[kind] * 2**20:
            raise ApiError(-210, "Parameter exceeds limit: file")
        number = self._world.new_id("upload-")
        self._world.ledger.uploads[number] = content
        return {"token": number} if kind == "file" else {"attachment_id": number}

    def user_detail(self, asked: Json) -> Json:
        """GET /v3.0/oa/user/detail."""
        user = str(asked.get("user_id", ""))
        if user not in self._world.ledger.names:
            raise ApiError(-213, "User has not followed OA")
        return {"user_id": user, "display_name": self._world.ledger.names[user]}

    def account(self) -> Json:
        """GET /v2.0/oa/getoa."""
        return {"oa_id": self._world.oa_id, "name": "Phường Thạch Khôi", "is_verified": True}

    def _user(self, body: Json) -> str:
        user = str(body.get("recipient", {}).get("user_id", ""))
        if not user:
            raise ApiError(-201, "user_id is invalid!")
        if user in self._world.ledger.left:
            raise ApiError(-217, "User has blocked this OA")
        if user not in self._world.ledger.names:
            raise ApiError(-213, "User has not followed OA")
        return user

    def _attachment(self, message: Json) -> tuple[str, tuple[tuple[str, str], ...]]:
        attachment = message.get("attachment")
        if not attachment:
            return "text", ()
        payload = attachment.get("payload", {})
        if attachment.get("type") == "file":
            self._uploaded(payload.get("token"))
            return "file", ()
        if payload.get("template_type") == "media":
            (element,) = payload.get("elements", [])
            self._uploaded(element.get("attachment_id"))
            return "image", ()
        if payload.get("template_type") == "request_user_info":
            (element,) = payload.get("elements", [])
            return ("request", ()) if element.get("title") else self._invalid("elements")
        return "text", _checked(payload.get("buttons", []))

    def _uploaded(self, number: Any) -> None:
        if number not in self._world.ledger.uploads:
            raise ApiError(-201, "attachment_id is invalid!")

    def _invalid(self, name: str) -> Any:
        raise ApiError(-201, f"{name} is invalid!")

    def _filled(self, body: Json) -> str:
        wanted = self._world.ledger.templates.get(str(body.get("template_id")))
        if wanted is None:
            raise ApiError(-109, "Template is invalid")
        given = body.get("template_data", {})
        missing = [name for name in wanted if not given.get(name)]
        if missing:
            raise ApiError(-1122, f"Missing parameter: {missing[0]}")
        return " ".join(str(given[name]) for name in wanted)

    def _keep(
        self, user: str, text: str, kind: str, buttons: tuple[tuple[str, str], ...], body: Json
    ) -> Sent:
        world = self._world
        sent = Sent(world.new_id("msg-"), text, kind, buttons, world.now(), body)
        world.ledger.sent.setdefault(user, []).append(sent)
        return sent

    @staticmethod
    def _receipt(sent: Sent, user: str) -> Json:
        at = str(int(sent.at * 1000))
        return {"message_id": sent.message_id, "user_id": user, "sent_time": at}


def _checked(buttons: Any) -> tuple[tuple[str, str], ...]:
    """Titles and payloads of buttons; raises for more than Zalo takes."""
    if len(buttons) > MOST_BUTTONS:
        raise ApiError(-210, "Parameter exceeds limit: buttons")
    for button in buttons:
        if button.get("type") not in _BUTTONS or not button.get("title"):
            raise ApiError(-201, "buttons is invalid!")
        if len(button["title"]) > 100 or len(str(button.get("payload", ""))) > 1000:
            raise ApiError(-210, "Parameter exceeds limit: buttons")
    return tuple((button["title"], button["payload"]) for button in buttons)
