"""Which part of a procedure is asked, as people of the North, the Centre and the South ask."""

import pytest

from knowledge.aspects import Aspect, AspectFinder
from knowledge.clerk import Clerk
from knowledge.lexicon import Lexicon
from knowledge.phrases import spell
from knowledge.text import fold

ASKED = {
    Aspect.DOCUMENTS: [
        "Làm khai sinh cho con thì cần những giấy tờ gì?",
        "Đi đăng ký kết hôn phải mang theo những gì hả anh?",
        "Hồ sơ xin tách thửa gồm những gì",
        "Cháu cần chuẩn bị gì để đổi bằng lái",
        "Bác đi chứng thực di chúc thì cầm giấy tờ nào theo",
        "Xin xác nhận độc thân cần đem theo giấy gì vậy em",
        "Muốn mở quán cà phê thì nộp những giấy tờ gì",
        "Mở tạp hóa cần đem theo cái chi rứa",
        "Làm tạm trú thì cần giấy tờ chi hè",
        "Khai tử cho ông nội cần mấy bản sao giấy báo tử",
        "Thành phần hồ sơ đăng ký thường trú",
        "Có cần sổ hộ khẩu không ạ, em làm tạm trú",
    ],
    Aspect.FEE: [
        "Làm lại giấy khai sinh hết bao nhiêu tiền?",
        "Lệ phí đăng ký kết hôn là bao nhiêu",
        "Sao y bản chính mất mấy đồng một trang",
        "Đăng ký tạm trú có mất phí không em",
        "Chứng thực chữ ký tốn bao nhiêu vậy",
        "Xin giấy phép xây nhà phải đóng bao nhiêu tiền",
        "Tách sổ đỏ nhiêu tiền vậy chú",
        "Làm căn cước cho con có tốn tiền hông",
        "Mức thu phí cấp bản sao trích lục",
        "Đổi bằng lái mất mấy tiền hả o",
        "Người nghèo có được miễn lệ phí không",
        "Sang tên xe máy đóng phí thế nào",
    ],
    Aspect.TIME: [
        "Làm khai sinh bao lâu thì có?",
        "Xác nhận tình trạng hôn nhân mấy ngày xong hả em",
        "Nộp hồ sơ cấp sổ đỏ thì bao giờ lấy được",
        "Thời hạn giải quyết hồ sơ hộ kinh doanh",
        "Đổi căn cước mấy bữa thì có vậy",
        "Nộp rồi chừng nào lấy được giấy kết hôn",
        "Xin giấy phép xây dựng chờ bao lâu",
        "Trích lục khai tử có lấy liền được không",
        "Làm giấy tạm trú khi mô lấy được",
        "Hồ sơ trợ cấp người già phải đợi bao lâu",
        "Chứng thực bản sao có lấy ngay trong ngày không",
        "Đăng ký nuôi con nuôi mất mấy tháng",
    ],
    Aspect.PLACE: [
        "Đăng ký khai sinh thì nộp ở đâu?",
        "Muốn làm căn cước cho con phải đến đâu",
        "Tôi xin giấy phép sửa nhà thì nộp hồ sơ tại đâu",
        "Cơ quan nào giải quyết việc tách thửa",
        "Em làm tạm trú ở chỗ nào vậy",
        "Chứng thực hợp đồng thì gặp ai",
        "Làm trợ cấp khuyết tật thì lên xã hay lên tỉnh, nộp cho ai",
        "Đăng ký kết hôn làm ở mô rứa",
        "Khai tử cho mạ tui thì ra mô làm",
        "Ở trọ thì làm giấy ở nơi tạm trú hay thường trú",
        "Ai có thẩm quyền cấp giấy phép hộ kinh doanh",
        "Con tui học xa, làm căn cước có phải về quê không",
    ],
    Aspect.HOW: [
        "Thủ tục đăng ký khai sinh như thế nào?",
        "Muốn cải chính ngày sinh thì phải làm sao",
        "Các bước đăng ký hộ kinh doanh",
        "Tôi muốn nhận con nuôi thì làm thế nào",
        "Quy trình tách sổ ra sao ạ",
        "Hướng dẫn tôi đăng ký tạm trú với",
        "Mất giấy khai sinh rồi giờ làm sao",
        "Trình tự thực hiện cấp giấy phép xây dựng",
        "Cách đăng ký kết hôn với người nước ngoài",
        "Mạ tui mất thì mần răng để khai tử",
        "Chỉ giùm cách xin trợ cấp cho má tui",
        "Muốn sang tên xe thì phải mần răng hả chú",
    ],
    Aspect.CONDITIONS: [
        "Điều kiện để tách thửa là gì?",
        "Ai được hưởng trợ cấp xã hội hằng tháng",
        "Bao nhiêu tuổi thì được đăng ký kết hôn",
        "Ở trọ như em có được đăng ký thường trú không, cần điều kiện gì",
        "Trường hợp nào được miễn nghĩa vụ quân sự",
        "Nhờ người khác làm thay được không",
        "Sửa mái nhà có phải xin phép không",
        "Muốn nhận con nuôi thì yêu cầu những gì",
        "Bán hàng rong có cần giấy phép không",
        "Đối tượng nào được cấp thẻ bảo hiểm y tế miễn phí",
        "Nhà tui như rứa có thuộc diện hộ nghèo không",
        "Ủy quyền cho con đi làm thay được không",
    ],
    Aspect.LEGAL: [
        "Căn cứ pháp lý của thủ tục khai sinh",
        "Đăng ký kết hôn theo luật nào quy định",
        "Nghị định nào nói về hộ kinh doanh",
        "Tách thửa theo quy định nào hiện nay",
        "Thông tư nào hướng dẫn đăng ký cư trú",
        "Thu phí chứng thực căn cứ vào đâu",
        "Việc này quy định ở đâu vậy cán bộ",
        "Văn bản nào quy định mức trợ cấp",
        "Điều luật nào cho phép nhận cha mẹ con",
        "Cơ sở pháp lý để thu hồi sổ đỏ",
        "Rứa theo luật chi mà bắt nộp cái ni",
        "Cho tui hỏi luật mới quy định sao về căn cước",
    ],
    Aspect.RESULT: [
        "Làm xong khai sinh thì được cấp giấy gì?",
        "Kết quả nhận được là gì",
        "Giấy xác nhận độc thân có giá trị bao lâu",
        "Nộp hồ sơ xong thì nhận được gì",
        "Trợ cấp khuyết tật được hưởng bao nhiêu một tháng",
        "Thẻ căn cước có hạn bao lâu",
        "Đăng ký tạm trú xong có được cấp giấy không",
        "Khai sinh trả bản giấy hay bản điện tử",
        "Mai táng phí được lãnh bao nhiêu vậy con",
        "Giấy ni xài được bao lâu",
        "Làm xong ra giấy gì hả anh",
        "Người có công được hỗ trợ bao nhiêu tiền",
    ],
    Aspect.FORM: [
        "Cho em xin mẫu tờ khai đăng ký khai sinh",
        "Tải mẫu đơn ở đâu ạ",
        "Đăng ký kết hôn dùng mẫu nào",
        "Đơn xin tách thửa viết sao",
        "Có mẫu sẵn không hay phải viết tay",
        "Gửi em mẫu đơn xin xác nhận độc thân với",
        "Lấy tờ khai ở đâu để điền trước",
        "Cách điền tờ khai cư trú",
        "Mẫu số mấy thì dùng cho hộ kinh doanh",
        "Biểu mẫu khai tử mới nhất",
        "Đơn ni viết sao hả cán bộ, có mẫu không",
        "Ghi tờ khai thế nào cho đúng",
    ],
    Aspect.ONLINE: [
        "Đăng ký khai sinh làm online được không?",
        "Em nộp hồ sơ qua mạng được không ạ",
        "Có nộp trực tuyến được không",
        "Làm tạm trú trên VNeID được không",
        "Tui ở xa, làm trên mạng được hông",
        "Đăng ký kết hôn trên cổng dịch vụ công thì vào trang nào",
        "Ở nhà làm được không hay phải ra phường",
        "Nộp qua bưu điện có được không",
        "Làm trên điện thoại được không con",
        "Hộ kinh doanh đăng ký qua mạng",
        "Có phải đến trực tiếp không hay gửi bưu điện được",
        "Xin cái link nộp hồ sơ",
    ],
}
SENTENCES = [(aspect, sentence) for aspect, asked in ASKED.items() for sentence in asked]


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> AspectFinder:
    """A finder with the phrases that come with the product."""
    return AspectFinder(lexicon)


