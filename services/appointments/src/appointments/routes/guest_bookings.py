"""What booking-public asks for strangers: to hold, to book, to move and to cancel. Everything may be asked twice."""

from datetime import timedelta
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from appointments.clients import Offers
from appointments.domain import Editor
from appointments.queries import appointment
from appointments.routes.edge import OffersClient
from appointments.routes.guest_offers import Refused, offer_for, or_over, or_refused, with_alternatives
from appointments.use_cases.book_for_guest import book_free, book_held, book_held_seat, held_seat, made_before
from appointments.use_cases.expire import end_held_seat
from appointments.use_cases.hold import GUEST, held, held_by, hold, release_hold
from appointments.use_cases.update import Changes, change_status, target_of, update
from contracts.appointments import AppointmentDetails, Status
from contracts.bookings import (
    BookingAnswer,
    BookingQuestion,
    CancelRequest,
    ChangedAnswer,
    ConfirmRequest,
    GuestBooking,
    GuestWish,
    HoldAnswer,
    HoldRequest,
    LengthenRequest,
    Released,
    ReleaseRequest,
    RescheduleRequest,
)
from contracts.ids import AppointmentId
from contracts.offers import Offer
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.failpoints import reach
from plumbing.idempotency import EdgeRoute
from plumbing.problems import NotSignedIn, ServiceUnavailable
from plumbing.service_tokens import CallingService
from plumbing.web import problems

_ANSWERS = problems(NotSignedIn, ServiceUnavailable)
_BY = Editor(GUEST)

router = APIRouter(prefix="/internal", tags=["internal"], route_class=EdgeRoute)


async def _uow(request: Request) -> UnitOfWork:
    return request.app.state.uow


Everywhere = Annotated[UnitOfWork, Depends(_uow)]


@router.post("/holds", response_model=HoldAnswer, responses=_ANSWERS)
async def hold_time(body: HoldRequest, uow: Everywhere, offers: OffersClient, caller: CallingService) -> Response:
    """Keep a time for a guest for some minutes."""
    try:
        offer = await offer_for(offers, body)
        async with uow(body.business_id) as tx:
            found = await held(tx, body.business_id, body.id)
            if found is not None:
                return Answer.of(HoldAnswer(held=found))
            seat = await held_seat(tx, body.business_id, AppointmentId(body.id))
            if seat is not None:
                return Answer.of(HoldAnswer(held=held_by(seat, offer)))
        answer = await or_refused(partial(_held, uow, offer, body))
    except Refused as refused:
        return Answer.of(HoldAnswer(refusal=await with_alternatives(uow, offers, body, refused.refusal)))
    await reach("appointments.after_hold")
    return Answer.of(answer)


@router.post("/holds/release", response_model=Released, responses=_ANSWERS)
async def release_time(body: ReleaseRequest, uow: Everywhere, caller: CallingService) -> Response:
    """Give back what is held."""
    async with uow(body.business_id) as tx:
        was_held = await release_hold(tx, body.business_id, body.id)
        was_held = was_held or await end_held_seat(tx, body.business_id, AppointmentId(body.id))
    return Answer.of(Released(was_held=was_held))


@router.post("/bookings", response_model=BookingAnswer, responses=_ANSWERS)
async def book_for_guest(body: GuestBooking, uow: Everywhere, offers: OffersClient, caller: CallingService) -> Response:
    """Book what is held; what is held no more is booked if it still can be, at the price that was agreed."""
    try:
        made = await or_refused(partial(_booked_before_or_held, uow, body))
        if made is None:
            offer = await offer_for(offers, body)
            if offer.price != body.price:
                return Answer.of(BookingAnswer(price=offer.price))
            made = await or_refused(partial(_booked_free, uow, offer, body))
    except Refused as refused:
        made = await _made_meanwhile(uow, body)
        if made is None:
            return Answer.of(BookingAnswer(refusal=await with_alternatives(uow, offers, body, refused.refusal)))
    await reach("appointments.after_guest_booking")
    return Answer.of(BookingAnswer(appointment=made))


@router.post("/bookings/{appointment_id}", response_model=ChangedAnswer, responses=_ANSWERS)
async def read_booking(
    appointment_id: AppointmentId, body: BookingQuestion, uow: Everywhere, caller: CallingService
) -> Response:
    """What has become of an appointment."""
    async with uow(body.business_id) as tx:
        found = await appointment(tx, body.business_id, appointment_id)
    return Answer.of(ChangedAnswer(appointment=found))


@router.post("/bookings/{appointment_id}/cancel", response_model=ChangedAnswer, responses=_ANSWERS)
async def cancel_booking(
    appointment_id: AppointmentId, body: CancelRequest, uow: Everywhere, caller: CallingService
) -> Response:
    """Cancel it; what is cancelled already stays as it is."""
    changes = Changes(status=Status.CANCELLED, reason=body.reason)
    return Answer.of(await _with_status(uow, body, appointment_id, changes))


