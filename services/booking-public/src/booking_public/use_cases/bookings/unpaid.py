"""What follows when nothing comes of a deposit: what waited for it ends; what was kept waits for another card."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from booking_public.domain.bookings import UNPAID_LIFE, Booking, BookingState
from booking_public.domain.payments import Deposit
from booking_public.use_cases.bookings.advance import Flow, shown_of
from booking_public.use_cases.bookings.keep import move
from booking_public.use_cases.payments.again import ask_again
from contracts.appointments import AppointmentDetails, Status
from contracts.bookings import BookingQuestion, CancelRequest
from plumbing.failpoints import reach

EXPIRED = "expired"
"""Why appointments cancels what was not paid in time."""

NOT_PAID = "the deposit was not paid"

_WAITING = frozenset({BookingState.AWAITING_PAYMENT, BookingState.UNPAID})


async def end_unpaid(flow: Flow, booking: Booking, deposit: Deposit, *, at: datetime) -> None:
    """What was let go: its time is free again, unless it was kept before. Safe to repeat."""
    if booking.state not in _WAITING:
        return
    made = await _made(flow, booking, deposit)
    if made is None or made.status is Status.CANCELLED:
        await move_on(flow, booking, BookingState.FAILED, None, at=at)
    elif made.expires_at is not None:
        await _free(flow, booking, made, EXPIRED, at=at)
    elif _may_pay_otherwise(booking, deposit, at):
        await wait_for_another_card(flow, booking, deposit, made, at=at)
    elif booking.state is BookingState.UNPAID and at < made.start:
        await _free(flow, booking, made, NOT_PAID, at=at)
    else:  # the owner kept it without a deposit, or it has begun: what is owed is between the two of them
        await move_on(flow, booking, BookingState.CONFIRMED, made, at=at)


async def wait_for_another_card(
    flow: Flow, booking: Booking, deposit: Deposit, made: AppointmentDetails, *, at: datetime
) -> None:
    """The appointment stays for a day from the first time that its deposit could not be taken; others are told."""
    until = deposit.expires_at if booking.state is BookingState.UNPAID else at + UNPAID_LIFE
    async with flow.uow(booking.business_id) as tx:
        if await ask_again(tx, deposit, until=until, at=at) is not None:
            await move(tx, booking, BookingState.UNPAID, at=at, **_changes(booking, made))
    await reach("booking_public.after_unpaid")


async def move_on(
    flow: Flow,
    booking: Booking,
    state: BookingState,
    made: AppointmentDetails | None,
    *,
    at: datetime,
    lost: Mapping[str, Any] | None = None,
) -> None:
    """The attempt in its next state, with its appointment, if it has one; or why it could not be had any more."""
    if booking.state is not state:
        async with flow.uow(booking.business_id) as tx:
            await move(tx, booking, state, at=at, lost=lost, **_changes(booking, made))


async def _made(flow: Flow, booking: Booking, deposit: Deposit) -> AppointmentDetails | None:
    """The appointment; that which was booked once more by a process that then died, if the first had run out."""
    question = BookingQuestion(business_id=booking.business_id)
    known = booking.appointment_id or deposit.appointment_id
    found = (await flow.appointments.read(known, question)).appointment
    if found is None or found.cancellation_reason != EXPIRED:
        return found
    return (await flow.appointments.read(booking.rebooking_id, question)).appointment or found


def _may_pay_otherwise(booking: Booking, deposit: Deposit, at: datetime) -> bool:
    """Whether a card kept it ready, or the day is not over."""
    return at < deposit.expires_at if booking.state is BookingState.UNPAID else deposit.authorised > 0


async def _free(flow: Flow, booking: Booking, made: AppointmentDetails, reason: str, *, at: datetime) -> None:
    await flow.appointments.cancel(made.id, CancelRequest(business_id=booking.business_id, reason=reason))
    await move_on(flow, booking, BookingState.FAILED, None, at=at)


def _changes(booking: Booking, made: AppointmentDetails | None) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if made is not None:
        changes |= {"appointment_id": made.id, "staff_id": made.staff_id, "customer_id": made.customer_id}
    if booking.answer is None:
        ended = {"code": "BookingEnded"}
        changes["answer"] = ended if made is None else {"appointment": shown_of(made), "payment": None}
    return changes
