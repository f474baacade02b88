"""Figures for machines: /metrics for Prometheus, /healthz for supervisors."""

import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from pydantic import BaseModel

from api.cases import calendar_years, lookup
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


@router.get("/metrics", include_in_schema=False)
def metrics(here: Here) -> Response:
    """Count cases by state and those overdue, at the moment of asking."""
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
    return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")
