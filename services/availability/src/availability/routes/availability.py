"""What could be booked: the owner's list of slots."""

from datetime import date, timedelta
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from availability.queries.sessions import sessions_on
from availability.queries.slots import TakenTime, Wish, slots_for
from availability.queries.slots_days import LAST_DATE
from availability.queries.time_claims import KeptClaims
from availability.routes.kept import in_coding, question_of, version_for
from availability.schemas.slots import SlotsOut, encode_slots
from contracts.ids import ServiceId, StaffId
from plumbing.auth import SignedIn
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.kept_answers import AnswerCache, Kept, KeptResponse
from plumbing.problems import Invalid, NotFound, NotSignedIn, ServiceUnavailable
from plumbing.schemas import LocalDate
from plumbing.web import problems
from scheduling.conflicts import OWNER_GRID_RULES
from scheduling.hours import is_zone

MOST_DAYS = 42
"""Six weeks: what a calendar shows of a month."""

SLOTS = "/api/availability/slots"

router = APIRouter(tags=["availability"], route_class=EdgeRoute)


async def _wish(
    *,
    service_id: Annotated[ServiceId, Query(alias="serviceId")],
    first: Annotated[LocalDate, Query(alias="from")],
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 7,
    staff_id: Annotated[StaffId | None, Query(alias="staffId")] = None,
    timezone: Annotated[str | None, Query(max_length=100)] = None,
    include: Annotated[Literal["staff"] | None, Query()] = None,
) -> Wish:
    """What the query asks for."""
    if timezone is not None and not is_zone(timezone):
        raise Invalid.at("/timezone", "is not a time zone such as Asia/Dubai")
    return Wish(service_id, staff_id, first, last_date_asked(first, days, "/from"), timezone, include == "staff")


def last_date_asked(first: date, days: int, pointer: str) -> date:
    """The last of so many dates. Raises Invalid, at the pointer, for dates that cannot be searched."""
    if (LAST_DATE - first).days < days:
        raise Invalid.at(pointer, f"the asked dates must end before {LAST_DATE}")
    return first + timedelta(days=days - 1)


@router.get(
    SLOTS,
    response_model=SlotsOut,
    responses={304: {"description": "Nothing has changed."}, **problems(NotSignedIn, NotFound, ServiceUnavailable)},
)
async def list_slots(wish: Annotated[Wish, Depends(_wish)], member: SignedIn, request: Request) -> Response:
    """The starts that could be booked on `days` local dates, also past ones; notice and horizon do not count.

    `nextAvailable` is set only when none of these dates has a slot.
    """
    state, business_id, now = request.app.state, member.business_id, utc_now()
    version = await version_for(request, business_id)
    claims: KeptClaims = state.claims

    async def make() -> Kept:
        catalogue = await state.catalogues.of(business_id, version, first=wish.first)
        taken = TakenTime(partial(claims.on, business_id), partial(sessions_on, state.uow, business_id))
        found = await slots_for(taken, catalogue, wish, rules=OWNER_GRID_RULES, now=now)
        return in_coding(Kept.of(encode_slots(found)), request)

    answers: AnswerCache = state.answers
    kept = await answers.answer(business_id, question_of(request), version.answers if version else 0, make)
    return KeptResponse(kept, request)
