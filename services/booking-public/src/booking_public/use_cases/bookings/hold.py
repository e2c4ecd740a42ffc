"""Holding a time for a guest who fills in the form: asked of appointments once, however often it is asked here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from booking_public.clients.appointments import Appointments
from booking_public.domain.bookings import HOLD_LIFE, GuestHold, HoldState
from booking_public.tables.bookings import guest_holds, hold_of
from booking_public.use_cases.bookings.advance import refusal_of
from contracts.bookings import HoldRequest, Refusal, ReleaseRequest
from contracts.ids import BusinessId, OwnerId, StaffId
from plumbing.db import Tx, UnitOfWork
from plumbing.failpoints import reach
from plumbing.problems import ServiceUnavailable


async def stored_hold(tx: Tx, business_id: BusinessId, key_hash: bytes) -> GuestHold | None:
    """The hold that was asked for under this key."""
    c = guest_holds.c
    row = await tx.row(select(guest_holds).where(c.business_id == business_id, c.key_hash == key_hash))
    return None if row is None else hold_of(row)


async def hold_with(tx: Tx, business_id: BusinessId, token_hash: bytes) -> GuestHold | None:
    """The hold that a token belongs to, in this business; locked, so that one booking alone goes on with it."""
    c = guest_holds.c
    own = select(guest_holds).where(c.business_id == business_id, c.token_hash == token_hash)
    row = await tx.row(own.with_for_update())
    return None if row is None else hold_of(row)


async def hold_with_id(tx: Tx, business_id: BusinessId, hold_id: OwnerId) -> GuestHold | None:
    """The hold with this id."""
    c = guest_holds.c
    row = await tx.row(select(guest_holds).where(c.business_id == business_id, c.id == hold_id))
    return None if row is None else hold_of(row)


async def store_hold(tx: Tx, row: Mapping[str, Any]) -> bool:
    """Store what is asked for; False when it was under this key before."""
    result = await tx.execute(insert(guest_holds).values(row).on_conflict_do_nothing())
    return result.rowcount == 1


async def ask_for_hold(
    uow: UnitOfWork, appointments: Appointments, seen: GuestHold, staff_ids: list[StaffId] | None
) -> GuestHold:
    """The hold as it is answered for good: held, or refused. Raises ServiceUnavailable: ask again."""
    if seen.state is not HoldState.RECEIVED:
        return seen
    answer = await appointments.hold(
        HoldRequest(
            business_id=seen.business_id,
            service_id=seen.service_id,
            staff_id=seen.staff_id,
            staff_ids=staff_ids,
            start=seen.start_at,
            id=seen.id,
            seconds=int(HOLD_LIFE.total_seconds()),
        )
    )
    await reach("booking_public.after_asked_hold")
    if answer.held is None:
        refusal = refusal_of(answer.refusal or Refusal())
        return await _moved(uow, seen, HoldState.REFUSED, refusal=refusal)
    held = answer.held
    changes = {"end_at": held.offer.end, "expires_at": held.expires_at, "held": held.model_dump(mode="json")}
    return await _moved(uow, seen, HoldState.HELD, **changes)


async def end_hold(uow: UnitOfWork, appointments: Appointments, business_id: BusinessId, token_hash: bytes) -> bool:
    """Give a hold back; False when there is none with this token. One that a booking goes on with stays."""
    async with uow(business_id) as tx:
        seen = await hold_with(tx, business_id, token_hash)
        if seen is None:
            return False
        if seen.state is HoldState.HELD:
            await set_state(tx, seen, HoldState.ENDED)
    if seen.state in {HoldState.HELD, HoldState.ENDED}:
        await appointments.release(ReleaseRequest(business_id=business_id, id=seen.id))
    return True


async def set_state(tx: Tx, seen: GuestHold, state: HoldState) -> None:
    """Note what has become of a locked hold."""
    own = (guest_holds.c.business_id == seen.business_id) & (guest_holds.c.id == seen.id)
    await tx.execute(update(guest_holds).where(own).values(state=state.value))


async def forget_holds(tx: Tx, *, before: datetime) -> None:
    """Forget holds that were asked for before that."""
    await tx.execute(delete(guest_holds).where(guest_holds.c.created_at < before))


async def _moved(uow: UnitOfWork, seen: GuestHold, state: HoldState, **changes: Any) -> GuestHold:
    """The hold in its next state, or where a rival with the same key has brought it: to the same."""
    c = guest_holds.c
    own = (c.business_id == seen.business_id) & (c.id == seen.id)
    values = {"state": state.value, **changes}
    async with uow(seen.business_id) as tx:
        moved = update(guest_holds).where(own, c.state == seen.state.value).values(values)
        await tx.execute(moved)
        row = await tx.row(select(guest_holds).where(own))
    if row is None:
        raise ServiceUnavailable
    return hold_of(row)
