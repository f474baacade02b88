"""Attachments: what is accepted, and how it is kept.

Pictures are decoded and written anew, which drops place, camera and everything else that a
phone hides in them, and whatever was smuggled into the file. Documents are kept as they are.
"""

import io
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlmodel import Session, select

from api.errors import NotFoundError, PeopleError, TooLargeError
from api.files.models import Attachment
from knowledge.text import squeeze

_PICTURES = {"image/jpeg", "image/png", "image/webp"}
_DOCUMENTS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_SOUNDS = {"audio/ogg": ".ogg", "audio/mpeg": ".mp3", "video/mp4": ".mp4"}
_MOST_PIXELS = 50_000_000
_LONGEST_SIDE = 2048


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
    query = select(Attachment).where(Attachment.case_id == case_id).order_by(Attachment.id)  # type: ignore[arg-type]
    return list(session.exec(query))


def clean_name(name: str) -> str:
    """Return a file name without folders and odd characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return squeeze("".join(c for c in last if c.isprintable()))[:200] or "tep"


def _media_type(content: bytes) -> str:
    try:
        found = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return ""
    kinds = [match.mime_type for match in found]
    zipped = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    if zipped in kinds and b"word/" in content:
        return zipped
    return next((kind for kind in kinds if kind), "")


def _redrawn(upload: Upload) -> bytes:
    try:
        with Image.open(io.BytesIO(upload.content)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise TooLargeError(f"Ảnh “{upload.name}” quá lớn.", "Bạn gửi ảnh nhỏ hơn.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise PeopleError(
            f"Không mở được ảnh “{upload.name}”.", "Bạn chụp hoặc gửi lại."
        ) from error
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85)
    return out.getvalue()
