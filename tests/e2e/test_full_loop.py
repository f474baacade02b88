"""Ask, send a feedback, answer it, publish it: as chị Lan and anh Minh would."""

import re

import pytest
from playwright.sync_api import Page, expect

from api.web.site import Site
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser


def test_a_question_becomes_a_feedback_and_the_feedback_a_public_result(
    page: Page, office: tuple[str, Site]
) -> None:
    lan = Chat(page)
    lan.opens()
    lan.says("dang ky tam tru can giay to gi")
    lan.reads("Đăng ký tạm trú", "Giấy tờ cần có", "Theo Quyết định")
    lan.says("mất mấy ngày?")
    lan.reads("Thời hạn giải quyết")

    code = lan.sends_a_feedback("Đèn đường ngõ 12 hỏng cả tuần nay, tối rất nguy hiểm.")

    minh = Officer(page)
    minh.signs_in()
    minh.opens_case(code)
    minh.accepts()
    minh.answers("Đội điện chiếu sáng đã thay bóng đèn ngõ 12 lúc 16 giờ ngày 16/11/2026.")
    minh.publishes()

    page.goto("/tro-chuyen")
    lan.reads("đã tiếp nhận và đang xử lý", "thay bóng đèn", "đăng công khai")

    page.goto("/ket-qua")
    page.fill("[name=q]", "den duong")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Đèn đường ngõ 12").click()
    expect(page.locator("main")).to_contain_text("thay bóng đèn")
    expect(page.locator("main")).not_to_contain_text("0912")
    expect(page.locator("main")).not_to_contain_text("Nguyễn Thị Lan")

    page.goto(f"/tra-cuu?ma={code.replace('-', '').lower()}")
    expect(page.locator("main")).to_contain_text("Đã công khai kết quả")


def test_the_conversation_is_written_with_the_keyboard_only(page: Page) -> None:
    page.goto("/tro-chuyen")
    page.locator("#text").focus()
    page.keyboard.type("giấy xác nhận độc thân nộp ở đâu")
    page.keyboard.press("Enter")
    answer = page.locator(".from-bot").last
    expect(answer).to_contain_text("tình trạng hôn nhân")
    answer.locator("button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".from-bot")).to_have_count(3)


def test_no_page_is_wider_than_the_screen(page: Page) -> None:
    for path in ("/", "/hoi?q=khai sinh", "/thu-tuc", "/thu-tuc/1.001193", "/ket-qua", "/tra-cuu"):
        page.goto(path)
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, path


def test_no_page_asks_another_host_for_anything(page: Page, office: tuple[str, Site]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/docs", "/tro-chuyen", "/can-bo/dang-nhap"):
        page.goto(path, wait_until="networkidle")
    assert [url for url in asked if not url.startswith((office[0], "data:", "blob:"))] == []


class Chat:
    """Chị Lan at the web chat."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def opens(self) -> None:
        self._page.goto("/")
        self._page.get_by_role("link", name=re.compile("Trò chuyện")).first.click()
        self.reads("Xin chào")

    def says(self, text: str) -> None:
        before = self._page.locator(".from-bot").count()
        self._page.fill("#text", text)
        self._page.keyboard.press("Enter")
        expect(self._page.locator(".from-bot")).not_to_have_count(before)

    def presses(self, label: str) -> None:
        before = self._page.locator(".from-bot").count()
        self._page.locator(".from-bot").last.get_by_role("button", name=label, exact=True).click()
        expect(self._page.locator(".from-bot")).not_to_have_count(before)

    def reads(self, *words: str) -> None:
        for word in words:
            expect(self._page.locator("#messages")).to_contain_text(word)

    def sends_a_feedback(self, content: str) -> str:
        self.says(content)
        self.presses("Đúng rồi")
        self.says("ngõ 12 phố Thạch Khôi")
        self.presses("Tiếp tục")
        self.reads("bên kiểm soát dữ liệu")
        self.presses("Đồng ý")
        self.says("Nguyễn Thị Lan")
        self.says("0912 345 678")
        self.presses("Bỏ qua")
        self.presses("Chỉ dùng lần này")
        self.presses("Gửi")
        said = self._page.locator(".from-bot").last.inner_text()
        found = re.search(r"TK-26-\w{6}-\w", said)
        assert found, said
        assert "thứ Ba, 08/12/2026" in said  # 15 working days; 24/11 is a holiday
        return found[0]


class Officer:
    """Anh Minh at the console."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def signs_in(self) -> None:
        self._page.goto("/can-bo")
        self._page.fill("[name=username]", "minh")
        self._page.fill("[name=password]", PASSWORD)
        self._page.keyboard.press("Enter")
        self._page.wait_for_url("**/can-bo")

    def opens_case(self, code: str) -> None:
        self._page.locator(f'a[href="/can-bo/ho-so/{code}"]').first.click()
        expect(self._page.locator("h1")).to_have_text(code)

    def accepts(self) -> None:
        self._page.get_by_role("button", name="Tiếp nhận hồ sơ").click()
        expect(self._page.locator(".case-head")).to_contain_text("Đang xử lý")

    def answers(self, text: str) -> None:
        self._page.fill("#tra-loi", text)
        self._page.get_by_role("button", name="Gửi trả lời").click()
        expect(self._page.locator(".case-head")).to_contain_text("Đã trả lời")

    def publishes(self) -> None:
        self._page.get_by_role("button", name="Công khai", exact=True).click()
        expect(self._page.locator(".case-head")).to_contain_text("Đã công khai kết quả")
