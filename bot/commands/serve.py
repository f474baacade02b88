"""pakn serve: the whole installation in one process."""

import secrets

import structlog
import typer
import uvicorn
from sqlmodel import select

from api import logs
from api.catalogue import activations, releases
from api.people import staff as accounts
from api.people.models import Role, Staff
from api.people.staff import NewMember
from api.settings import Settings
from api.web.site import Site
from bot.service import build, open_site
from knowledge.readers import starter
from knowledge.starter import folder

log = structlog.get_logger(__name__)

DEMO_USER = "canbo"


def serve() -> None:
    """Chạy máy chủ: trò chuyện, trang công khai, bàn làm việc của cán bộ, API."""
    settings = Settings()
    logs.configure(settings.log_format)
    site = open_site(settings)
    service = build(site)
    first_start(site)
    typer.echo(f"Mở {settings.public_url} (Ctrl-C để dừng)")
    uvicorn.run(
        service.app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        proxy_headers=True,
        timeout_graceful_shutdown=10,
    )


def first_start(site: Site) -> None:
    """Load the sample catalogue and make a demo account, each only where there is none yet."""
    unit = site.office.unit_id
    with site.database.writing() as session:
        if activations.active(session, unit, site.clock()) is None:
            with folder() as path:
                row = releases.store(session, unit, starter.read(path), site.clock())
            activations.activate(session, unit, row.id or 0, site.clock())
        if session.exec(select(Staff)).first() is None:
            password = secrets.token_urlsafe(9)
            new = NewMember(DEMO_USER, "Cán bộ mẫu", password, Role.ADMIN)
            accounts.create(session, unit, new, site.clock())
            typer.echo(f"Tài khoản cán bộ mẫu (chỉ hiện một lần): {DEMO_USER} / {password}")
            typer.echo(f"Đăng nhập tại {site.settings.public_url}/can-bo rồi đổi mật khẩu.")