@pytest.mark.parametrize(("aspect", "sentence"), SENTENCES)
def test_the_asked_part_is_found_first(clerk: Clerk, aspect: Aspect, sentence: str) -> None:
    assert clerk.aspects_of(sentence)[:1] == (aspect,)


@pytest.mark.parametrize(("aspect", "sentence"), SENTENCES)
def test_the_asked_part_is_found_without_marks(clerk: Clerk, aspect: Aspect, sentence: str) -> None:
    assert aspect in clerk.aspects_of(fold(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "👍👍👍",
        "Đăng ký khai sinh",
        "vợ em mới sinh em bé",
        "đèn đường ngõ 12 hỏng",
        "Hoà giải viên ở cơ sở",
    ],
)
def test_a_text_that_asks_for_no_part_gives_none(finder: AspectFinder, sentence: str) -> None:
    assert finder.find(sentence) == ()


def test_two_asked_parts_are_both_found(finder: AspectFinder) -> None:
    asked = finder.find("Làm khai sinh cần giấy tờ gì và lệ phí bao nhiêu?")
    assert set(asked) == {Aspect.DOCUMENTS, Aspect.FEE}


def test_the_surer_of_two_parts_comes_first(finder: AspectFinder) -> None:
    asked = finder.find("lệ phí bao nhiêu, mức phí thế nào, nộp ở đâu")
    assert asked == (Aspect.FEE, Aspect.PLACE)


def test_one_hint_alone_is_not_enough(lexicon: Lexicon, finder: AspectFinder) -> None:
    hint = lexicon.aspects["documents"].weak[0]
    assert finder.find(f"{hint} của tôi bị ướt mưa") == ()


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("phí", Aspect.FEE),
        ("còn phí", Aspect.FEE),
        ("thời hạn", Aspect.TIME),
        ("giấy tờ", Aspect.DOCUMENTS),
        ("online", Aspect.ONLINE),
    ],
)
def test_a_hint_that_is_all_that_was_said_is_enough(
    finder: AspectFinder, text: str, aspect: Aspect
) -> None:
    assert finder.find(text) == (aspect,)


def test_a_mark_that_was_typed_is_not_read_as_another_word(finder: AspectFinder) -> None:
    assert finder.find("phi công") == ()
    assert Aspect.FEE not in finder.find("lề phỉ")


def test_what_remains_is_the_matter_without_the_asked_part(finder: AspectFinder) -> None:
    rest = finder.rest(spell("khai sinh bao nhiêu tiền"))
    assert [word.typed for word in rest] == ["khai", "sinh"]


def test_nothing_remains_of_a_question_for_a_part_of_nothing(finder: AspectFinder) -> None:
    assert finder.rest(spell("bao nhiêu tiền")) == []
