"""What follows when an appointment is cancelled whose deposit was taken: so much goes back as its guest was told."""

from datetime import datetime, timedelta

from sqlalchemy import select

from booking_public.domain.bookings import BY_GUEST, Booking
from booking_public.domain.payments import Deposit, PaymentState, refund_due
from booking_public.tables.payments import deposit_of, deposits
from booking_public.use_cases.bookings.keep import stored_with_id
from booking_public.use_cases.payments.reconcile import IDLE
from booking_public.use_cases.payments.refund import RefundRequest, ask, is_asked, unless_returned
from contracts.appointments import AppointmentDetails
from contracts.money import Money
from plumbing.db import Tx

BY_BUSINESS = "cancelled by the business"


async def owe(tx: Tx, cancelled: AppointmentDetails, *, asked_by_customer: bool, at: datetime) -> None:
    """Note what goes back; the reconciler sends it within minutes. Safe to repeat.

    All of it, unless the business cancelled because the customer asked for it: then what the policy says that the guest
    was shown. What was not taken yet is let go by whoever is about to take it.
    """
    deposit = await _deposit(tx, cancelled)
    booking = None if deposit is None else await stored_with_id(tx, deposit.business_id, deposit.booking_id)
    if deposit is None or booking is None or deposit.state is not PaymentState.CAPTURED:
        return
    if await is_asked(tx, deposit.business_id, cancelled_key(booking)):
        return
    due = _due(booking, deposit, cancelled) if asked_by_customer else deposit.kept
    if due <= 0:
        return
    is_guest = cancelled.cancellation_reason == BY_GUEST
    request = RefundRequest(
        business_id=deposit.business_id,
        deposit_id=deposit.id,
        key=cancelled_key(booking),
        by="guest" if is_guest else "system",
        amount=None if due == deposit.kept else due,
        reason=BY_GUEST if is_guest else BY_BUSINESS,
    )
    await unless_returned(lambda: ask(tx, request, at=at, rested=IDLE))


def cancelled_key(booking: Booking) -> str:
    """What goes back for that it is cancelled goes back once, whoever is the first to hear of it."""
    return f"cancelled:{booking.id}"


async def _deposit(tx: Tx, appointment: AppointmentDetails) -> Deposit | None:
    c = deposits.c
    own = (c.business_id == appointment.business_id) & (c.appointment_id == appointment.id)
    row = await tx.row(select(deposits).where(own).with_for_update())
    return None if row is None else deposit_of(row)


def _due(booking: Booking, deposit: Deposit, cancelled: AppointmentDetails) -> int:
    """By the moment of its cancellation, not by that at which it was heard of."""
    terms = booking.terms
    return refund_due(
        Money(amount=deposit.kept, currency=deposit.currency),
        policy=terms.refund_policy,
        window=timedelta(minutes=terms.cancel_window_minutes),
        start=cancelled.start,
        at=cancelled.updated_at,
    ).amount
