"""Whoever is paying keeps their time for longer: the bank asks them something, or takes its time."""

from datetime import datetime

from booking_public.domain.bookings import PAYING_LIFE, Booking, BookingState
from booking_public.domain.payments import Deposit
from booking_public.use_cases.bookings.advance import Flow
from booking_public.use_cases.bookings.keep import move
from booking_public.use_cases.payments.stored import put_off
from contracts.bookings import LengthenRequest
from plumbing.failpoints import reach


async def lengthen(flow: Flow, booking: Booking, deposit: Deposit, *, at: datetime) -> None:
    """The time and the deposit wait until so long after it was asked for, and no longer. Safe to repeat.

    Nothing happens when the time is kept for good or has ended: what is paid then decides by itself.
    """
    until = deposit.created_at + PAYING_LIFE
    if booking.state is not BookingState.AWAITING_PAYMENT or deposit.expires_at >= until:
        return
    wanted = LengthenRequest(business_id=booking.business_id, until=until)
    kept = (await flow.appointments.lengthen(deposit.appointment_id, wanted)).appointment
    await reach("booking_public.after_lengthen")
    if kept is None or kept.expires_at is None:
        return
    async with flow.uow(booking.business_id) as tx:
        await put_off(tx, deposit, until=kept.expires_at, at=at)
        await move(tx, booking, booking.state, at=at, expires_at=kept.expires_at)
