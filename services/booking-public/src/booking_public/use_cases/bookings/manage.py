"""What a guest may do with a link: see the appointment, cancel it, move it; by the terms under which it was booked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from booking_public.domain.bookings import (
    LINK_LIFE,
    AlreadyOver,
    Booking,
    TooLate,
    problem_of,
)
from booking_public.domain.payments import PAID, Deposit, NothingToRefund, PaymentDisputed, PaymentState, refund_due
from booking_public.use_cases.bookings.advance import Flow, refusal_of
from booking_public.use_cases.bookings.keep import known_deposit
from booking_public.use_cases.payments.end import cancel as cancel_payment
from booking_public.use_cases.payments.refund import RefundRequest, refund
from contracts.appointments import AppointmentDetails, Status
from contracts.bookings import BookingQuestion, CancelRequest, ChangedAnswer, RescheduleRequest
from contracts.ids import StaffId
from contracts.money import Money
from plumbing.failpoints import reach
from plumbing.problems import NotFound

BY_GUEST = "cancelled by the guest"

_OVER = frozenset({Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW})


@dataclass(frozen=True, slots=True)
class Managed:
    """An appointment, how it was booked, and what was paid for it."""

    booking: Booking
    appointment: AppointmentDetails
    deposit: Deposit | None

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done about it any more."""
        return self.appointment.status in _OVER

    def refund_at(self, at: datetime) -> Money | None:
        """What a guest gets back who cancels at that time; None when nothing was paid."""
        if self.deposit is None or self.deposit.state not in PAID or self.is_over:
            return None
        terms = self.booking.terms
        return refund_due(
            Money(amount=self.deposit.amount - self.deposit.refunded, currency=self.deposit.currency),
            policy=terms.refund_policy,
            window=timedelta(minutes=terms.cancel_window_minutes),
            start=self.appointment.start,
            at=at,
        )


async def look(flow: Flow, booking: Booking | None, *, at: datetime) -> Managed:
    """As it is now. NotFound when there is none, or its time is long past."""
    if booking is None or booking.appointment_id is None:
        raise NotFound
    question = BookingQuestion(business_id=booking.business_id)
    found = (await flow.appointments.read(booking.appointment_id, question)).appointment
    if found is None or at > found.start + LINK_LIFE:
        raise NotFound
    return await _managed(flow, booking, found)


async def cancel(flow: Flow, seen: Managed, *, at: datetime) -> Managed:
    """Cancelled, with what was paid on its way back; asked again, the same. Raises TooLate and AlreadyOver."""
    booking, appointment = seen.booking, seen.appointment
    if appointment.status is not Status.CANCELLED:
        until = booking.terms.cancel_until(appointment.start)
        if at > until:
            raise TooLate(_iso(until), booking.terms.shown())
        wanted = CancelRequest(business_id=booking.business_id, reason=BY_GUEST)
        appointment = _changed(await flow.appointments.cancel(appointment.id, wanted))
        await reach("booking_public.after_cancel")
    if appointment.cancellation_reason == BY_GUEST:
        await _pay_back(flow, seen, at=at)
    return await _managed(flow, booking, appointment)


async def reschedule(flow: Flow, seen: Managed, start: datetime, staff_id: StaffId | None, *, at: datetime) -> Managed:
    """Moved. Raises TooLate and AlreadyOver, SlotTaken and NotBookable."""
    booking, appointment = seen.booking, seen.appointment
    if seen.is_over:
        raise AlreadyOver
    if (appointment.start, staff_id or appointment.staff_id) == (start, appointment.staff_id):
        return seen
    until = booking.terms.reschedule_until(appointment.start)
    if at > until:
        raise TooLate(_iso(until), booking.terms.shown())
    wanted = RescheduleRequest(
        business_id=booking.business_id, start=start, staff_id=staff_id, staff_ids=booking.terms.staff_ids
    )
    moved = _changed(await flow.appointments.reschedule(appointment.id, wanted))
    await reach("booking_public.after_reschedule")
    return await _managed(flow, booking, moved)


async def _pay_back(flow: Flow, seen: Managed, *, at: datetime) -> None:
    """All that is due. What is only authorised is let go, unless it was taken in the same moment."""
    deposit, booking = seen.deposit, seen.booking
    if deposit is None:
        return
    if deposit.state is not PaymentState.CAPTURED:
        deposit = await cancel_payment(flow.uow, flow.payments, booking.business_id, booking.id, at=at)
    if deposit.state is PaymentState.CAPTURED and deposit.kept:
        request = RefundRequest(
            business_id=booking.business_id,
            deposit_id=deposit.id,
            key=f"cancelled:{booking.id}",
            by="guest",
            reason=BY_GUEST,
        )
        await _if_it_can(partial(refund, flow.uow, flow.payments, request, at=at))


async def _if_it_can(give_back: Callable[[], Awaitable[object]]) -> None:
    """Give money back, unless the guest has it already: all of it, or by way of their bank."""
    try:
        await give_back()
    except (NothingToRefund, PaymentDisputed):
        return


async def _managed(flow: Flow, booking: Booking, appointment: AppointmentDetails) -> Managed:
    async with flow.uow(booking.business_id) as tx:
        deposit = await known_deposit(tx, booking.business_id, booking.id)
    return Managed(booking, appointment, deposit)


def _changed(answer: ChangedAnswer) -> AppointmentDetails:
    if answer.refusal is not None:
        raise problem_of(refusal_of(answer.refusal))
    if answer.appointment is None:
        raise NotFound
    if answer.is_over:
        raise AlreadyOver
    return answer.appointment


def _iso(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
