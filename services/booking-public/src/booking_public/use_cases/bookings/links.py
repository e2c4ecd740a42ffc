"""Links that are sent to guests: each is made anew when it is asked for, and of each only its hash is kept."""

from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from booking_public.domain.bookings import Booking, BookingState
from booking_public.domain.waiting import Wait
from booking_public.tables.bookings import booking_of, bookings
from booking_public.tables.waiting import guest_links, guest_waits, wait_of
from booking_public.use_cases.bookings.receive import MANAGE
from booking_public.use_cases.bookings.secrets import hash_of
from contracts.ids import AppointmentId, BusinessId
from plumbing.db import Tx

WAITING = "waiting"
"""What the secret of a wish is for; that of a booking is for managing it."""

_TOKEN_BYTES = 32


async def new_link(tx: Tx, target: Booking | Wait, *, at: datetime) -> str:
    """A new secret that leads there."""
    token = token_urlsafe(_TOKEN_BYTES)
    await add_link(tx, target, token, at=at)
    return token


async def add_link(tx: Tx, target: Booking | Wait, token: str, *, at: datetime) -> None:
    """Let this secret lead there, too."""
    kind = {"booking_id": target.id} if isinstance(target, Booking) else {"waiting_id": target.id}
    purpose = MANAGE if isinstance(target, Booking) else WAITING
    row = {"token_hash": hash_of(token, purpose), "business_id": target.business_id, **kind, "created_at": at}
    await tx.execute(insert(guest_links).values(row).on_conflict_do_nothing())


async def linked_booking(tx: Tx, token: str) -> Booking | None:
    """The attempt to which a link leads, of any business: the first one, or one that was sent since."""
    token_hash = hash_of(token, MANAGE)
    row = await tx.row(select(bookings).where(bookings.c.manage_hash == token_hash))
    if row is None:
        c = guest_links.c
        to_it = (c.business_id == bookings.c.business_id) & (c.booking_id == bookings.c.id)
        row = await tx.row(select(bookings).join(guest_links, to_it).where(c.token_hash == token_hash))
    return None if row is None else booking_of(row)


async def linked_wait(tx: Tx, token: str, *, at: datetime) -> Wait | None:
    """The wish to which a link leads, of any business; None when its time is past."""
    token_hash = hash_of(token, WAITING)
    live = guest_waits.c.until > at
    row = await tx.row(select(guest_waits).where(guest_waits.c.token_hash == token_hash, live))
    if row is None:
        c = guest_links.c
        to_it = (c.business_id == guest_waits.c.business_id) & (c.waiting_id == guest_waits.c.id)
        row = await tx.row(select(guest_waits).join(guest_links, to_it).where(c.token_hash == token_hash, live))
    return None if row is None else wait_of(row)


async def booking_of_appointment(tx: Tx, business_id: BusinessId, appointment_id: AppointmentId) -> Booking | None:
    """The attempt that made this appointment, also when it has just done so and does not know it yet."""
    c = bookings.c
    made = or_(c.appointment_id == appointment_id, c.hold_id == appointment_id, c.spare_id == appointment_id)
    rows = await tx.rows(select(bookings).where(c.business_id == business_id, made).order_by(c.id))
    if not rows:
        paying = c.state == BookingState.AWAITING_PAYMENT.value
        waiting = await tx.rows(select(bookings).where(c.business_id == business_id, paying))
        rows = [row for row in waiting if booking_of(row).rebooking_id == appointment_id]
    return booking_of(rows[0]) if rows else None
