"""Attachments: what is taken, what is refused, and what is left of a picture."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlmodel import select

from api.errors import NotFoundError, PeopleError, TooLargeError
from api.files.models import Attachment
from api.files.store import FileStore, Upload, clean_name, of_case
from api.web.site import Site
from tests.api.cases.cast import chat_of, send

STORE = FileStore(Path("khong-dung-den"), limit=200_000)  # accept() writes nothing
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(300)
VOICE = (
    b"OggS\x00\x02" + bytes(8) + b"\x2a\x00\x00\x00" + bytes(8) + b"\x01\x13OpusHead" + bytes(80)
)
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x21" + bytes(100)
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(100)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TAKEN = {"image/jpeg", "application/pdf", DOCX, "audio/ogg", "audio/mpeg", "video/mp4"}
EXIF_GPS, EXIF_MAKE, EXIF_ORIENTATION = 0x8825, 0x010F, 0x0112


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    """Return a red picture."""
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind)
    return out.getvalue()


def photo(orientation: int = 1) -> bytes:
    """Return a picture as a telephone makes it: with place, maker and orientation."""
    image = Image.new("RGB", (60, 40), "white")
    image.paste("red", (0, 0, 30, 40))  # red on the left
    exif = Image.Exif()
    exif[EXIF_MAKE] = "DienThoaiCuaLan"
    exif[EXIF_ORIENTATION] = orientation
    exif.get_ifd(EXIF_GPS).update({1: "N", 2: (20.0, 56.0, 0.0), 3: "E", 4: (106.0, 19.0, 0.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def zipped(*names: str) -> bytes:
    """Return a zip file with entries of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "nội dung " * 10)
    return out.getvalue()


