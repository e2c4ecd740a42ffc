"""Open time, for shading a calendar."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from availability.queries.open_time import open_time_of
from availability.queries.slots_days import LAST_DATE
from availability.schemas.open_time import OpenTimes
from contracts.ids import StaffId
from plumbing.answers import Answer
from plumbing.auth import SignedIn
from plumbing.idempotency import EdgeRoute
from plumbing.problems import Invalid, NotSignedIn, ServiceUnavailable
from plumbing.schemas import WhenAsked
from plumbing.web import problems
from scheduling.conflicts import DAY
from scheduling.intervals import Interval

LONGEST_RANGE = timedelta(days=100)

router = APIRouter(tags=["availability"], route_class=EdgeRoute)


async def _within(
    start: Annotated[WhenAsked, Query(alias="rangeStart")], end: Annotated[WhenAsked, Query(alias="rangeEnd")]
) -> Interval:
    if not timedelta() < end - start <= LONGEST_RANGE:
        raise Invalid.at("/rangeEnd", f"must be after rangeStart, and at most {LONGEST_RANGE.days} days after")
    if end.date() >= LAST_DATE:
        raise Invalid.at("/rangeEnd", f"must be before {LAST_DATE}")
    return Interval(start, end)


@router.get(
    "/api/availability/open",
    response_model=OpenTimes,
    responses=problems(NotSignedIn, Invalid, ServiceUnavailable),
)
async def list_open_time(
    *,
    within: Annotated[Interval, Depends(_within)],
    staff_ids: Annotated[list[StaffId] | None, Query(alias="staffId", max_length=200)] = None,
    member: SignedIn,
    request: Request,
) -> Response:
    """When staff work within a range: their hours without closures and time off, whatever is booked.

    Without `staffId` of all who are active. Whoever is not active has no open time; ids that name nobody are left out.
    """
    state, business_id = request.app.state, member.business_id
    version = await state.versions.current(business_id)
    catalogue = await state.catalogues.of(business_id, version, within.start.date() - DAY)
    return Answer.of(OpenTimes.of(open_time_of(catalogue, frozenset(staff_ids or ()), within)))