@router.post("/bookings/{appointment_id}/confirm", response_model=ChangedAnswer, responses=_ANSWERS)
async def confirm_booking(
    appointment_id: AppointmentId, body: ConfirmRequest, uow: Everywhere, caller: CallingService
) -> Response:
    """Keep it for good: what it waited for has come. `isOver` when its time has run out."""
    status = Status.CONFIRMED if body.status is Status.CONFIRMED else None
    return Answer.of(await _with_status(uow, body, appointment_id, Changes(status=status, keep=True)))


@router.post("/bookings/{appointment_id}/lengthen", response_model=ChangedAnswer, responses=_ANSWERS)
async def lengthen_booking(
    appointment_id: AppointmentId, body: LengthenRequest, uow: Everywhere, caller: CallingService
) -> Response:
    """Keep it for longer. What is kept for good, or has ended, stays as it is."""
    return Answer.of(await _with_status(uow, body, appointment_id, Changes(keep_until=body.until)))


@router.post("/bookings/{appointment_id}/reschedule", response_model=ChangedAnswer, responses=_ANSWERS)
async def reschedule_booking(
    *,
    appointment_id: AppointmentId,
    body: RescheduleRequest,
    uow: Everywhere,
    offers: OffersClient,
    caller: CallingService,
) -> Response:
    """Move it, by the rules that bind a guest."""
    async with uow(body.business_id) as tx:
        seen = await appointment(tx, body.business_id, appointment_id)
    if seen is None:
        return Answer.of(ChangedAnswer())
    changes = Changes(start=body.start, staff_id=body.staff_id)
    wish = GuestWish(
        business_id=body.business_id,
        service_id=seen.service_id,
        staff_id=body.staff_id or seen.staff_id,
        staff_ids=body.staff_ids,
        start=body.start,
    )
    try:
        return Answer.of(await or_over(seen, partial(_moved, uow, offers, wish, seen, changes)))
    except Refused as refused:
        refusal = await with_alternatives(uow, offers, wish, refused.refusal, moving=appointment_id)
        return Answer.of(ChangedAnswer(appointment=seen, refusal=refusal))


async def _moved(
    uow: UnitOfWork, offers: Offers, wish: GuestWish, seen: AppointmentDetails, changes: Changes
) -> AppointmentDetails:
    offer = None if target_of(seen, changes) is None else await offer_for(offers, wish)
    return await or_refused(partial(_moved_as_offered, uow, seen, changes, offer))


async def _moved_as_offered(
    uow: UnitOfWork, seen: AppointmentDetails, changes: Changes, offer: Offer | None
) -> AppointmentDetails:
    async with uow(seen.business_id) as tx:
        return await update(tx, seen, changes, offer, editor=_BY, now=utc_now())


async def _held(uow: UnitOfWork, offer: Offer, body: HoldRequest) -> HoldAnswer:
    async with uow(body.business_id) as tx:
        return HoldAnswer(held=await hold(tx, offer, body.id, timedelta(seconds=body.seconds), now=utc_now()))


async def _booked_before_or_held(uow: UnitOfWork, body: GuestBooking) -> AppointmentDetails | None:
    async with uow(body.business_id) as tx:
        before = await made_before(tx, body)
        if before is not None and before.customer_id is not None:
            return before
        if before is not None:
            return await book_held_seat(tx, before, body, now=utc_now())
        one = await held(tx, body.business_id, body.hold_id)
        return None if one is None else await book_held(tx, one, body, now=utc_now())


async def _booked_free(uow: UnitOfWork, offer: Offer, body: GuestBooking) -> AppointmentDetails:
    async with uow(body.business_id) as tx:
        return await book_free(tx, offer, body, appointment_id=body.id, now=utc_now())


async def _made_meanwhile(uow: UnitOfWork, body: GuestBooking) -> AppointmentDetails | None:
    """What the same request has made that came at the same moment: that is what was in the way."""
    async with uow(body.business_id) as tx:
        before = await made_before(tx, body)
    return before if before is not None and before.customer_id is not None else None


async def _with_status(
    uow: UnitOfWork, body: BookingQuestion, appointment_id: AppointmentId, changes: Changes
) -> ChangedAnswer:
    async with uow(body.business_id) as tx:
        seen = await appointment(tx, body.business_id, appointment_id)
    if seen is None:
        return ChangedAnswer()
    return await or_over(seen, partial(_with_other_status, uow, seen, changes))


async def _with_other_status(uow: UnitOfWork, seen: AppointmentDetails, changes: Changes) -> AppointmentDetails:
    async with uow(seen.business_id) as tx:
        after = await change_status(tx, seen, changes, editor=_BY, now=utc_now())
    await reach("appointments.after_guest_change")
    return after
