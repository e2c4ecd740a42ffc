"""Deposits and the lines of the ledger, read and written: each change of a deposit is a revision of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from booking_public.domain.payments import FINAL, Deposit, Due, Intent, MovementKind, PaymentState
from booking_public.tables.payments import deposit_of, deposits, payments
from contracts.ids import AppointmentId, BookingId, BusinessId, DepositId, uuid7
from plumbing.db import Tx
from plumbing.problems import NotFound


async def store_new(tx: Tx, due: Due, *, at: datetime) -> None:
    """Know that this has to be paid; nothing happens when it is known already."""
    row = {
        "business_id": due.business_id,
        "id": uuid7(),
        "booking_id": due.booking_id,
        "appointment_id": due.appointment_id,
        "amount": due.amount.amount,
        "currency": due.amount.currency,
        "state": PaymentState.OPEN.value,
        "expires_at": due.expires_at,
        "created_at": at,
        "updated_at": at,
        "looked_at": at,
        "revision": 1,
    }
    await tx.execute(insert(deposits).values(row).on_conflict_do_nothing())


async def deposit_for(tx: Tx, business_id: BusinessId, booking_id: BookingId) -> Deposit:
    """The deposit of a booking, locked until the transaction ends. Raises NotFound."""
    own = (deposits.c.business_id == business_id) & (deposits.c.booking_id == booking_id)
    row = await tx.row(select(deposits).where(own).with_for_update())
    if row is None:
        raise NotFound
    return deposit_of(row)


async def locked_deposit(tx: Tx, business_id: BusinessId, deposit_id: DepositId) -> Deposit:
    """The deposit, locked until the transaction ends. Raises NotFound."""
    own = (deposits.c.business_id == business_id) & (deposits.c.id == deposit_id)
    row = await tx.row(select(deposits).where(own).with_for_update())
    if row is None:
        raise NotFound
    return deposit_of(row)


async def deposit_behind(tx: Tx, intent: Intent) -> Deposit | None:
    """The deposit that a PaymentIntent names, by what we wrote on it; not locked."""
    if intent.business_id is None or intent.booking_id is None:
        return None
    named = (deposits.c.business_id == intent.business_id) & (deposits.c.booking_id == intent.booking_id)
    row = await tx.row(select(deposits).where(named))
    return deposit_of(row) if row else None


async def store_change(tx: Tx, before: Deposit, *, at: datetime, **changes: Any) -> Deposit:
    """The locked deposit with these changes: its next revision."""
    own = (deposits.c.business_id == before.business_id) & (deposits.c.id == before.id)
    values = {**changes, "updated_at": at, "looked_at": at, "revision": before.revision + 1}
    row = await tx.row(update(deposits).where(own).values(values).returning(deposits))
    if row is None:
        raise NotFound
    return deposit_of(row)


async def reassign(tx: Tx, deposit: Deposit, appointment_id: AppointmentId, *, at: datetime) -> Deposit:
    """The deposit is for another appointment: the guest's time had run out, and was booked once more.

    Raises NotFound.
    """
    locked = await locked_deposit(tx, deposit.business_id, deposit.id)
    if locked.appointment_id == appointment_id:
        return locked
    return await store_change(tx, locked, at=at, appointment_id=appointment_id)


async def put_off(tx: Tx, deposit: Deposit, *, until: datetime, at: datetime) -> None:
    """It is waited for until then, unless it is over, or was asked for again. Raises NotFound."""
    locked = await locked_deposit(tx, deposit.business_id, deposit.id)
    if locked.state not in FINAL and locked.asked_again == deposit.asked_again and locked.expires_at < until:
        await store_change(tx, locked, at=at, expires_at=until)


async def note_told(tx: Tx, deposit: Deposit) -> None:
    """The booking flow knows how it ended, unless it was asked for again since."""
    own = (deposits.c.business_id == deposit.business_id) & (deposits.c.id == deposit.id)
    same = (deposits.c.state == deposit.state.value) & (deposits.c.asked_again == deposit.asked_again)
    await tx.execute(update(deposits).where(own, same).values(told=True))


async def note_look(tx: Tx, deposit: Deposit, *, at: datetime) -> None:
    """It was looked at, and nothing was new."""
    own = (deposits.c.business_id == deposit.business_id) & (deposits.c.id == deposit.id)
    await tx.execute(update(deposits).where(own).values(looked_at=at))


async def add_line(
    tx: Tx,
    deposit: Deposit,
    kind: MovementKind,
    amount: int,
    *,
    provider_id: str,
    at: datetime,
    status: str = "succeeded",
    movement: UUID | None = None,
) -> bool:
    """Add a line to the ledger, of a new movement unless it is named; False when it is there already."""
    own = uuid7()
    row = {
        "business_id": deposit.business_id,
        "id": own,
        "movement_id": movement or own,
        "deposit_id": deposit.id,
        "appointment_id": deposit.appointment_id,
        "kind": kind.value,
        "amount": amount,
        "currency": deposit.currency,
        "status": status,
        "provider_id": provider_id,
        "at": at,
    }
    statement = insert(payments).values(row).on_conflict_do_nothing().returning(payments.c.id)
    return await tx.scalar(statement) is not None
