"""What a guest may do with a link: see the appointment, cancel it, move it; by the terms under which it was booked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from booking_public.domain.bookings import (
    BY_GUEST,
    LINK_LIFE,
    AlreadyOver,
    Booking,
    BookingState,
    NothingToPay,
    TooLate,
    problem_of,
)
from booking_public.domain.payments import PAID, Deposit, DepositOver, Due, PaymentState, refund_due
from booking_public.use_cases.bookings.advance import Flow, refusal_of
from booking_public.use_cases.bookings.cancelled import cancelled_key
from booking_public.use_cases.bookings.keep import known_deposit, note_not_owed, note_owed
from booking_public.use_cases.payments.authorise import authorise
from booking_public.use_cases.payments.end import cancel as cancel_payment
from booking_public.use_cases.payments.refund import RefundRequest, refund, unless_returned
from contracts.appointments import AppointmentDetails, Status
from contracts.bookings import BookingQuestion, CancelRequest, ChangedAnswer, RescheduleRequest
from contracts.ids import StaffId
from contracts.money import Money
from plumbing.failpoints import reach
from plumbing.problems import NotFound

_OVER = frozenset({Status.CANCELLED, Status.COMPLETED, Status.NO_SHOW})
_WAITING = frozenset({BookingState.AWAITING_PAYMENT, BookingState.UNPAID})
_PAYABLE = frozenset({PaymentState.OPEN, PaymentState.ACTION})


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

    @property
    def to_pay(self) -> Deposit | None:
        """The deposit that a card is waited for; None when nothing can be paid."""
        waits = self.booking.state in _WAITING and not self.is_over
        return self.deposit if waits and self.deposit is not None and self.deposit.state in _PAYABLE else None

    @property
    def paid(self) -> Money | None:
        """What a card has paid, or keeps ready, less what was given back; None when nothing was."""
        if self.deposit is None or self.deposit.state not in PAID:
            return None
        return Money(amount=self.deposit.amount - self.deposit.refunded, currency=self.deposit.currency)

    def refund_at(self, at: datetime) -> Money | None:
        """What a guest gets back who cancels at that time; None when nothing was paid."""
        if self.paid is None or self.is_over:
            return None
        terms = self.booking.terms
        return refund_due(
            self.paid,
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
        if seen.deposit is not None:
            async with flow.uow(booking.business_id) as tx:
                await note_owed(tx, booking, since=at)
        await reach("booking_public.after_cancelling")
        wanted = CancelRequest(business_id=booking.business_id, reason=BY_GUEST)
        appointment = _changed(await flow.appointments.cancel(appointment.id, wanted))
        await reach("booking_public.after_cancel")
    if appointment.cancellation_reason == BY_GUEST:
        await _pay_back(flow, seen, at=at)
    return await _managed(flow, booking, appointment)


async def pay(flow: Flow, seen: Managed, *, at: datetime) -> Deposit:
    """The deposit, with what the guest's browser needs to pay it. Raises AlreadyOver, NothingToPay.

    Raises SlotTaken, NotBookable and PriceChanged when it was paid too late, and could not be booked once more.
    """
    if seen.booking.lost is not None:
        raise problem_of(seen.booking.lost)
    if seen.is_over:
        raise AlreadyOver
    deposit = seen.to_pay
    if deposit is None:
        raise NothingToPay
    if deposit.expires_at <= at:
        raise AlreadyOver
    due = Due(
        business_id=deposit.business_id,
        booking_id=deposit.booking_id,
        appointment_id=deposit.appointment_id,
        amount=deposit.due,
        expires_at=deposit.expires_at,
    )
    try:
        asked = await authorise(flow.uow, flow.payments, due, at=at)
    except DepositOver as error:
        raise AlreadyOver from error
    if asked.state not in _PAYABLE:
        raise NothingToPay
    return asked


async def go_on_paying_back(flow: Flow, booking: Booking, *, left: datetime, at: datetime) -> None:
    """Pay back what a process that died may have left since that moment: if it is cancelled; nothing if it is not."""
    known = booking.appointment_id
    question = BookingQuestion(business_id=booking.business_id)
    found = (await flow.appointments.read(known, question)).appointment if known is not None else None
    if found is not None and found.cancellation_reason == BY_GUEST:
        await _pay_back(flow, await _managed(flow, booking, found), at=at)
        return
    async with flow.uow(booking.business_id) as tx:
        await note_not_owed(tx, booking, until=left)


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
            key=cancelled_key(booking),
            by="guest",
            reason=BY_GUEST,
        )
        await unless_returned(partial(refund, flow.uow, flow.payments, request, at=at))
    async with flow.uow(booking.business_id) as tx:
        await note_not_owed(tx, booking, until=at)


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
