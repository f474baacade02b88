"""The Zalo OA double refuses what Zalo refuses."""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .server import serve
from .zalo_oa import APP_ID, APP_SECRET, HANG, OA_SECRET, ZaloOaDouble

LAN = "246845883529197922"
CS = "/v3.0/oa/message/cs"
TOKEN = "/v4/oa/access_token"


@pytest.fixture(scope="module")
def zalo_host() -> Iterator[tuple[ZaloOaDouble, str]]:
    double = ZaloOaDouble()
    with serve(double) as url:
        double.world.url = url
        yield double, url


@pytest.fixture
def zalo(zalo_host: tuple[ZaloOaDouble, str]) -> ZaloOaDouble:
    zalo_host[0].reset()
    return zalo_host[0]


@pytest.fixture
def client(zalo: ZaloOaDouble, zalo_host: tuple[ZaloOaDouble, str]) -> Iterator[httpx.Client]:
    """A client with a token, to whom chị Lan has just written."""
    zalo.meet(LAN)
    headers = {"access_token": zalo.issue()["access_token"]}
    with httpx.Client(base_url=zalo_host[1], headers=headers, trust_env=False) as opened:
        yield opened


def consult(client: httpx.Client, text: str = "Dạ", **message: Any) -> dict[str, Any]:
    body = {"recipient": {"user_id": LAN}, "message": {"text": text, **message}}
    return dict(client.post(CS, json=body).json())


def exchange(client: httpx.Client, **form: str) -> dict[str, Any]:
    answer = client.post(TOKEN, data={"app_id": APP_ID, **form}, headers={"secret_key": APP_SECRET})
    return dict(answer.json())


def test_a_refresh_token_is_good_for_one_use(client: httpx.Client, zalo: ZaloOaDouble) -> None:
    old = zalo.issue()["refresh_token"]
    first = exchange(client, grant_type="refresh_token", refresh_token=old)
    again = exchange(client, grant_type="refresh_token", refresh_token=old)
    assert first["expires_in"] == "90000"
    assert again["error"] == -14014


def test_a_code_needs_the_verifier_of_its_challenge(
    client: httpx.Client, zalo: ZaloOaDouble
) -> None:
    digest = base64.urlsafe_b64encode(hashlib.sha256(b"v" * 43).digest()).decode().rstrip("=")
    form = {"grant_type": "authorization_code"}
    right = exchange(client, **form, code=zalo.consent(digest), code_verifier="v" * 43)
    wrong = exchange(client, **form, code=zalo.consent(digest), code_verifier="w" * 43)
    assert "access_token" in right
    assert "access_token" not in wrong


def test_tokens_are_unknown_or_grow_old(client: httpx.Client, zalo: ZaloOaDouble) -> None:
    assert consult(client)["error"] == 0
    zalo.pass_(hours=26)
    assert consult(client)["error"] == -220
    client.headers["access_token"] = "made up"
    assert consult(client)["error"] == -216


def test_the_window_closes_after_seven_days(client: httpx.Client, zalo: ZaloOaDouble) -> None:
    zalo.world.life = 10**7
    client.headers["access_token"] = zalo.issue()["access_token"]
    assert consult(client)["data"]["quota"]["quota_type"] == "reply"
    zalo.pass_(hours=49)
    assert consult(client)["data"]["quota"]["quota_type"] == "purchase_quota"
    zalo.pass_(days=5)
    assert consult(client)["error"] == -230
    zalo.meet(LAN)
    assert consult(client)["error"] == 0


def test_long_texts_and_a_sixth_button_are_refused(
    client: httpx.Client, zalo: ZaloOaDouble
) -> None:
    button = {"title": "Gửi", "type": "oa.query.hide", "payload": "#gui"}
    template = {"type": "template", "payload": {"buttons": [button] * 6}}
    assert consult(client, "a" * 2001)["error"] == -210
    assert consult(client, attachment=template)["error"] == -210
    template["payload"] = {"buttons": [button] * 5}
    assert consult(client, attachment=template)["error"] == 0
    assert zalo.sent(LAN)[0].buttons == (("Gửi", "#gui"),) * 5


def test_a_picture_is_uploaded_before_it_is_sent(client: httpx.Client, zalo: ZaloOaDouble) -> None:
    files = {"file": ("anh.jpg", b"jpeg")}
    number = client.post("/v2.0/oa/upload/image", files=files).json()["data"]["attachment_id"]
    payload = {"template_type": "media", "elements": [{"attachment_id": number}]}
    assert consult(client, attachment={"type": "template", "payload": payload})["error"] == 0
    assert zalo.sent(LAN)[0].kind == "image"
    big = {"file": ("anh.jpg", b"x" * (2**20 + 1))}
    assert client.post("/v2.0/oa/upload/image", files=big).json()["error"] == -210


