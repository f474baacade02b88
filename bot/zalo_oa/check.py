"""What is wrong with the account's connection, in words for the staff."""

import httpx

from api.web.site import Site
from bot.link import Checkup
from bot.zalo_oa.client import ACCOUNT, OaClient
from bot.zalo_oa.errors import UnreachableError, ZaloError
from bot.zalo_oa.oauth import PAGE
from bot.zalo_oa.tokens import BeingRenewedError, TokenKeeper, UnlinkedError, linked

_TIMEOUT = 15.0  # seconds


async def check(site: Site) -> Checkup:
    """Look at settings and token, and ask Zalo who we are."""
    with site.database.reading() as session:
        row = linked(session)
        session.expunge_all()
    page = f"{site.settings.public_url}{PAGE}"
    findings = list(_of_settings(site))
    if row is None:
        return Checkup((*findings, f"Chưa liên kết tài khoản Zalo OA: quản trị mở {page}."))
    if row.refused_at:
        findings.append(f"Zalo không nhận mã làm mới nữa ({row.error}). Liên kết lại tại {page}.")
    trouble = await _trouble(site)
    findings += [trouble] if trouble else []
    return Checkup(tuple(findings), token_until=row.expires_at)


def _of_settings(site: Site) -> list[str]:
    settings = site.settings
    wrong = []
    if not settings.zalo_oa_secret.get_secret_value():
        wrong.append("Chưa đặt PAKN_ZALO_OA_SECRET: tin người dân gửi đến chưa được nhận.")
    if not settings.base_url.startswith("https://"):
        wrong.append("PAKN_BASE_URL cần là địa chỉ https:// công khai để Zalo gọi tới.")
    if settings.zalo_oa_template_id and not settings.zalo_oa_template_data:
        wrong.append("Có PAKN_ZALO_OA_TEMPLATE_ID nhưng thiếu PAKN_ZALO_OA_TEMPLATE_DATA.")
    return wrong


async def _trouble(site: Site) -> str:
    """Ask Zalo for the account; return why that failed, empty where it did not."""
    async with httpx.AsyncClient(timeout=_TIMEOUT) as http:
        tokens = TokenKeeper(site.database, site.settings, site.clock, http)
        try:
            await OaClient(http, site.settings.zalo_oa_base_url, tokens).get(ACCOUNT)
        except ZaloError as error:
            return str(error)
        except UnreachableError as error:
            return f"Không kết nối được Zalo: {error}"
        except BeingRenewedError:
            return ""
        except UnlinkedError:
            return "" if _refused(site) else "Chưa có mã truy cập Zalo OA."
    return ""


def _refused(site: Site) -> bool:
    with site.database.reading() as session:
        row = linked(session)
        return bool(row and row.refused_at)
