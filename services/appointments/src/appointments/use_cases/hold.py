"""Holding: keeping a time for a guest who fills in a form; what is held can only be lost by waiting too long.

The events of a hold begin at revision 0, so that those of the appointment that it becomes, which has its id and its
claims, are newer.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, delete, func, select, tuple_

from appointments.domain import Window, window_claims
from appointments.tables import claims, holds
from appointments.use_cases.book import Booking, book, window_for
from appointments.use_cases.choose import bookables_in, choose
from appointments.use_cases.claim import lock, take
from appointments.use_cases.look import look
from contracts.appointments import AppointmentDetails, ClaimDetails, ClaimsChanged, Source, Status
from contracts.bookings import Held
from contracts.ids import AppointmentId, BusinessId, OwnerId, ResourceId
from contracts.offers import Candidate, Offer
from plumbing.auth import Actor
from plumbing.db import Tx

GUEST = Actor("guest")
"""Whoever books on a booking page."""

_BATCH = 200


async def hold(tx: Tx, offer: Offer, hold_id: OwnerId, kept: timedelta, *, now: datetime) -> Held:
    """Keep the offered time, until so long after this moment by the database's clock. SlotTaken if someone was faster.

    A seat of a group session is held by a pending appointment without a customer, which is the only thing that can
    take a seat.
    """
    bookables = bookables_in(offer)
    await lock(tx, bookables)
    expires_at = await until(tx, kept)
    window = window_for(AppointmentId(hold_id), offer, expires_at)
    if offer.capacity > 1:
        return _held_seat(await _hold_seat(tx, offer, window, now=now), offer)
    seen = await look(tx, window, bookables)
    staff, units = await choose(tx, window, offer, seen.busy)
    chosen = chosen_of(offer, staff, units)
    take(tx, window, bookables_in(chosen))
    row = {"business_id": offer.business_id, "id": hold_id, "offer": chosen.model_dump_json(), "created_at": now}
    tx.insert(holds, {**row, "expires_at": expires_at})
    tx.emit(_told(offer.business_id, hold_id, 0, window_claims(window, bookables_in(chosen))))
    return Held(id=hold_id, expires_at=expires_at, offer=chosen)


async def until(tx: Tx, kept: timedelta) -> datetime:
    """So long after this moment, by the database's clock: time that is kept is judged by no other."""
    return await tx.scalar(select(func.clock_timestamp() + kept))


async def held(tx: Tx, business_id: BusinessId, hold_id: OwnerId) -> Held | None:
    """What is kept under this id; None when it has ended, by the database's clock."""
    row = await tx.row(select(holds).where(*_live(business_id, hold_id)))
    return None if row is None else _held(row)


def held_by(seat: AppointmentDetails, offer: Offer) -> Held:
    """The hold that a seat without a customer is, with what is offered of it now."""
    return _held_seat(seat, offer)


async def release_hold(tx: Tx, business_id: BusinessId, hold_id: OwnerId) -> bool:
    """Give back what is held, if it still is; whether it was."""
    gone = await tx.execute(delete(holds).where(holds.c.business_id == business_id, holds.c.id == hold_id))
    if not gone.rowcount:
        return False
    await _free(tx, [(business_id, hold_id)])
    return True


async def take_over(tx: Tx, one: Held) -> bool:
    """Let the time of a hold be taken by whoever comes next in this transaction; False when it has just ended.

    Its bookables are locked: until the transaction ends nobody else sees that the time was free for a moment.
    """
    await lock(tx, bookables_in(one.offer))
    business_id = one.offer.business_id
    gone = await tx.execute(delete(holds).where(*_live(business_id, one.id)))
    if not gone.rowcount:
        return False
    await tx.execute(delete(claims).where(claims.c.business_id == business_id, claims.c.owner_id == one.id))
    return True


async def end_some_holds(tx: Tx) -> int:
    """End up to two hundred holds whose time is up; how many. What somebody works on just now is left."""
    ended = (
        select(holds.c.business_id, holds.c.id)
        .where(holds.c.expires_at <= func.clock_timestamp())
        .order_by(holds.c.expires_at)
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    )
    keys = [(BusinessId(row["business_id"]), OwnerId(row["id"])) for row in await tx.rows(ended)]
    if keys:
        await tx.execute(delete(holds).where(tuple_(holds.c.business_id, holds.c.id).in_(keys)))
        await _free(tx, keys)
    return len(keys)


def chosen_of(offer: Offer, staff: Candidate, units: Sequence[ResourceId]) -> Offer:
    """The offer of exactly this staff member and these units."""
    needs = [
        need.model_copy(update={"resource_ids": [unit for unit in need.resource_ids if unit in units]})
        for need in offer.resources
    ]
    return offer.model_copy(update={"candidates": [staff], "resources": needs})


async def _hold_seat(tx: Tx, offer: Offer, window: Window, *, now: datetime) -> AppointmentDetails:
    wanted = Booking(
        status=Status.PENDING,
        source=Source.PUBLIC,
        expires_at=window.expires_at,
        id=AppointmentId(window.owner_id),
    )
    return await book(tx, offer, wanted, by=GUEST, now=now)


def _held_seat(seat: AppointmentDetails, offer: Offer) -> Held:
    staff = Candidate(staff_id=seat.staff_id, staff_name=seat.staff_name)
    chosen = chosen_of(offer, staff, [ResourceId(unit) for unit in seat.resource_ids])
    return Held(id=OwnerId(seat.id), expires_at=seat.expires_at or seat.end, offer=chosen)


def _held(row: RowMapping) -> Held:
    return Held(id=OwnerId(row["id"]), expires_at=row["expires_at"], offer=Offer.model_validate(row["offer"]))


def _live(business_id: BusinessId, hold_id: OwnerId) -> tuple[ColumnElement[bool], ...]:
    c = holds.c
    return (c.business_id == business_id, c.id == hold_id, c.expires_at > func.clock_timestamp())


async def _free(tx: Tx, keys: Sequence[tuple[BusinessId, OwnerId]]) -> None:
    await tx.execute(delete(claims).where(tuple_(claims.c.business_id, claims.c.owner_id).in_(keys)))
    for business_id, hold_id in keys:
        tx.emit(_told(business_id, hold_id, 1, []))


def _told(business_id: BusinessId, hold_id: OwnerId, revision: int, taken: list[ClaimDetails]) -> ClaimsChanged:
    return ClaimsChanged(business_id=business_id, revision=revision, owner_id=hold_id, claims=taken)
