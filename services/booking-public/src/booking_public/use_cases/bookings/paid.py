"""What follows when a deposit is paid, or is over: the appointment is kept and the money taken, or neither."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from booking_public.domain.bookings import Booking, BookingState
from booking_public.domain.payments import Deposit, PaymentDeclined, PaymentState
from booking_public.use_cases.bookings.advance import Flow, shown_of
from booking_public.use_cases.bookings.keep import move, stored_with_id
from booking_public.use_cases.payments.end import cancel, capture
from booking_public.use_cases.payments.refund import RefundRequest, refund
from booking_public.use_cases.payments.stored import reassign
from contracts.appointments import AppointmentDetails
from contracts.bookings import CancelRequest, ConfirmRequest
from contracts.ids import AppointmentId
from plumbing.failpoints import reach

EXPIRED = "expired"
"""Why appointments cancels what was not paid in time."""

_NOT_KEPT = "the time was gone when it was paid"


async def follow_payment(flow: Flow, deposit: Deposit, *, at: datetime) -> None:
    """Keep the appointment and take the money, or give it back. Safe to repeat; raises when it has to be repeated."""
    async with flow.uow(deposit.business_id) as tx:
        booking = await stored_with_id(tx, deposit.business_id, deposit.booking_id)
    if booking is None:
        return
    if deposit.state is PaymentState.CANCELLED:
        await _end(flow, booking, at=at)
        return
    if booking.state is BookingState.CONFIRMED:
        if deposit.state is PaymentState.AUTHORISED:
            await _take(flow, deposit, at=at)
        return
    kept = None if booking.state is BookingState.FAILED else await _kept(flow, booking, deposit)
    await reach("booking_public.after_keep")
    if kept is None:
        await _give_back(flow, booking, deposit, at=at)
        return
    async with flow.uow(deposit.business_id) as tx:
        await reassign(tx, deposit, kept.id, at=at)
    await _take(flow, deposit, at=at)
    await _move(flow, booking, BookingState.CONFIRMED, kept, at=at)


async def _kept(flow: Flow, booking: Booking, deposit: Deposit) -> AppointmentDetails | None:
    """The appointment, kept for good; booked once more if its time has run out and is still free; None if it is not."""
    status = flow.status_of(booking)
    known = booking.appointment_id or deposit.appointment_id
    wanted = ConfirmRequest(business_id=booking.business_id, status=status)
    answer = await flow.appointments.confirm(known, wanted)
    if answer.appointment is not None and not answer.is_over:
        return answer.appointment
    if answer.appointment is None or answer.appointment.cancellation_reason != EXPIRED:
        return None
    # The hold has become the appointment that has expired: only the spare id can be given to another one.
    again = AppointmentId(booking.spare_id)
    if known == again:
        return None
    renewed = replace(booking, hold_id=type(booking.hold_id)(again))
    made = (await flow.book(renewed, seconds=None, spare_id=again)).appointment
    return made if made is not None and made.cancellation_reason is None else None


async def _take(flow: Flow, deposit: Deposit, *, at: datetime) -> None:
    """The money; when the bank declines after all the appointment stays, and its owner is told that it is unpaid."""
    if deposit.state is PaymentState.CAPTURED:
        return
    try:
        await capture(flow.uow, flow.payments, deposit.business_id, deposit.booking_id, at=at)
    except PaymentDeclined:
        return
    await reach("booking_public.after_capture")


async def _give_back(flow: Flow, booking: Booking, deposit: Deposit, *, at: datetime) -> None:
    after = deposit
    if deposit.state is not PaymentState.CAPTURED:
        after = await cancel(flow.uow, flow.payments, deposit.business_id, deposit.booking_id, at=at)
    if after.state is PaymentState.CAPTURED and after.kept:
        request = RefundRequest(
            business_id=deposit.business_id,
            deposit_id=deposit.id,
            key=f"not-kept:{deposit.booking_id}",
            by="system",
            reason=_NOT_KEPT,
        )
        await refund(flow.uow, flow.payments, request, at=at)
    await _move(flow, booking, BookingState.FAILED, None, at=at)


async def _end(flow: Flow, booking: Booking, *, at: datetime) -> None:
    """The deposit will not be paid: whoever waited for it waits no more."""
    if booking.state is not BookingState.AWAITING_PAYMENT:
        return
    if booking.appointment_id is not None:
        wanted = CancelRequest(business_id=booking.business_id, reason=EXPIRED)
        await flow.appointments.cancel(booking.appointment_id, wanted)
    await _move(flow, booking, BookingState.FAILED, None, at=at)


async def _move(
    flow: Flow, booking: Booking, state: BookingState, made: AppointmentDetails | None, *, at: datetime
) -> None:
    if booking.state is state:
        return
    changes: dict[str, Any] = {} if made is None else {"appointment_id": made.id, "staff_id": made.staff_id}
    if booking.answer is None:
        ended = {"code": "BookingEnded"}
        changes["answer"] = ended if made is None else {"appointment": shown_of(made), "payment": None}
    async with flow.uow(booking.business_id) as tx:
        await move(tx, booking, state, at=at, **changes)
