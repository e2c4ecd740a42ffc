"""The link that a guest was given: see, cancel, move, put into a calendar. Whoever has it needs no account."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy import select

from booking_public.domain.bookings import (
    AlreadyOver,
    Booking,
    GuestAppointment,
    NotBookable,
    NothingToPay,
    PriceChanged,
    SlotTaken,
    TooLate,
)
from booking_public.domain.codes import NothingToVerify, WrongCode
from booking_public.domain.payments import PaymentsOff
from booking_public.routes.guests import Desk, GuestDesk
from booking_public.schemas.bookings import CodeIn, ManagedOut, PaymentOut, RescheduleIn, ToPayOut
from booking_public.schemas.calendar import calendar_of
from booking_public.tables import business_of, businesses_copy
from booking_public.use_cases.bookings.codes import verification_of, verify
from booking_public.use_cases.bookings.links import linked_booking
from booking_public.use_cases.bookings.manage import Managed, cancel, look, pay, reschedule
from booking_public.use_cases.bookings.secrets import TOKEN_LENGTH
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.problems import Invalid, NotFound, ServiceUnavailable
from plumbing.web import problems

_SECRET = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
_PAYING = (NotFound, AlreadyOver, NothingToPay, PaymentsOff, ServiceUnavailable)
_CHANGING = (NotFound, TooLate, AlreadyOver, ServiceUnavailable)

router = APIRouter(prefix="/api/public/bookings/{manage_token}", tags=["public booking"], route_class=EdgeRoute)


async def _booking(manage_token: str, desk: Desk) -> Booking:
    """The booking that the link belongs to. Raises NotFound, for whatever is none, in the same words."""
    if len(manage_token) != TOKEN_LENGTH or not manage_token.isascii():
        raise NotFound
    async with desk.flow.uow.across_businesses() as tx:
        found = await linked_booking(tx, manage_token)
    if found is None:
        raise NotFound
    return found


OwnBooking = Annotated[Booking, Depends(_booking)]


@router.get("", response_model=ManagedOut, responses=problems(NotFound, ServiceUnavailable))
async def read_managed(booking: OwnBooking, desk: Desk) -> Response:
    """The appointment as it is now, and until when what can be done with it."""
    return await _shown(desk, await look(desk.flow, booking, at=utc_now()))


@router.post("/cancel", response_model=ManagedOut, responses=problems(*_CHANGING))
async def cancel_managed(booking: OwnBooking, desk: Desk) -> Response:
    """Cancel it; the deposit is on its way back. Cancelled already, it stays so."""
    seen = await look(desk.flow, booking, at=utc_now())
    return await _shown(desk, await cancel(desk.flow, seen, at=utc_now()))


@router.post(
    "/pay",
    response_model=PaymentOut,
    responses=problems(*_PAYING, SlotTaken, NotBookable, PriceChanged),
)
async def pay_managed(booking: OwnBooking, desk: Desk) -> Response:
    """What the browser needs to pay the deposit; asked again, the same.

    Was it paid when the time had run out and somebody else had it, nothing was taken: 409 with `alternatives`.
    """
    seen = await look(desk.flow, booking, at=utc_now())
    asked = await pay(desk.flow, seen, at=utc_now())
    return Answer.of(PaymentOut.of(asked), headers=_SECRET)


@router.post("/reschedule", response_model=ManagedOut, responses=problems(*_CHANGING, Invalid, SlotTaken, NotBookable))
async def reschedule_managed(body: RescheduleIn, booking: OwnBooking, desk: Desk) -> Response:
    """Move it, by the rules that bind a guest. Where it is already, it stays."""
    seen = await look(desk.flow, booking, at=utc_now())
    if (
        body.staff_id is not None
        and booking.terms.staff_ids is not None
        and body.staff_id not in booking.terms.staff_ids
    ):
        raise Invalid.at("/staffId", "is not offered here")
    return await _shown(desk, await reschedule(desk.flow, seen, body.start, body.staff_id, at=utc_now()))


@router.post(
    "/verify",
    response_model=ManagedOut,
    responses=problems(NotFound, Invalid, WrongCode, NothingToVerify, AlreadyOver, ServiceUnavailable),
)
async def verify_managed(body: CodeIn, booking: OwnBooking, desk: Desk) -> Response:
    """Prove by the code that was sent that the address is the guest's; after five wrong ones the time is free again."""
    after = await verify(desk.flow, booking, body.code, at=utc_now())
    return await _shown(desk, await look(desk.flow, after, at=utc_now()))


@router.get(
    "/calendar.ics",
    response_class=Response,
    responses={
        200: {"content": {"text/calendar": {"schema": {"type": "string"}}}, "description": "The event (RFC 5545)."},
        **problems(NotFound, ServiceUnavailable),
    },
)
async def read_calendar(booking: OwnBooking, desk: Desk) -> Response:
    """The appointment for a calendar; asked again after a change, the same event with a higher sequence."""
    seen = await look(desk.flow, booking, at=utc_now())
    async with desk.flow.uow(booking.business_id) as tx:
        own = select(businesses_copy).where(businesses_copy.c.business_id == booking.business_id)
        row = await tx.row(own)
    if row is None:
        raise NotFound
    headers = {**_SECRET, "Content-Disposition": 'attachment; filename="appointment.ics"'}
    body = calendar_of(seen.appointment, business_of(row))
    return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")


async def _shown(desk: GuestDesk, seen: Managed) -> Response:
    terms, appointment = seen.booking.terms, seen.appointment
    return Answer.of(
        ManagedOut(
            appointment=GuestAppointment.of(appointment),
            can_cancel_until=None if seen.is_over else terms.cancel_until(appointment.start),
            can_reschedule_until=None if seen.is_over else terms.reschedule_until(appointment.start),
            refund_if_cancelled_now=seen.refund_at(utc_now()),
            payment=ToPayOut.of(seen.to_pay),
            paid=seen.paid,
            verification=await verification_of(desk.flow, seen.booking, at=utc_now()),
            policy=terms.shown(),
        ),
        headers=_SECRET,
    )
