"""Figures about appointments, for charts."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response

from appointments.queries.report import AppointmentReport, appointment_report
from plumbing.answers import Answer
from plumbing.auth import Manager
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.problems import Invalid, NotAllowed, NotSignedIn, ServiceUnavailable
from plumbing.schemas import WhenAsked
from plumbing.web import problems

LONGEST_RANGE = timedelta(days=366)

router = APIRouter(prefix="/api/appointments", tags=["appointments"], route_class=EdgeRoute)


@router.get(
    "/report",
    response_model=AppointmentReport,
    responses=problems(NotSignedIn, NotAllowed, Invalid, ServiceUnavailable),
)
async def report_appointments(
    *,
    range_start: Annotated[WhenAsked, Query(alias="rangeStart")],
    range_end: Annotated[WhenAsked, Query(alias="rangeEnd")],
    member: Manager,
    uow: Uow,
) -> Response:
    """How many appointments start within a range, by date and by staff member, and how many nobody came to."""
    if not timedelta() < range_end - range_start <= LONGEST_RANGE:
        raise Invalid.at("/rangeEnd", "must be after rangeStart, and at most 366 days after")
    async with uow() as tx:
        found = await appointment_report(tx, member.business_id, range_start, range_end)
    return Answer.of(found)
