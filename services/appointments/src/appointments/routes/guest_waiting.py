"""What booking-public asks for strangers who wait: to get in line, to look, to leave. Everything may be asked twice."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from appointments.clients import Offers
from appointments.domain import (
    AlreadyInSession,
    AlreadyWaiting,
    Editor,
    NotBookable,
    NothingOffered,
    SeatsLeft,
    SlotTaken,
    StatusNotAllowed,
)
from appointments.queries import appointment
from appointments.queries.waiting_list import WaitingDetails, waiting, waiting_for
from appointments.routes.edge import OffersClient
from appointments.routes.guest_bookings import Everywhere
from appointments.use_cases.hold import GUEST
from appointments.use_cases.wait import withdraw
from appointments.use_cases.wait_for_guest import wait_for_guest
from contracts.ids import AppointmentId, WaitingId
from contracts.offers import OfferRequest
from contracts.waiting import GuestWait, WaitAnswer, WaitQuestion, WaitRequest
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.db import Tx, UnitOfWork
from plumbing.failpoints import reach
from plumbing.idempotency import EdgeRoute
from plumbing.problems import Invalid, NotAllowed, NotFound, NotSignedIn, ServiceUnavailable, StaleRevision
from plumbing.service_tokens import CallingService
from plumbing.web import problems

_ANSWERS = problems(NotSignedIn, ServiceUnavailable)
_OF_STAFF = problems(NotSignedIn, ServiceUnavailable, NotAllowed, StaleRevision, SlotTaken)
"""What the use cases raise for staff too: a guest's `Editor` may change all, and sends neither revision nor start."""
_BY = Editor(GUEST)
_SHARED = ("id", "service_id", "staff_id", "session_id", "from_at", "to_at", "state", "offered_until", "created_at")

router = APIRouter(prefix="/internal", tags=["internal"], route_class=EdgeRoute)


@router.post("/waiting-list", response_model=WaitAnswer, responses=_OF_STAFF)
async def wait_in_line(
    body: WaitRequest, request: Request, uow: Everywhere, offers: OffersClient, caller: CallingService
) -> Response:
    """Get in line; what is freed is offered to the first."""
    unknown = await _unknown(offers, body)
    if unknown:
        return Answer.of(WaitAnswer.model_validate({"unknown": unknown}))
    answer = await _waited(uow, body, request.app.state.waiting_offer)
    await reach("appointments.after_guest_wait")
    return Answer.of(answer)


@router.post("/waiting-list/{waiting_id}", response_model=WaitAnswer, responses=_ANSWERS)
async def read_wish(waiting_id: WaitingId, body: WaitQuestion, uow: Everywhere, caller: CallingService) -> Response:
    """What has become of a wish."""
    async with uow(body.business_id) as tx:
        found = await waiting(tx, body.business_id, waiting_id)
        return Answer.of(WaitAnswer(waiting=None if found is None else await _shown(tx, found)))


@router.post("/waiting-list/{waiting_id}/withdraw", response_model=WaitAnswer, responses=_OF_STAFF)
async def leave_for_guest(
    waiting_id: WaitingId, body: WaitQuestion, uow: Everywhere, caller: CallingService
) -> Response:
    """Leave the line; what is offered goes to the next. Whoever has accepted, or left, stays as they are."""
    try:
        async with uow(body.business_id) as tx:
            seen = await waiting(tx, body.business_id, waiting_id)
            if seen is not None:
                await withdraw(tx, seen, editor=_BY, now=utc_now())
    except (NothingOffered, StatusNotAllowed, NotFound):  # the offer has just come to its end
        pass
    async with uow(body.business_id) as tx:
        found = await waiting(tx, body.business_id, waiting_id)
        return Answer.of(WaitAnswer(waiting=None if found is None else await _shown(tx, found)))


@router.post("/bookings/{appointment_id}/waiting", response_model=WaitAnswer, responses=_ANSWERS)
async def read_wish_of_booking(
    appointment_id: AppointmentId, body: WaitQuestion, uow: Everywhere, caller: CallingService
) -> Response:
    """The wish that came true with this appointment, or may: to which it was offered."""
    async with uow(body.business_id) as tx:
        found = await waiting_for(tx, body.business_id, appointment_id)
        return Answer.of(WaitAnswer(waiting=None if found is None else await _shown(tx, found)))


async def _waited(uow: UnitOfWork, body: WaitRequest, offer_lasts: timedelta) -> WaitAnswer:
    try:
        async with uow(body.business_id) as tx:
            made = await wait_for_guest(tx, body, offer_lasts=offer_lasts, now=utc_now())
            return WaitAnswer(waiting=await _shown(tx, made))
    except Invalid:
        return WaitAnswer(unknown=["sessionId"])
    except (SeatsLeft, AlreadyInSession, AlreadyWaiting, NotBookable) as problem:
        return WaitAnswer.model_validate({"refused": type(problem).__name__})


async def _unknown(offers: Offers, body: WaitRequest) -> list[str]:
    """The fields that name nothing of the business; whether the time is free is no question yet."""
    if body.from_at is None:
        return []
    question = OfferRequest(
        business_id=body.business_id,
        service_id=body.service_id,
        staff_id=body.staff_id,
        start=body.from_at,
        guest=True,
    )
    [answer] = await offers.ask_each([question])
    if answer is None:
        raise ServiceUnavailable
    return list(answer.unknown)


async def _shown(tx: Tx, found: WaitingDetails) -> GuestWait:
    shared: dict[str, Any] = {name: getattr(found, name) for name in _SHARED}
    offered = found.appointment_id
    made = None if offered is None else await appointment(tx, found.business_id, offered)
    return GuestWait(**shared, appointment=made)
