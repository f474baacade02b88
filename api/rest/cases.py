"""Status by code and public results as JSON. Nothing here is personal."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from api.cases import clock, followers, lookup
from api.cases.models import Kind, State
from api.cases.states import OPEN_STATES, STATE_LABELS
from api.cases.wording import KIND_LABELS
from api.clock import local_date
from api.web.site import Here

router = APIRouter(tags=["Phản ánh, kiến nghị"])


class Refusal(BaseModel):
    """Why a request was refused, and what to do next, in Vietnamese."""

    error: str
    next_step: str


class CaseStatus(BaseModel):
    """Where a case stands."""

    code: str
    kind: Kind
    kind_label: str
    state: State
    state_label: str
    received_at: datetime
    due_on: date
    paused_on: date | None = Field(
        description="Ngày bắt đầu tạm dừng tính hạn; khi ấy due_on là hạn sớm nhất."
    )
    overdue: bool = Field(description="Còn mở và đã quá hạn.")
    merged_into: str | None = Field(description="Mã hồ sơ cùng việc mà hồ sơ này được gộp vào.")


class PublicResult(BaseModel):
    """A published result, with personal data hidden."""

    code: str
    kind: Kind
    kind_label: str
    title: str
    content: str
    answer: str
    received_on: date
    due_on: date
    answered_on: date
    on_time: bool
    published_at: datetime


class ResultPage(BaseModel):
    """One page of published results, newest first."""

    total: int
    page: int
    pages: int
    results: list[PublicResult]


@router.get("/cases/{code}", summary="Tình trạng hồ sơ", responses={404: {"model": Refusal}})
def case(
    here: Here,
    code: Annotated[str, Path(max_length=60, description="Mã hồ sơ, có hay không có gạch nối.")],
) -> CaseStatus:
    """Tình trạng xử lý của một hồ sơ theo mã."""
    with here.database.reading() as session:
        found = lookup.by_code(session, code)
        standing = followers.stands_for(session, found)
    today = local_date(here.clock())
    return CaseStatus(
        code=found.code,
        kind=found.kind,
        kind_label=KIND_LABELS[found.kind],
        state=found.state,
        state_label=STATE_LABELS[found.state],
        received_at=found.received_at,
        due_on=found.due_on,
        paused_on=found.paused_on if clock.rests(found) else None,
        overdue=found.state in OPEN_STATES and clock.is_late(found, today),
        merged_into=standing.code if standing is not found else None,
    )


@router.get("/results", summary="Kết quả công khai")
def results(
    here: Here,
    q: Annotated[str, Query(max_length=200, description="Từ cần tìm, không cần dấu.")] = "",
    kind: Kind | None = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> ResultPage:
    """Kết quả đã công khai, mới nhất trước."""
    with here.database.reading() as session:
        found = lookup.results(session, here.office.unit_id, q, kind, page)
        rows = [
            PublicResult(
                code=row.code,
                kind=row.kind,
                kind_label=KIND_LABELS[row.kind],
                title=public.title,
                content=public.content,
                answer=public.answer,
                received_on=local_date(row.received_at),
                due_on=row.due_on,
                answered_on=reply.answered_on,
                on_time=reply.answered_on <= row.due_on,
                published_at=public.published_at,
            )
            for public, row, reply in found.rows
        ]
    return ResultPage(total=found.total, page=page, pages=found.pages, results=rows)
