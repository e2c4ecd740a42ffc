"""Why not: what is in the way of a start."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from availability.queries.explain import Doubt, explain
from availability.queries.slots_days import LAST_DATE
from availability.schemas.explain import Explanation
from contracts.ids import AppointmentId, ServiceId, StaffId
from plumbing.answers import Answer
from plumbing.auth import SignedIn
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.problems import Invalid, NotFound, NotSignedIn, ServiceUnavailable
from plumbing.schemas import WhenAsked
from plumbing.web import problems
from scheduling.conflicts import DAY

router = APIRouter(tags=["availability"], route_class=EdgeRoute)


async def _doubt(
    *,
    service_id: Annotated[ServiceId, Query(alias="serviceId")],
    start: Annotated[WhenAsked, Query()],
    staff_id: Annotated[StaffId | None, Query(alias="staffId")] = None,
    appointment_id: Annotated[AppointmentId | None, Query(alias="appointmentId")] = None,
    guest: Annotated[bool, Query()] = False,
) -> Doubt:
    """What the query asks about."""
    if start.date() >= LAST_DATE:
        raise Invalid.at("/start", f"must be before {LAST_DATE}")
    return Doubt(service_id, staff_id, start, appointment_id, guest)


@router.get(
    "/api/availability/explain",
    response_model=Explanation,
    responses=problems(NotSignedIn, NotFound, Invalid, ServiceUnavailable),
)
async def explain_start(doubt: Annotated[Doubt, Depends(_doubt)], member: SignedIn, request: Request) -> Response:
    """Every rule that refuses this start, for one staff member or each who offers the service.

    With `guest=true` also those that hold for guests alone. `appointmentId` is one that would move there: it keeps its
    length and buffers, and its own time is not in its way.
    """
    state, business_id = request.app.state, member.business_id
    version = await state.versions.current(business_id)
    catalogue = await state.catalogues.of(business_id, version, doubt.start.date() - DAY)
    found = await explain(state.uow, business_id, catalogue, doubt, now=utc_now())
    return Answer.of(Explanation.of(found).model_dump(mode="json", exclude_none=True))
