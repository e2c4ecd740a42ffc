"""Taking time: the locks, the rows that the database may refuse, and giving time back."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete

from appointments.domain import SlotTaken, Window
from appointments.tables import NO_OVERLAP, claim_row, claims
from appointments.use_cases.look import Busy, look
from contracts.ids import BookableId
from contracts.offers import ConflictDetails
from plumbing.db import Tx
from plumbing.failpoints import reach

# Planning the look at what is in the way takes longer than looking, and PostgreSQL would plan it each time: it takes
# the list of bookables for longer than it is, and so the plan that is good for any list for a bad one.
_PLAN_ONCE = "SET LOCAL plan_cache_mode = force_generic_plan"


async def lock(tx: Tx, bookables: Iterable[BookableId]) -> None:
    """Let nobody else take time of these bookables until this transaction ends.

    In the order of the keys, so that no two transactions wait for each other; to be called before any appointment is
    locked. It goes with the next statement, which sees what was committed by whoever held the locks before, and which
    is Contended after three seconds.
    """
    await reach("appointments.before_lock")
    keys = sorted({_lock_key(bookable) for bookable in bookables})
    tx.with_next(_PLAN_ONCE)
    tx.with_next("SELECT " + ", ".join(f"pg_advisory_xact_lock({key})" for key in keys))  # integers


def take(tx: Tx, window: Window, bookables: Iterable[BookableId]) -> None:
    """Take the window with the next flush, on locked bookables that were looked at: nothing was in the way.

    The constraint has the last word all the same: what it refuses is Contended, and all is to be done again.
    """
    for bookable in sorted(bookables):
        tx.insert(claims, claim_row(window, bookable), unless=NO_OVERLAP)


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
