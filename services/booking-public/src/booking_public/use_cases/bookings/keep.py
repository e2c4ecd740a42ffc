"""The row of an attempt: stored once under its key, then changed only from the state in which it was seen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from booking_public.domain.bookings import Booking, BookingState
from booking_public.domain.payments import Deposit
from booking_public.tables.bookings import booking_of, bookings
from booking_public.tables.payments import deposit_of, deposits
from contracts.ids import BookingId, BusinessId
from plumbing.db import Tx

_LET_GO: dict[str, Any] = {"customer": None, "notes": "", "contacts": [], "expires_at": None}
_FINAL = [BookingState.CONFIRMED.value, BookingState.FAILED.value]


async def stored(tx: Tx, business_id: BusinessId, key_hash: bytes) -> Booking | None:
    """The attempt that was made under this key."""
    c = bookings.c
    row = await tx.row(select(bookings).where(c.business_id == business_id, c.key_hash == key_hash))
    return None if row is None else booking_of(row)


async def stored_with_id(tx: Tx, business_id: BusinessId, booking_id: BookingId) -> Booking | None:
    """The attempt with this id."""
    c = bookings.c
    row = await tx.row(select(bookings).where(c.business_id == business_id, c.id == booking_id))
    return None if row is None else booking_of(row)


async def store(tx: Tx, row: Mapping[str, Any]) -> bool:
    """Store a new attempt; False when there is one under its key, or its hold is another's."""
    result = await tx.execute(insert(bookings).values(row).on_conflict_do_nothing())
    return result.rowcount == 1


async def move(tx: Tx, seen: Booking, state: BookingState, *, at: datetime, **changes: Any) -> Booking | None:
    """The attempt in its next state; None when somebody else has moved it since it was seen.

    What the guest wrote about themselves is let go as soon as they have an appointment for good, or none.
    """
    c = bookings.c
    if state in {BookingState.UNPAID, BookingState.CONFIRMED, BookingState.FAILED}:
        changes |= _LET_GO
    own = (c.business_id == seen.business_id) & (c.id == seen.id) & (c.state == seen.state.value)
    values = {"state": state.value, "updated_at": at, **changes}
    row = await tx.row(update(bookings).where(own).values(values).returning(bookings))
    return None if row is None else booking_of(row)


async def left_held(tx: Tx, *, before: datetime, most: int) -> list[Booking]:
    """Attempts without a deposit that were held and then left: whoever died there may have booked them."""
    c = bookings.c
    left = (c.state == BookingState.HELD.value) & c.deposit.is_(None) & (c.updated_at < before)
    rows = await tx.rows(select(bookings).where(left).order_by(c.updated_at).limit(most))
    return [booking_of(row) for row in rows]


async def note_owed(tx: Tx, seen: Booking, *, since: datetime) -> None:
    """Note that the guest cancels, and is owed what they have paid."""
    own = (bookings.c.business_id == seen.business_id) & (bookings.c.id == seen.id)
    await tx.execute(update(bookings).where(own).values(paying_back_since=since))


async def note_not_owed(tx: Tx, seen: Booking, *, until: datetime) -> None:
    """Note that nothing is owed, or it is on its way; unless the guest began to cancel after that moment."""
    own = (bookings.c.business_id == seen.business_id) & (bookings.c.id == seen.id)
    noted = own & (bookings.c.paying_back_since <= until)
    await tx.execute(update(bookings).where(noted).values(paying_back_since=None))


async def left_owed(tx: Tx, *, before: datetime, most: int) -> list[Booking]:
    """Attempts whose guests began to cancel before that, and are still owed what they paid."""
    c = bookings.c
    rows = await tx.rows(select(bookings).where(c.paying_back_since < before).order_by(c.paying_back_since).limit(most))
    return [booking_of(row) for row in rows]


async def known_deposit(tx: Tx, business_id: BusinessId, booking_id: BookingId) -> Deposit | None:
    """What was asked for when it was booked, as far as it is known; not locked."""
    own = (deposits.c.business_id == business_id) & (deposits.c.booking_id == booking_id)
    row = await tx.row(select(deposits).where(own))
    return None if row is None else deposit_of(row)


async def forget_bookings(tx: Tx, *, abandoned: datetime, answered: datetime) -> None:
    """Let go of what guests wrote and were answered, when it was abandoned or answered before these moments."""
    c = bookings.c
    over = {"state": BookingState.FAILED.value, "answer": {"code": "BookingEnded"}, **_LET_GO}
    stuck = c.state.in_([BookingState.RECEIVED.value, BookingState.HELD.value]) & (c.updated_at < abandoned)
    await tx.execute(update(bookings).where(stuck).values(over))
    kept = c.answer.is_not(None) & (c.created_at < answered) & c.state.in_(_FINAL)
    await tx.execute(update(bookings).where(kept).values(answer=None, lost=None, key_hash=func.sha256(c.key_hash)))
