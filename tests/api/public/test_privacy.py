"""Nothing that tells who sent a feedback can be read anywhere in public."""

from starlette.testclient import TestClient

from api.cases.publication import PublicText
from api.people.models import Staff
from api.web.site import Site
from knowledge.text import fold
from tests.api.web.visits import LAMP, LAN, answers, publishes, sends, shows

TELLING = (
    f"{LAMP} Tôi là {LAN['name']}, {LAN['address']}, gọi 0912.345.678 hoặc +84 912 345 678. "
    "Chị Lan báo hai lần rồi. NGUYEN THI LAN."
)
REPLY = f"Đã gặp bà {LAN['name']} ({LAN['phone']}) tại {LAN['address']} và thay bóng đèn."
SECRETS = ("nguyen thi lan", "chi lan", "0912", "912345678", "so 5 ngo 12", "912 345 678")


def public_outputs(browser: TestClient, code: str) -> dict[str, str]:
    """Every public address that could show a case, with what it gives."""
    paths = (
        "/",
        "/ket-qua",
        f"/ket-qua/{code}",
        "/ket-qua?q=den",
        f"/tra-cuu?ma={code}",
        "/api/v1/results",
        "/api/v1/results?q=den",
        f"/api/v1/cases/{code}",
        "/metrics",
        "/openapi.json",
        "/quyen-rieng-tu",
    )
    return {path: browser.get(path).text for path in paths}


def told(outputs: dict[str, str]) -> list[tuple[str, str]]:
    """Where which secret can be read, marks or not, dots or not."""
    return [
        (path, secret)
        for path, text in outputs.items()
        for secret in SECRETS
        if secret in fold(text) or secret in fold(text).replace(".", "").replace(" ", "")
    ]


def test_a_case_that_nobody_made_public_can_be_read_nowhere(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, TELLING, place=LAN["address"])
    answers(site, minh, code, REPLY)

    outputs = public_outputs(lan, code)

    assert told(outputs) == []
    assert [path for path, text in outputs.items() if "bóng đèn" in text] == []


def test_a_public_result_tells_everything_but_who_sent_it(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site, TELLING, place=LAN["address"])
    answers(site, minh, code, REPLY)
    publishes(site, minh, code)

    outputs = public_outputs(lan, code)

    assert told(outputs) == []
    assert LAMP in outputs[f"/ket-qua/{code}"]
    assert "thay bóng đèn" in outputs["/api/v1/results"]


def test_what_an_officer_leaves_in_by_mistake_is_hidden_all_the_same(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    answers(site, minh, code, REPLY)
    publishes(site, minh, code, PublicText(f"{LAN['name']} báo đèn hỏng", TELLING, REPLY))

    assert told(public_outputs(lan, code)) == []


def test_nobody_finds_a_result_by_the_name_or_telephone_of_its_sender(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    shows(site, minh, TELLING)

    found = {
        query: (lan.get("/ket-qua", params={"q": query}).text.count("card-title"), total)
        for query in (LAN["name"], "nguyen thi lan", LAN["phone"], "0912345678", "thi lan")
        for total in [lan.get("/api/v1/results", params={"q": query}).json()["total"]]
    }

    assert found == dict.fromkeys(found, (0, 0))


def test_who_handled_a_case_inside_the_office_is_not_public(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = shows(site, minh)
    outputs = public_outputs(lan, code)
    assert [path for path, text in outputs.items() if minh.name in text] == []
