"""Taking time: the locks, the insert that the database may refuse, and what is in the way when it does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select

from appointments.domain import SlotTaken, Window
from appointments.tables import claims
from appointments.use_cases.expire import expire_in_the_way, overlapping
from contracts.ids import AppointmentId, BookableId, OwnerId, StaffId, uuid7
from contracts.offers import ConflictDetails
from plumbing.db import Tx
from plumbing.failpoints import reach
from plumbing.sqlstates import Contended

_TRIES = 4

_TAKE = """
INSERT INTO claims
    (id, bookable_id, business_id, owner_id, start_at, end_at, buffer_before, buffer_after, during, expires_at)
SELECT id, bookable_id, $3, $4, $5, $6, $7, $8, tstzrange($9, $10, '[)'), $11
FROM unnest($1::uuid[], $2::uuid[]) AS wanted (id, bookable_id) ORDER BY bookable_id
ON CONFLICT ON CONSTRAINT ex_claims_bookable_id_during DO NOTHING
RETURNING 1
"""


@dataclass(frozen=True, slots=True)
class Busy:
    """A live claim of another owner."""

    bookable_id: BookableId
    owner_id: OwnerId
    start: datetime
    end: datetime

    @property
    def staff_conflict(self) -> ConflictDetails:
        """What it means to somebody who wants that staff member."""
        return ConflictDetails(
            kind="staffBusy",
            detail="This staff member is busy then.",
            start=self.start,
            end=self.end,
            staff_id=StaffId(self.bookable_id),
            appointment_id=AppointmentId(self.owner_id),
        )

    def resource_conflict(self, kind: str | None = None) -> ConflictDetails:
        """What it means to somebody who wants a unit of that kind."""
        return too_few(kind).model_copy(
            update={"start": self.start, "end": self.end, "appointment_id": AppointmentId(self.owner_id)}
        )


def too_few(kind: str | None) -> ConflictDetails:
    """There are not as many units of that kind as are needed."""
    detail = "A resource is in use then." if kind is None else f"Too few of these are free then: {kind}."
    return ConflictDetails(kind="resourceBusy", detail=detail, resource_kind=kind)


async def lock(tx: Tx, bookables: Iterable[BookableId]) -> None:
    """Let nobody else take time of these bookables until this transaction ends.

    One statement, in the order of the keys, so that no two transactions wait for each other; to be called before any
    appointment is locked. Contended after three seconds.
    """
    await reach("appointments.before_lock")
    keys = sorted({_lock_key(bookable) for bookable in bookables})
    await tx.script("SELECT " + ", ".join(f"pg_advisory_xact_lock({key})" for key in keys))  # integers


async def take(tx: Tx, window: Window, bookables: Sequence[BookableId]) -> None:
    """Take the window on all of these locked bookables, the staff member first; SlotTaken says who has it.

    What has expired is not in the way. Time is given back without the lock, so what was in the way may be gone when it
    is looked for: then another try succeeds.
    """
    for _ in range(_TRIES):
        if await _insert(tx, window, bookables) == len(bookables):
            return
        await release(tx, window)
        if await expire_in_the_way(tx, window, bookables):
            continue
        if found := await in_the_way(tx, window, bookables):
            raise SlotTaken([_conflict(busy, staff=bookables[0]) for busy in found])
    raise Contended


async def release(tx: Tx, window: Window) -> None:
    """Give back all that the owner has taken."""
    await tx.execute(
        delete(claims).where(claims.c.business_id == window.business_id, claims.c.owner_id == window.owner_id)
    )


async def in_the_way(tx: Tx, window: Window, bookables: Sequence[BookableId]) -> list[Busy]:
    """The live claims of others on these bookables that share time with the window, by start."""
    lives = or_(claims.c.expires_at.is_(None), claims.c.expires_at > func.clock_timestamp())
    start, end = func.lower(claims.c.during), func.upper(claims.c.during)
    rows = await tx.execute(
        select(claims.c.bookable_id, claims.c.owner_id, start, end)
        .where(overlapping(window, bookables), claims.c.owner_id != window.owner_id, lives)
        .order_by(start, claims.c.bookable_id)
    )
    return [Busy(*row) for row in rows]


def _conflict(busy: Busy, *, staff: BookableId) -> ConflictDetails:
    return busy.staff_conflict if busy.bookable_id == staff else busy.resource_conflict()


def _lock_key(bookable: BookableId) -> int:
    """The 64 bits of an id that are random in every version of UUID."""
    return int.from_bytes(bookable.bytes[8:], signed=True)


async def _insert(tx: Tx, window: Window, bookables: Sequence[BookableId]) -> int:
    taken = await tx.fetch(
        _TAKE,
        [uuid7() for _ in bookables],
        bookables,
        window.business_id,
        window.owner_id,
        window.start,
        window.end,
        window.buffer_before,
        window.buffer_after,
        window.lower,
        window.upper,
        window.expires_at,
    )
    return len(taken)
