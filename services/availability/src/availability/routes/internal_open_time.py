"""What booking-public asks: how much time there is, so that nobody keeps too much of it for nothing."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from availability.queries.open_time import open_time_of
from contracts.open_hours import OpenMinutesAnswer, OpenMinutesQuestion
from plumbing.answers import Answer
from plumbing.idempotency import EdgeRoute
from plumbing.problems import Invalid, NotSignedIn, ServiceUnavailable
from plumbing.service_tokens import CallingService
from plumbing.web import problems
from scheduling.conflicts import DAY
from scheduling.intervals import Interval
from scheduling.service_rules import MINUTE

LONGEST_RANGE = timedelta(days=100)

router = APIRouter(tags=["internal"], route_class=EdgeRoute)


@router.post(
    "/internal/open-minutes",
    response_model=OpenMinutesAnswer,
    responses=problems(NotSignedIn, Invalid, ServiceUnavailable),
)
async def count_open_minutes(body: OpenMinutesQuestion, request: Request, caller: CallingService) -> Response:
    """How long all active staff work within a range: their hours without closures and time off."""
    if not timedelta() < body.end - body.start <= LONGEST_RANGE:
        raise Invalid.at("/end", f"must be after the start, and at most {LONGEST_RANGE.days} days after")
    state = request.app.state
    version = await state.versions.current(body.business_id)
    catalogue = await state.catalogues.of(body.business_id, version, body.start.date() - DAY)
    found = open_time_of(catalogue, frozenset(), Interval(body.start, body.end))
    total = sum((one.end - one.start for each in found for one in each.intervals), timedelta())
    return Answer.of(OpenMinutesAnswer(minutes=total // MINUTE))
