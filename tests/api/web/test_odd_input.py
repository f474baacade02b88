"""Signs and numbers that no form sends are answered, on both databases."""

from starlette.testclient import TestClient

from api.people.models import Staff
from api.web.site import Site
from tests.api.web.visits import case_of, sends, sign_in

HUGE = 10**20


PATHS = (
    "/hoi?q=%00",
    "/thu-tuc?q=%00",
    "/thu-tuc/%00",
    "/ket-qua?q=%00",
    "/ket-qua/%00",
    "/tra-cuu?ma=%00",
    "/tep/%00",
    "/tro-chuyen/tep/%00",
    "/api/v1/results?q=%00",
    "/api/v1/cases/%00",
    "/api/v1/procedures?q=%00",
    "/hoi?q=%ED%A0%80%F0%9F%98%80",
)
NUMBERS = (
    f"/can-bo/danh-muc/{HUGE}/kich-hoat",
    f"/can-bo/gui-nhan/nhan/{HUGE}/thu-lai",
    f"/can-bo/gui-nhan/gui/{HUGE}/thu-lai",
    f"/can-bo/tai-khoan/phien/{HUGE}/thu-hoi",
)


def test_a_sign_that_databases_cannot_keep_breaks_no_page(lan: TestClient) -> None:
    statuses = {path: lan.get(path).status_code for path in PATHS}
    assert {path: status for path, status in statuses.items() if status >= 500} == {}


def test_a_sign_that_databases_cannot_keep_breaks_no_staff_page(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    sign_in(lan, site, minh)
    assert lan.get("/can-bo?q=%00").status_code == 200
    assert lan.get("/can-bo/tep/%00").status_code in {404, 422}


def test_a_sign_that_databases_cannot_keep_breaks_no_login(lan: TestClient) -> None:
    answer = lan.post("/can-bo/dang-nhap", data={"username": "minh\0", "password": "\0"})
    assert answer.status_code == 401


def test_a_sign_that_databases_cannot_keep_is_left_out_of_an_answer(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    sign_in(lan, site, minh)

    lan.post(
        f"/can-bo/ho-so/{code}/tra-loi",
        data={"version": case_of(site, code).version, "text": "Đã thay\0 bóng đèn."},
    )

    assert "Đã thay bóng đèn." in lan.get(f"/can-bo/ho-so/{code}").text


def test_a_number_too_large_for_a_database_is_not_found(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    sign_in(lan, site, minh)
    statuses = {path: lan.post(path).status_code for path in NUMBERS}
    assert {path: status for path, status in statuses.items() if status >= 500} == {}


def test_a_version_too_large_for_a_database_is_refused(
    lan: TestClient, site: Site, minh: Staff
) -> None:
    code = sends(site)
    sign_in(lan, site, minh)
    answer = lan.post(f"/can-bo/ho-so/{code}/tiep-nhan", data={"version": HUGE})
    assert answer.status_code in {409, 422}
