"""Attachments: what is accepted, and how it is kept.

Pictures are decoded and written anew, which drops place, camera and everything else that a
phone hides in them, and whatever was smuggled into the file. Documents are kept as they are.
"""

import io
import secrets
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlmodel import Session, col, select

from api.errors import NotFoundError, PeopleError, TooLargeError
from api.files.models import Attachment
from knowledge.text import squeeze

_PICTURES = {"image/jpeg", "image/png", "image/webp"}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCUMENTS = {"application/pdf": ".pdf", _WORD: ".docx"}
_SOUNDS = {
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
}
Image.MAX_IMAGE_PIXELS = None  # our own limit is stricter and has its own sentence
_MOST_PIXELS = 50_000_000
_LONGEST_SIDE = 2048
_LONGEST_ENDING = 10


@dataclass(frozen=True)
class Upload:
    """A file as it came: its name as the person has it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class FileStore:
    """Keeps attachments in a folder; limit is the largest size in bytes."""

    folder: Path
    limit: int

    def accept(self, upload: Upload) -> tuple[bytes, str, str]:
        """Return bytes to keep, media type and ending; raises PeopleError for what is not taken."""
        if len(upload.content) > self.limit:
            raise TooLargeError(
                f"Tệp “{upload.name}” lớn hơn {self.limit // 2**20} MB.",
                "Bạn gửi tệp nhỏ hơn, hoặc chụp lại ảnh với độ phân giải thấp hơn.",
            )
        kind = _media_type(upload.content)
        if kind in _PICTURES:
            return _redrawn(upload), "image/jpeg", ".jpg"
        endings = _DOCUMENTS | _SOUNDS
        if kind in endings:
            return upload.content, kind, endings[kind]
        raise PeopleError(
            f"Chưa nhận được loại tệp của “{upload.name}”.",
            "Bạn gửi ảnh (JPG, PNG, WEBP), tệp PDF, Word (.docx), ghi âm hoặc video MP4.",
        )

    def keep(
        self, session: Session, upload: Upload, at: datetime, *, chat_id: int | None = None
    ) -> Attachment:
        """Accept a file, write it to the folder and add its row."""
        row = Attachment(
            token=secrets.token_urlsafe(18),
            chat_id=chat_id,
            name=clean_name(upload.name),
            due_at=at,
            created_at=at,
        )
        self.fill(row, upload)
        session.add(row)
        session.flush()
        return row

    def fill(self, row: Attachment, upload: Upload) -> None:
        """Write the bytes of a row that is known already; the same errors as accept."""
        content, row.media_type, ending = self.accept(upload)
        row.size = len(content)
        row.stored = f"{secrets.token_hex(16)}{ending}"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / row.stored).write_bytes(content)

    def path(self, row: Attachment) -> Path:
        """Return where the bytes of a row are; raises NotFoundError where they are not."""
        path = self.folder / row.stored
        if not row.stored or not path.is_file():
            raise NotFoundError("Không tìm thấy tệp này.", "Bạn tải lại trang.")
        return path


def of_case(session: Session, case_id: int | None) -> list[Attachment]:
    """Return the attachments of a case in the order they came."""
    query = select(Attachment).where(Attachment.case_id == case_id).order_by(col(Attachment.id))
    return list(session.exec(query))


def by_tokens(session: Session, tokens: Sequence[str]) -> list[Attachment]:
    """Return the attachments with these tokens in the order they came."""
    if not tokens:
        return []
    query = select(Attachment).where(col(Attachment.token).in_(tokens))
    return list(session.exec(query.order_by(col(Attachment.id))))


def clean_name(name: str) -> str:
    """Return a file name without folders and odd characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = squeeze("".join(c for c in last if c.isprintable())).strip(". ") or "tep"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return clean[:200]
    return f"{stem[: 199 - len(ending)]}.{ending}"


def _media_type(content: bytes) -> str:
    try:
        found = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return ""
    kinds = [match.mime_type for match in found]
    if content.startswith(b"#!AMR"):  # known to the library by its ending alone
        return "audio/amr"
    if content.startswith(b"PK"):
        return _WORD if _is_word(content) else ""
    first = next((kind for kind in kinds if kind), "")
    return "audio/ogg" if first == "application/ogg" else first


def _is_word(content: bytes) -> bool:
    """Tell whether a zip file is a Word document without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return {"[Content_Types].xml", "word/document.xml"} <= names and not any(
        name.endswith("vbaProject.bin") for name in names
    )


def _redrawn(upload: Upload) -> bytes:
    try:
        with Image.open(io.BytesIO(upload.content)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise TooLargeError(f"Ảnh “{upload.name}” quá lớn.", "Bạn gửi ảnh nhỏ hơn.")
            upright = _on_white(ImageOps.exif_transpose(picture))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise PeopleError(
            f"Không mở được ảnh “{upload.name}”.", "Bạn chụp hoặc gửi lại."
        ) from error
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency: black letters on nothing stay readable."""
    if picture.mode not in {"RGBA", "LA", "PA"} and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