def test_a_template_needs_no_window_but_all_its_parameters(
    client: httpx.Client, zalo: ZaloOaDouble
) -> None:
    zalo.world.life = 10**7
    client.headers["access_token"] = zalo.issue()["access_token"]
    zalo.approve("7", "code")
    zalo.pass_(days=30)
    path, body = "/v3.0/oa/message/template", {"user_id": LAN, "template_id": "7"}
    assert client.post(path, json={**body, "template_data": {}}).json()["error"] == -1122
    assert client.post(path, json={**body, "template_data": {"code": "TK"}}).json()["error"] == 0
    by_phone = {"phone": "84912345678", "template_id": "7", "template_data": {"code": "TK"}}
    assert client.post("/message/template", json=by_phone).json()["data"]["msg_id"]
    assert client.post("/message/template", json={"phone": "0912"}).json()["error"] == -108


def test_who_someone_is_and_what_was_shut_down(client: httpx.Client) -> None:
    asked = {"data": json.dumps({"user_id": LAN})}
    assert client.get("/v3.0/oa/user/detail", params=asked).json()["data"]["user_id"] == LAN
    assert client.get("/v2.0/oa/getoa").json()["data"]["is_verified"] is True
    assert client.post("/v3.0/oa/message/transaction", json={}).json()["error"] == -240


def test_people_who_left_or_never_wrote_are_not_reached(
    client: httpx.Client, zalo: ZaloOaDouble
) -> None:
    body = {"recipient": {"user_id": "nobody"}, "message": {"text": "Dạ"}}
    assert client.post(CS, json=body).json()["error"] == -213
    zalo.block(LAN)
    assert consult(client)["error"] == -217


def test_faults_come_with_or_without_the_effect(client: httpx.Client, zalo: ZaloOaDouble) -> None:
    zalo.fault(CS, -32)
    zalo.fault(CS, status=500, after=True)
    assert consult(client)["error"] == -32
    assert zalo.sent(LAN) == []
    body = {"recipient": {"user_id": LAN}, "message": {"text": "Dạ"}}
    assert client.post(CS, json=body).status_code == 500
    assert len(zalo.sent(LAN)) == 1
    zalo.fault(CS, status=HANG)
    with pytest.raises(httpx.ReadTimeout):
        client.post(CS, json=body, timeout=0.1)
    zalo.reset()


class Hook:
    """A webhook: checks nothing, notes all, answers the statuses in turn, then 200."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, dict[str, str]]] = []
        self.statuses: list[int] = []

    async def take(self, request: Request) -> Response:
        self.heard.append((await request.body(), dict(request.headers)))
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
def hook(zalo: ZaloOaDouble) -> Iterator[Hook]:
    noted = Hook()
    with serve(Starlette(routes=[Route("/hook", noted.take, methods=["POST"])])) as url:
        zalo.hook(f"{url}/hook")
        yield noted
        zalo.reset()


def mac_of(raw: bytes, secret: str) -> str:
    stamp = json.loads(raw)["timestamp"]
    whole = APP_ID.encode() + raw + stamp.encode() + secret.encode()
    return f"mac={hashlib.sha256(whole).hexdigest()}"


def test_events_are_signed_over_their_very_bytes(zalo: ZaloOaDouble, hook: Hook) -> None:
    zalo.say(LAN, "đường hỏng")
    zalo.wait_for(lambda: zalo.deliveries)
    raw, headers = hook.heard[0]
    assert headers["x-zevent-signature"] == mac_of(raw, OA_SECRET)
    assert json.loads(raw)["message"]["text"] == "đường hỏng"


def test_a_forged_event_is_signed_with_another_secret(zalo: ZaloOaDouble, hook: Hook) -> None:
    event = zalo.say(LAN, "một")
    zalo.wait_for(lambda: zalo.deliveries)
    zalo.forge(event)
    zalo.wait_for(lambda: zalo.deliveries[1:])
    raw, headers = hook.heard[1]
    assert headers["x-zevent-signature"] != mac_of(raw, OA_SECRET)


def test_an_event_comes_again_with_its_number_until_it_is_taken(
    zalo: ZaloOaDouble, hook: Hook
) -> None:
    hook.statuses = [500, 503]
    zalo.say(LAN, "một")
    zalo.wait_for(lambda: zalo.pending() == 0)
    assert [headers.get("num_retry") for _, headers in hook.heard] == [None, "1", "2"]
    assert len({raw for raw, _ in hook.heard}) == 1
    assert [delivery.status for delivery in zalo.deliveries] == [500, 503, 200]
