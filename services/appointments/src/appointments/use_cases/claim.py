"""Taking time: the locks, the rows that the database may refuse, and giving time back."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete

from appointments.domain import SlotTaken, Window
from appointments.tables import NO_OVERLAP, claims
from appointments.use_cases.look import Busy, look
from contracts.ids import BookableId, uuid7
from contracts.offers import ConflictDetails
from plumbing.db import Tx
from plumbing.failpoints import reach
from plumbing.session import half_open


async def lock(tx: Tx, bookables: Iterable[BookableId]) -> None:
    """Let nobody else take time of these bookables until this transaction ends.

    In the order of the keys, so that no two transactions wait for each other; to be called before any appointment is
    locked. It goes with the next statement, which sees what was committed by whoever held the locks before, and which
    is Contended after three seconds.
    """
    await reach("appointments.before_lock")
    keys = sorted({_lock_key(bookable) for bookable in bookables})
    tx.with_next("SELECT " + ", ".join(f"pg_advisory_xact_lock({key})" for key in keys))  # integers


def take(tx: Tx, window: Window, bookables: Iterable[BookableId]) -> None:
    """Take the window with the next flush, on locked bookables that were looked at: nothing was in the way.

    The constraint has the last word all the same: what it refuses is Contended, and all is to be done again.
    """
    for bookable in sorted(bookables):
        tx.insert(claims, _row(window, bookable), unless=NO_OVERLAP)


async def refuse_taken(tx: Tx, window: Window, bookables: Sequence[BookableId]) -> None:
    """Raise SlotTaken, which says by what, unless all of these locked bookables are free; the staff member first."""
    seen = await look(tx, window, bookables)
    if seen.busy:
        raise SlotTaken([_conflict(busy, staff=bookables[0]) for busy in seen.busy])


async def release(tx: Tx, window: Window) -> None:
    """Give back all that the owner has taken."""
    await tx.execute(
        delete(claims).where(claims.c.business_id == window.business_id, claims.c.owner_id == window.owner_id)
    )


def _conflict(busy: Busy, *, staff: BookableId) -> ConflictDetails:
    return busy.staff_conflict if busy.bookable_id == staff else busy.resource_conflict()


def _lock_key(bookable: BookableId) -> int:
    """The 64 bits of an id that are random in every version of UUID."""
    return int.from_bytes(bookable.bytes[8:], signed=True)


def _row(window: Window, bookable: BookableId) -> dict[str, Any]:
    return {
        "business_id": window.business_id,
        "owner_id": window.owner_id,
        "id": uuid7(),
        "bookable_id": bookable,
        "start_at": window.start,
        "end_at": window.end,
        "buffer_before": window.buffer_before,
        "buffer_after": window.buffer_after,
        "during": half_open(window.lower, window.upper),
        "expires_at": window.expires_at,
    }
