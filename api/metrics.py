"""Figures for machines: /metrics for Prometheus, /healthz for supervisors."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from pydantic import BaseModel

from api.cases import calendar_years, lookup
from api.chats.health import ChannelHealth, health
from api.clock import local_date
from api.web.site import Here

router = APIRouter()


class Health(BaseModel):
    """Whether the process answers and reaches its database."""

    status: str


@router.get("/healthz", tags=["Vận hành"])
def healthz(here: Here) -> Health:
    """Máy chủ còn phục vụ và còn nối được cơ sở dữ liệu."""
    with here.database.reading() as session:
        session.execute(sa.text("SELECT 1"))
    return Health(status="ok")


class ChannelReadiness(BaseModel):
    """One channel in figures; times are in UTC."""

    name: str
    ok: bool
    last_in: datetime | None
    last_out: datetime | None
    waiting: int
    pending: int | None


class Readiness(BaseModel):
    """Whether work gets done: the database answers, and how each channel does."""

    status: str
    channels: list[ChannelReadiness]


@router.get("/healthz/ready", tags=["Vận hành"])
def ready(request: Request, here: Here) -> Readiness:
    """Cơ sở dữ liệu và từng kênh; status là ok hoặc degraded khi có kênh cần người xem."""
    with here.database.reading() as session:
        found = [health(session, name) for name in channels_of(request)]
    rows = [
        ChannelReadiness(
            name=one.name,
            ok=one.ok,
            last_in=one.last_in,
            last_out=one.last_out,
            waiting=one.waiting,
            pending=one.pending,
        )
        for one in found
    ]
    return Readiness(status="ok" if all(row.ok for row in rows) else "degraded", channels=rows)


def channels_of(request: Request) -> tuple[str, ...]:
    """Return the names of the channels that are set up; the bot around us says which."""
    return tuple(getattr(request.app.state, "channels", ()))


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request, here: Here) -> Response:
    """Count cases by state and those overdue, and how channels do, at the moment of asking."""
    registry = CollectorRegistry()
    by_state = Gauge("pakn_cases", "Cases by state", ["state"], registry=registry)
    late = Gauge("pakn_cases_overdue", "Open cases past their due day", registry=registry)
    unconfirmed = Gauge(
        "pakn_calendar_unconfirmed", "Years with a calendar not confirmed", registry=registry
    )
    with here.database.reading() as session:
        today = local_date(here.clock())
        unconfirmed.set(len(calendar_years.unconfirmed(session, here.office.unit_id, today)))
        for state, count in lookup.counts_by_state(session, here.office.unit_id).items():
            by_state.labels(state.value).set(count)
        late.set(lookup.overdue(session, here.office.unit_id, today))
        late.set(lookup.overdue(session, here.office.unit_id, local_date(here.clock())))
        found = [health(session, name) for name in channels_of(request)]
    _show_channels(registry, found, here.clock())
    return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")


_CHANNEL_FIGURES = {
    "pakn_channel_last_in_timestamp_seconds": "When somebody last wrote",
    "pakn_channel_last_out_timestamp_seconds": "When a message was last delivered",
    "pakn_channel_waiting": "Messages owed and not delivered yet",
    "pakn_channel_oldest_waiting_seconds": "Age of the oldest message owed",
    "pakn_channel_unread_lines": "Lines taken that wait to be read",
    "pakn_channel_failed_updates": "Updates that could not be handled",
    "pakn_channel_findings": "What the latest check found wrong",
    "pakn_channel_pending_at_platform": "Updates that the platform still holds",
    "pakn_channel_token_seconds": "How long our access still lasts",
}


def _show_channels(
    registry: CollectorRegistry, found: Sequence[ChannelHealth], at: datetime
) -> None:
    gauges = {
        name: Gauge(name, words, ["channel"], registry=registry)
        for name, words in _CHANNEL_FIGURES.items()
    }
    for one in found:
        values = (
            one.last_in.timestamp() if one.last_in else None,
            one.last_out.timestamp() if one.last_out else None,
            one.waiting,
            (at - one.oldest).total_seconds() if one.oldest else 0,
            one.unread,
            one.failed_in,
            len(one.findings),
            one.pending,
            (one.token_until - at).total_seconds() if one.token_until else None,
        )
        for gauge, value in zip(gauges.values(), values, strict=True):
            if value is not None:
                gauge.labels(one.name).set(value)
