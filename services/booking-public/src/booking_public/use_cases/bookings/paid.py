"""What follows when a deposit is paid, or is over: the appointment is kept and the money taken, or neither."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from booking_public.domain.bookings import Booking, BookingState
from booking_public.domain.payments import UNDER_WAY, Deposit, PaymentDeclined, PaymentState
from booking_public.use_cases.bookings.advance import Flow, why_not
from booking_public.use_cases.bookings.keep import stored_with_id
from booking_public.use_cases.bookings.lengthen import lengthen
from booking_public.use_cases.bookings.unpaid import EXPIRED, end_unpaid, move_on, wait_for_another_card
from booking_public.use_cases.payments.end import cancel, capture
from booking_public.use_cases.payments.refund import RefundRequest, refund, unless_returned
from booking_public.use_cases.payments.stored import reassign
from contracts.appointments import AppointmentDetails, Status
from contracts.bookings import BookingAnswer, BookingQuestion, ConfirmRequest
from contracts.ids import OwnerId
from plumbing.failpoints import reach
from plumbing.problems import ServiceUnavailable

_NOT_KEPT = "the time was gone when it was paid"


async def follow_payment(flow: Flow, deposit: Deposit, *, at: datetime) -> None:
    """Keep the appointment and take the money, or give it back; while it is under way, keep the time for longer.

    Safe to repeat; raises when it has to be repeated.
    """
    async with flow.uow(deposit.business_id) as tx:
        booking = await stored_with_id(tx, deposit.business_id, deposit.booking_id)
    if booking is None:
        return
    if deposit.state in UNDER_WAY:
        await lengthen(flow, booking, deposit, at=at)
        return
    if deposit.state is PaymentState.CANCELLED:
        await end_unpaid(flow, booking, deposit, at=at)
        return
    if (booking.state, deposit.state) == (BookingState.CONFIRMED, PaymentState.CAPTURED):
        return
    answer = BookingAnswer() if booking.state is BookingState.FAILED else await _kept(flow, booking, deposit)
    await reach("booking_public.after_keep")
    if answer.appointment is None:
        await _give_back(flow, booking, deposit, answer, at=at)
    else:
        await _take(flow, booking, deposit, answer.appointment, at=at)


async def _kept(flow: Flow, booking: Booking, deposit: Deposit) -> BookingAnswer:
    """The appointment, kept for good; booked once more if its time has run out and is still free, or why it is not."""
    status = flow.status_of(booking)
    known = booking.appointment_id or deposit.appointment_id
    wanted = ConfirmRequest(business_id=booking.business_id, status=status)
    found = (await flow.appointments.confirm(known, wanted)).appointment
    if found is None or found.status is not Status.CANCELLED:
        return BookingAnswer(appointment=found)
    again = booking.rebooking_id
    if found.cancellation_reason != EXPIRED or known == again or booking.customer is None:
        return BookingAnswer()
    # The hold and the spare id may both be those of appointments that have expired.
    renewed = replace(booking, hold_id=OwnerId(again))
    answer = await flow.book(renewed, seconds=None, spare_id=again)
    is_gone = answer.appointment is not None and answer.appointment.status is Status.CANCELLED
    return BookingAnswer() if is_gone else answer


async def _take(flow: Flow, booking: Booking, deposit: Deposit, kept: AppointmentDetails, *, at: datetime) -> None:
    """The money; when the bank declines after all the appointment stays for a while, and another card is asked for.

    Whoever cancelled it before the money was taken did so while it was on its way: it goes back.
    """
    async with flow.uow(deposit.business_id) as tx:
        deposit = await reassign(tx, deposit, kept.id, at=at)
    after = await _taken_or_let_go(flow, deposit, at=at)
    if after.state is PaymentState.CANCELLED:
        await wait_for_another_card(flow, booking, after, kept, at=at)
        return
    await reach("booking_public.after_capture")
    seen = await flow.appointments.read(kept.id, BookingQuestion(business_id=booking.business_id))
    if seen.appointment is None or seen.appointment.status is Status.CANCELLED:
        await _give_back(flow, booking, after, BookingAnswer(), at=at)
    else:
        await move_on(flow, booking, BookingState.CONFIRMED, kept, at=at)


async def _taken_or_let_go(flow: Flow, deposit: Deposit, *, at: datetime) -> Deposit:
    """The deposit as CAPTURED; or, when it cannot be had, as CANCELLED, so that nothing can come of it any more."""
    if deposit.state is PaymentState.CAPTURED:
        return deposit
    try:
        return await capture(flow.uow, flow.payments, deposit.business_id, deposit.booking_id, at=at)
    except PaymentDeclined:
        after = await cancel(flow.uow, flow.payments, deposit.business_id, deposit.booking_id, at=at)
    if after.state not in {PaymentState.CAPTURED, PaymentState.CANCELLED}:
        raise ServiceUnavailable
    return after


async def _give_back(flow: Flow, booking: Booking, deposit: Deposit, answer: BookingAnswer, *, at: datetime) -> None:
    """All of it; and if somebody else has the time by now, that is what the guest is told who asks what is to pay."""
    after = deposit
    if deposit.state is not PaymentState.CAPTURED:
        after = await cancel(flow.uow, flow.payments, deposit.business_id, deposit.booking_id, at=at)
    if after.state is PaymentState.CAPTURED:
        request = RefundRequest(
            business_id=deposit.business_id,
            deposit_id=deposit.id,
            key=f"not-kept:{deposit.booking_id}",
            by="system",
            reason=_NOT_KEPT,
        )
        await unless_returned(partial(refund, flow.uow, flow.payments, request, at=at))
    is_lost = answer.refusal is not None or answer.price is not None
    await move_on(flow, booking, BookingState.FAILED, None, at=at, lost=why_not(answer) if is_lost else None)