WORD = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def opened(content: bytes) -> Image.Image:
    """Return a kept picture."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def taken_as(upload: Upload) -> str:
    """Return the media type of a file that is taken, or the sentence that refuses it."""
    try:
        return STORE.accept(upload)[1]
    except PeopleError as error:
        return error.sentence


def test_a_photo_loses_place_and_maker() -> None:
    sent = photo()
    assert opened(sent).getexif().get_ifd(EXIF_GPS)

    content, media_type, ending = STORE.accept(Upload("nha.jpg", sent))

    assert (media_type, ending) == ("image/jpeg", ".jpg")
    assert dict(opened(content).getexif()) == {}
    assert b"DienThoaiCuaLan" not in content
    assert b"Exif" not in content


def test_a_photo_taken_upright_stays_upright() -> None:
    content, _, _ = STORE.accept(Upload("nha.jpg", photo(orientation=6)))  # turned clockwise

    image = opened(content)
    assert image.size == (40, 60)
    assert image.getpixel((20, 10))[1] < 60  # red: what was left is now on top
    assert image.getpixel((20, 50))[1] > 200


def test_what_was_smuggled_behind_a_picture_is_gone() -> None:
    content, _, _ = STORE.accept(Upload("anh.jpg", picture() + EXE + b"<script>alert(1)</script>"))

    assert b"MZ\x90" not in content
    assert b"<script>" not in content


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_every_picture_becomes_a_jpeg_of_the_same_look(kind: str) -> None:
    content, media_type, ending = STORE.accept(Upload(f"anh.{kind.lower()}", picture(kind)))

    image = opened(content)
    assert (media_type, ending, image.format) == ("image/jpeg", ".jpg", "JPEG")
    assert image.size == (60, 40)
    red, green, blue = image.getpixel((30, 20))
    assert (red > 240, green < 20, blue < 20) == (True, True, True)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_colour_mode_are_taken(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "PNG")

    assert STORE.accept(Upload("anh.png", out.getvalue()))[1] == "image/jpeg"


def test_what_is_transparent_becomes_white_so_that_black_letters_stay_readable() -> None:
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")

    content, _, _ = STORE.accept(Upload("chu-ky.png", out.getvalue()))

    assert min(opened(content).getpixel((10, 10))) > 240


def test_a_large_picture_is_made_smaller_in_its_own_shape() -> None:
    content, _, _ = STORE.accept(Upload("anh.png", picture("PNG", (4096, 1024))))

    assert opened(content).size == (2048, 512)


@pytest.mark.parametrize(
    ("name", "content", "media_type", "ending"),
    [
        ("don.pdf", PDF, "application/pdf", ".pdf"),
        ("don.docx", WORD, DOCX, ".docx"),
        ("loi-noi.ogg", VOICE, "audio/ogg", ".ogg"),
        ("loi-noi.mp3", MP3, "audio/mpeg", ".mp3"),
        ("canh.mp4", MP4, "video/mp4", ".mp4"),
    ],
)
def test_papers_and_recordings_are_kept_as_they_are(
    name: str, content: bytes, media_type: str, ending: str
) -> None:
    assert STORE.accept(Upload(name, content)) == (content, media_type, ending)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("anh.jpg", EXE),
        ("don.pdf", EXE),
        ("anh.jpg", b"\x7fELF\x02\x01\x01" + bytes(300)),
        ("anh.jpg", b"<!DOCTYPE html><html><script>alert(1)</script></html>"),
        ("anh.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("anh.jpg", picture("GIF", mode="P")),
        ("don.docx", zipped("bang-tinh.exe")),
        ("don.docx", zipped("[Content_Types].xml", "xl/workbook.xml")),
        ("don.docx", zipped("AndroidManifest.xml", "classes.dex")),
        ("don.docx", zipped("password/a.txt")),
        ("don.docx", zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("ghi-chu.txt", "xin chào".encode()),
        ("trong.pdf", b""),
        ("nua.pdf", b"%"),
    ],
)
def test_what_a_file_is_decides_and_not_its_name(name: str, content: bytes) -> None:
    with pytest.raises(PeopleError) as refused:
        STORE.accept(Upload(name, content))

    assert name in refused.value.sentence
    assert "PDF" in refused.value.next_step


def test_a_picture_under_the_name_of_a_program_is_a_picture() -> None:
    assert STORE.accept(Upload("anh.exe", picture()))[2] == ".jpg"


def test_a_file_of_just_the_largest_size_is_taken_and_one_byte_more_is_not() -> None:
    store = FileStore(Path("khong-dung-den"), limit=2**20)
    whole = PDF + bytes(2**20 - len(PDF))
    assert store.accept(Upload("don.pdf", whole))[0] == whole

    with pytest.raises(TooLargeError, match="1 MB") as refused:
        store.accept(Upload("don.pdf", whole + b"x"))

    assert refused.value.status == 413
    assert refused.value.next_step


@pytest.mark.parametrize(
    "size",
    [
        (8_000, 7_000),  # above our limit
        (10_000, 10_000),  # above the limit at which Pillow warns
        (20_000, 10_000),  # above the limit at which Pillow refuses
    ],
)
def test_a_picture_of_too_many_dots_is_refused_as_too_large(size: tuple[int, int]) -> None:
    bomb = picture("PNG", size, mode="1")
    assert len(bomb) < STORE.limit

    with pytest.raises(TooLargeError, match="quá lớn"):
        STORE.accept(Upload("anh.png", bomb))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused_with_what_to_do(kind: str) -> None:
    half = picture(kind, (300, 300))
    half = half[: len(half) // 2]

    with pytest.raises(PeopleError, match="Không mở được") as refused:
        STORE.accept(Upload("anh.jpg", half))

    assert refused.value.next_step


@settings(deadline=None, derandomize=True, max_examples=150)
@given(
    original=st.sampled_from(
        [picture("JPEG"), picture("PNG"), picture("WEBP"), photo(), PDF, WORD]
    ),
    slips=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 255)), max_size=6),
    length=st.integers(0, 1000),
)
def test_no_damage_to_a_file_is_more_than_a_refusal(
    original: bytes, slips: list[tuple[int, int]], length: int
) -> None:
    damaged = bytearray(original)
    for place, value in slips:
        damaged[place % len(damaged)] = value

    said = taken_as(Upload("tep cua lan", bytes(damaged[: length + 20])))

    assert said in TAKEN or "tep cua lan" in said


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("don xin.pdf", "don xin.pdf"),
        ("Đơn xin.pdf", "Đơn xin.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lan\\anh.jpg", "anh.jpg"),
        ("/nha/../anh.jpg", "anh.jpg"),
        ("a\x00b\r\nc.jpg", "abc.jpg"),
        ("  nhiều   dấu cách.jpg ", "nhiều dấu cách.jpg"),
        ("", "tep"),
        ("thu-muc/", "tep"),
        ("..", "tep"),
        ("../..", "tep"),
    ],
)
def test_a_name_loses_folders_and_odd_signs(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


def test_a_long_name_fits_its_column() -> None:
    assert len(clean_name("ảnh" * 200 + ".jpg")) == 200


def keep(site: Site, name: str, content: bytes) -> Attachment:
    """Keep a file in a transaction of its own."""
    with site.database.writing() as session:
        return site.files.keep(session, Upload(name, content), site.clock())


def test_a_kept_file_lies_in_the_folder_under_a_name_of_our_own(site: Site) -> None:
    row = keep(site, "../../../don.pdf", PDF)

    path = site.files.path(row)
    assert path.parent == site.files.folder
    assert path.read_bytes() == PDF
    assert "don" not in row.stored
    assert (row.name, row.size, row.media_type) == ("don.pdf", len(PDF), "application/pdf")


def test_a_kept_png_lies_in_the_folder_as_a_jpeg(site: Site) -> None:
    row = keep(site, "anh.png", picture("PNG"))

    assert row.stored.endswith(".jpg")
    assert row.size == site.files.path(row).stat().st_size


def test_addresses_of_files_cannot_be_guessed(site: Site) -> None:
    first, second = keep(site, "don.pdf", PDF), keep(site, "don.pdf", PDF)

    assert first.token != second.token
    assert first.stored != second.stored
    assert len(first.token) >= 24


def test_a_refused_file_leaves_neither_row_nor_bytes(site: Site) -> None:
    with pytest.raises(PeopleError):
        keep(site, "anh.jpg", EXE)

    with site.database.reading() as session:
        assert session.exec(select(Attachment)).all() == []
    assert not site.files.folder.exists() or list(site.files.folder.iterdir()) == []


def test_a_file_that_was_not_fetched_yet_has_no_path(site: Site) -> None:
    at = site.clock()
    row = Attachment(token="t", name="anh.jpg", remote="abc", due_at=at, created_at=at)

    with pytest.raises(NotFoundError):
        site.files.path(row)


def test_a_file_whose_bytes_are_gone_is_not_found(site: Site) -> None:
    row = keep(site, "don.pdf", PDF)
    site.files.path(row).unlink()

    with pytest.raises(NotFoundError) as refused:
        site.files.path(row)

    assert refused.value.next_step


def test_the_files_of_a_case_come_in_the_order_they_were_sent(site: Site) -> None:
    lan = chat_of(site)
    with site.database.writing() as session:
        for name in ("mot.pdf", "hai.pdf", "ba.pdf"):
            site.files.keep(session, Upload(name, PDF), site.clock(), chat_id=lan.id)
        tokens = tuple(row.token for row in session.exec(select(Attachment)))
    case = send(site, lan, attachments=tokens)

    with site.database.reading() as session:
        assert [row.name for row in of_case(session, case.id)] == ["mot.pdf", "hai.pdf", "ba.pdf"]
