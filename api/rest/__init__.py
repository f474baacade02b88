"""The JSON API under /api/v1."""

from fastapi import APIRouter

from api.rest import cases, procedures, ward

router = APIRouter(
    prefix="/api/v1",
    responses={422: {"model": cases.Refusal}, 429: {"model": cases.Refusal}},
)
router.include_router(cases.router)
router.include_router(procedures.router)
router.include_router(ward.router)
