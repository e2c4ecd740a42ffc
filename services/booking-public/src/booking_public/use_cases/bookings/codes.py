"""While nobody can tell people from programs: a time is a guest's when they send back the code that they were sent."""

from datetime import datetime

from sqlalchemy import delete, select

from booking_public.domain.bookings import AlreadyOver, Booking, BookingState
from booking_public.domain.codes import (
    MOST_TRIES,
    NothingToVerify,
    Verification,
    WrongCode,
    hash_of_code,
)
from booking_public.tables.bookings import booking_of, bookings
from booking_public.tables.codes import booking_codes
from booking_public.use_cases.bookings.advance import Flow
from booking_public.use_cases.bookings.keep import move
from contracts.appointments import AppointmentDetails, Status
from contracts.bookings import BookingQuestion, CancelRequest, ConfirmRequest
from plumbing.db import Tx
from plumbing.failpoints import reach

NOT_VERIFIED = "the email address was not verified"

# Counted and compared in one statement: whoever sends many at once is counted as often. The right one costs no try.
_TRY = """
UPDATE booking_codes SET tries = tries + (code_hash <> $3)::int
WHERE business_id = $1 AND booking_id = $2 AND expires_at > $4 AND tries < $5
RETURNING code_hash = $3 AS is_right, tries
"""


async def verification_of(flow: Flow, booking: Booking, *, at: datetime) -> Verification | None:
    """The code that is waited for; None when none is, or it has ended."""
    if booking.state is not BookingState.AWAITING_CODE:
        return None
    c = booking_codes.c
    own = (c.business_id == booking.business_id) & (c.booking_id == booking.id)
    async with flow.uow(booking.business_id) as tx:
        expires_at = await tx.scalar(select(c.expires_at).where(own, c.expires_at > at, c.tries < MOST_TRIES))
    return None if expires_at is None else Verification(expires_at=expires_at)


async def verify(flow: Flow, booking: Booking, code: str, *, at: datetime) -> Booking:
    """The booking, kept as its page promises. Safe to repeat.

    Raises WrongCode: after too many the time is free. Raises AlreadyOver when it is, NothingToVerify when none waits.
    """
    if booking.state is BookingState.FAILED:
        raise AlreadyOver
    if booking.state is BookingState.CONFIRMED and booking.is_unproven and booking.deposit is None:
        return booking
    if booking.state is not BookingState.AWAITING_CODE:
        raise NothingToVerify
    async with flow.uow(booking.business_id) as tx:
        sent = hash_of_code(booking.salt, code)
        tried = await tx.fetch(_TRY, booking.business_id, booking.id, sent, at, MOST_TRIES)
    if tried and tried[0]["is_right"]:
        return await _keep(flow, booking, at=at)
    tries = tried[0]["tries"] if tried else MOST_TRIES
    if tries < MOST_TRIES:
        raise WrongCode(MOST_TRIES - tries)
    if (await _let_go(flow, booking, at=at)).state is BookingState.CONFIRMED:
        raise NothingToVerify
    raise WrongCode(0) if tried else AlreadyOver


async def end_unverified(flow: Flow, booking: Booking, *, at: datetime) -> Booking:
    """Follow what became of an appointment whose code nobody sent in time: it has expired, or the owner kept it."""
    made = await _made(flow, booking)
    if made is None or made.status is Status.CANCELLED:
        return await _moved(flow, booking, BookingState.FAILED, at=at)
    if made.expires_at is None:
        return await _moved(flow, booking, BookingState.CONFIRMED, at=at)
    return booking


async def left_unverified(tx: Tx, *, before: datetime, most: int) -> list[Booking]:
    """Attempts whose code is good no more since before that."""
    c = bookings.c
    left = (c.state == BookingState.AWAITING_CODE.value) & (c.expires_at < before)
    rows = await tx.rows(select(bookings).where(left).order_by(c.expires_at).limit(most))
    return [booking_of(row) for row in rows]


async def forget_codes(tx: Tx, *, before: datetime) -> None:
    """Forget codes that are good no more."""
    await tx.execute(delete(booking_codes).where(booking_codes.c.expires_at < before))


async def _keep(flow: Flow, booking: Booking, *, at: datetime) -> Booking:
    status = Status.CONFIRMED if booking.terms.is_automatic else Status.PENDING
    if booking.appointment_id is None:
        raise AlreadyOver
    wanted = ConfirmRequest(business_id=booking.business_id, status=status)
    answer = await flow.appointments.confirm(booking.appointment_id, wanted)
    await reach("booking_public.after_verified")
    kept = answer.appointment
    if kept is None or answer.is_over or kept.status is Status.CANCELLED:
        await _moved(flow, booking, BookingState.FAILED, at=at)
        raise AlreadyOver
    return await _moved(flow, booking, BookingState.CONFIRMED, at=at)


async def _let_go(flow: Flow, booking: Booking, *, at: datetime) -> Booking:
    """The time is free again, unless the owner has kept it in the meantime."""
    made = await _made(flow, booking)
    if made is not None and made.expires_at is not None:
        wanted = CancelRequest(business_id=booking.business_id, reason=NOT_VERIFIED)
        await flow.appointments.cancel(made.id, wanted)
        await reach("booking_public.after_unverified")
    return await end_unverified(flow, booking, at=at)


async def _made(flow: Flow, booking: Booking) -> AppointmentDetails | None:
    if booking.appointment_id is None:
        return None
    question = BookingQuestion(business_id=booking.business_id)
    return (await flow.appointments.read(booking.appointment_id, question)).appointment


async def _moved(flow: Flow, booking: Booking, state: BookingState, *, at: datetime) -> Booking:
    async with flow.uow(booking.business_id) as tx:
        moved = await move(tx, booking, state, at=at)
        c = booking_codes.c
        await tx.execute(delete(booking_codes).where(c.business_id == booking.business_id, c.booking_id == booking.id))
    return moved or booking
