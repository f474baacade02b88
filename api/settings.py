"""Every setting of an installation, read from PAKN_* variables or from files for secrets."""

import json
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

_ORIGIN = re.compile(
    r"https://[a-zA-Z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?"
)


def _listed(value: str) -> list[str]:
    return [part.strip().rstrip("/") for part in value.split(",") if part.strip()]


TEMPLATE_FACTS = frozenset({"code", "due", "kind", "link", "phone", "state", "ward"})
"""What of a case may go into a message template; nothing that names a person."""


class _SecretFiles(PydanticBaseSettingsSource):
    """Takes PAKN_X_FILE as the path of a file that holds the value of PAKN_X."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        path = os.environ.get(f"PAKN_{field_name.upper()}_FILE")
        value = Path(path).read_text(encoding="utf-8").strip() if path else None
        return value, field_name, False

    def __call__(self) -> dict[str, Any]:
        found = {
            name: self.get_field_value(info, name)[0]
            for name, info in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in found.items() if value is not None}


class Settings(BaseSettings):
    """All settings with their defaults; the README's table is checked against this class."""

    model_config = SettingsConfigDict(env_prefix="PAKN_", extra="ignore")

    host: str = Field("127.0.0.1", description="Địa chỉ máy chủ lắng nghe.")
    port: int = Field(8000, ge=1, le=65535, description="Cổng máy chủ lắng nghe.")
    base_url: str = Field(
        "",
        description="Địa chỉ công khai, ví dụ https://pakn.phuong.gov.vn; trống là địa chỉ cục bộ.",
    )
    data_dir: Path = Field(Path("data"), description="Thư mục cơ sở dữ liệu và tệp đính kèm.")
    database_url: str = Field(
        "", description="postgresql+psycopg://…; trống là SQLite trong PAKN_DATA_DIR."
    )
    pool_size: int = Field(10, ge=2, le=100, description="Số kết nối và số luồng xử lý.")
    secure_cookies: bool = Field(
        False, description="Chỉ gửi cookie qua HTTPS; bật khi chạy thật sau HTTPS."
    )
    log_format: Literal["text", "json"] = Field("text", description="Dạng nhật ký.")
    worker: bool = Field(True, description="Chạy phần gửi tin nền trong cùng tiến trình.")

    ward_name: str = Field("Phường Mẫu", description="Tên xã, phường trên mọi trang.")
    ward_parent: str = Field("Thành phố Ví Dụ", description="Tỉnh, thành phố.")
    ward_address: str = Field("Số 1 đường Ví Dụ", description="Địa chỉ nơi tiếp nhận.")
    ward_phone: str = Field("0200 000 000", description="Điện thoại nơi tiếp nhận.")
    ward_email: str = Field("", description="Thư điện tử nơi tiếp nhận.")
    ward_hours: str = Field(
        "7:30–11:30 và 13:30–17:00, thứ Hai đến thứ Sáu", description="Giờ tiếp nhận, bằng lời."
    )
    ward_prefix: str = Field(
        "PM", pattern=r"^[A-Z]{2,4}$", description="Chữ đầu của mã hồ sơ, 2–4 chữ hoa."
    )
    ward_accent: str = Field(
        "#0b5c4a", pattern=r"^#[0-9a-fA-F]{6}$", description="Màu nhấn của các trang."
    )
    office_hours: str = Field(
        "07:30-11:30,13:30-17:00",
        pattern=r"^\d{2}:\d{2}-\d{2}:\d{2}(,\d{2}:\d{2}-\d{2}:\d{2})*$",
        description="Giờ làm việc có nghỉ trưa, dùng khi tính hạn; lịch của cơ quan có thể đổi.",
    )
    after_hours: Literal["same_day", "next_working_day"] = Field(
        "same_day",
        description="Gửi ngoài giờ: ngày gửi là ngày 0 (chặt hơn) hay ngày làm việc kế tiếp.",
    )
    supplement: Literal["pause", "restart"] = Field(
        "pause",
        description="Người gửi bổ sung xong: đếm tiếp phần còn lại (chặt hơn) hay tính lại từ đầu.",
    )
    transfer_out: Literal["pause", "run"] = Field(
        "pause", description="Khi hồ sơ ở cơ quan khác: tạm dừng hay vẫn đếm."
    )
    urgent_hours: bool = Field(
        False,
        description="Cho đánh dấu gấp một phản ánh hiện trường: hạn và nhắc theo giờ làm việc.",
    )
    remind_before: str = Field(
        "5,2",
        pattern=r"^\d{1,2}(,\d{1,2})*$",
        description="Nhắc cán bộ khi còn bấy nhiêu ngày làm việc, xa trước gần sau.",
    )
    remind_late: str = Field(
        "1,3,5",
        pattern=r"^\d{1,2}(,\d{1,2})*$",
        description="Nhắc khi trễ bấy nhiêu ngày làm việc; từ lần thứ hai nhắc tới lãnh đạo.",
    )
    late_notes: Literal["draft", "send"] = Field(
        "draft",
        description="Lời xin lỗi, báo tiến độ của hồ sơ trễ: soạn sẵn cho cán bộ gửi hay tự gửi.",
    )

    approval: Literal["auto", "on", "off"] = Field(
        "auto",
        description="Câu trả lời phải được lãnh đạo duyệt; auto là khi có tài khoản lãnh đạo.",
    )
    reopen_days: int = Field(
        15, ge=0, le=365, description="Số ngày người gửi được mở lại hồ sơ đã trả lời; 0 là tắt."
    )

    kiosk_idle: int = Field(
        90, ge=15, le=3600, description="Số giây không ai chạm thì màn hình dùng chung xóa phiên."
    )
    embed_origins: str = Field(
        "",
        description="Các trang được nhúng trò chuyện, cách nhau bằng dấu phẩy; trống là không.",
    )

    draft_days: int = Field(7, ge=1, le=90, description="Số ngày giữ bản nháp đang viết dở.")
    question_days: int = Field(
        180, ge=7, le=730, description="Số ngày giữ câu hỏi chưa trả lời tốt, đã che thông tin."
    )
    consent_version: str = Field("1", description="Phiên bản nội dung đồng ý xử lý dữ liệu.")
    session_hours: int = Field(12, ge=1, le=168, description="Số giờ một phiên cán bộ có hiệu lực.")
    max_body_mb: int = Field(25, ge=1, le=100, description="Dung lượng lớn nhất của một yêu cầu.")
    max_file_mb: int = Field(10, ge=1, le=50, description="Dung lượng lớn nhất của một tệp.")
    max_files: int = Field(10, ge=1, le=50, description="Số tệp lớn nhất của một phản ánh.")
    chat_per_minute: int = Field(30, ge=1, description="Số tin một cuộc trò chuyện gửi mỗi phút.")
    address_per_minute: int = Field(120, ge=1, description="Số yêu cầu một địa chỉ mạng mỗi phút.")
    total_per_minute: int = Field(
        6000, ge=1, description="Số tin cả máy chủ xử lý mỗi phút, mọi kênh cộng lại."
    )
    burst_seconds: float = Field(
        3.0,
        ge=0,
        le=30,
        description="Số giây chờ thêm dòng để đọc các dòng nhắn liền nhau như một tin; 0 là tắt.",
    )
    notice_hours: int = Field(
        24, ge=1, le=720, description="Số giờ thông báo chưa tới thì thành việc gọi điện."
    )
    cases_per_day: int = Field(10, ge=1, description="Số phản ánh một người gửi mỗi ngày.")

    telegram_token: SecretStr = Field(SecretStr(""), description="Mã bot Telegram; trống là tắt.")
    telegram_mode: Literal["webhook", "polling"] = Field(
        "polling", description="Nhận tin Telegram bằng webhook hay hỏi định kỳ."
    )
    telegram_secret: SecretStr = Field(
        SecretStr(""), description="Chuỗi bí mật của webhook Telegram, 1–256 ký tự A-Za-z0-9_-."
    )
    telegram_base_url: str = Field(
        "https://api.telegram.org/bot", description="Địa chỉ API Telegram."
    )
    telegram_file_url: str = Field(
        "https://api.telegram.org/file/bot", description="Địa chỉ tệp Telegram."
    )

    telegram_per_second: int = Field(
        30, ge=1, le=1000, description="Số tin bot Telegram gửi mỗi giây, mọi người cộng lại."
    )
    telegram_chat_per_minute: int = Field(
        60, ge=1, le=1000, description="Số tin bot Telegram gửi một người mỗi phút."
    )
    zalo_oa_app_id: str = Field("", description="Mã ứng dụng Zalo; trống là tắt Zalo OA.")
    zalo_oa_app_secret: SecretStr = Field(
        SecretStr(""), description="Khóa bí mật của ứng dụng Zalo."
    )
    zalo_oa_secret: SecretStr = Field(
        SecretStr(""), description="Khóa bí mật OA, dùng kiểm chữ ký tin Zalo gửi đến."
    )
    zalo_oa_paid_replies: bool = Field(
        False, description="Cho gửi tin Zalo OA tính phí sau 48 giờ, tới 7 ngày."
    )
    zalo_oa_template_id: str = Field(
        "", description="Mã mẫu tin ZBS báo tin khi không gửi miễn phí được; trống là gọi điện."
    )
    zalo_oa_template_data: Annotated[dict[str, str], NoDecode] = Field(
        {}, description="Tham số của mẫu ZBS, JSON: tên tham số → code, kind, state, due, ward…"
    )
    zalo_oa_base_url: str = Field("https://openapi.zalo.me", description="Địa chỉ API Zalo OA.")
    zalo_oa_oauth_url: str = Field(
        "https://oauth.zaloapp.com", description="Địa chỉ cấp quyền của Zalo."
    )
    zalo_bot_token: SecretStr = Field(SecretStr(""), description="Mã Zalo Bot; trống là tắt.")
    zalo_bot_mode: Literal["webhook", "polling"] = Field(
        "polling", description="Nhận tin Zalo Bot bằng webhook hay hỏi định kỳ."
    )
    zalo_bot_secret: SecretStr = Field(
        SecretStr(""), description="Chuỗi bí mật của webhook Zalo Bot, 8–256 ký tự."
    )
    zalo_bot_base_url: str = Field(
        "https://bot-api.zaloplatforms.com/bot", description="Địa chỉ API Zalo Bot."
    )
    zalo_media_hosts: str = Field(
        "*.zadn.vn,*.zdn.vn,*.zalo.me,*.dlfl.vn",
        description="Máy chủ được phép tải ảnh, tệp người dân gửi qua Zalo, cách nhau dấu phẩy.",
    )

    @field_validator("base_url")
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("embed_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        """Keep what a browser calls an origin: scheme, host, port; https but on this machine."""
        for origin in _listed(value):
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"“{origin}” cần có dạng https://cong.phuong.gov.vn")
        return ",".join(_listed(value))

    @model_validator(mode="after")
    def _webhook_has_secret(self) -> "Settings":
        """A webhook without a secret would take anybody's word for Telegram's."""
        if (
            self.telegram_token.get_secret_value()
            and self.telegram_mode == "webhook"
            and not (self.telegram_secret.get_secret_value() and self.base_url)
        ):
            raise ValueError("Chế độ webhook cần PAKN_TELEGRAM_SECRET và PAKN_BASE_URL.")
        return self

    @model_validator(mode="after")
    def _zalo_is_whole(self) -> "Settings":
        """Half a setting would look as if Zalo were connected."""
        if self.zalo_oa_app_id and not self.zalo_oa_app_secret.get_secret_value():
            raise ValueError("PAKN_ZALO_OA_APP_ID cần đi cùng PAKN_ZALO_OA_APP_SECRET.")
        hooked = self.zalo_bot_token.get_secret_value() and self.zalo_bot_mode == "webhook"
        if hooked and not (len(self.zalo_bot_secret.get_secret_value()) >= 8 and self.base_url):
            raise ValueError(
                "Chế độ webhook cần PAKN_ZALO_BOT_SECRET (từ 8 ký tự) và PAKN_BASE_URL."
            )
        return self

    @field_validator("zalo_oa_template_data", mode="before")
    @classmethod
    def _from_json(cls, value: object) -> object:
        """Read here, so that PAKN_X_FILE works too and a slip has its sentence."""
        try:
            return json.loads(value or "{}") if isinstance(value, str) else value
        except ValueError as error:
            raise ValueError('Cần một đối tượng JSON, ví dụ {"ma_ho_so":"code"}.') from error

    @field_validator("zalo_oa_template_data")
    @classmethod
    def _known_facts(cls, value: dict[str, str]) -> dict[str, str]:
        strange = set(value.values()) - TEMPLATE_FACTS
        if strange:
            known = ", ".join(sorted(TEMPLATE_FACTS))
            raise ValueError(f"Không có “{min(strange)}”; chọn trong: {known}.")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Values given in code win, then PAKN_X, then PAKN_X_FILE."""
        return init_settings, env_settings, _SecretFiles(settings_cls)

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database in use."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{quote(str(self.data_dir.resolve() / 'pakn.sqlite3'))}"

    @property
    def public_url(self) -> str:
        """The address that citizens reach, without a slash at its end."""
        return self.base_url or f"http://{self.host}:{self.port}"

    @property
    def embed_allowed(self) -> tuple[str, ...]:
        """The origins that may show the chat in a frame."""
        return tuple(_listed(self.embed_origins))

    @property
    def files_dir(self) -> Path:
        """Where attachments are kept."""
        return self.data_dir / "files"
