"""The ledger, read: each movement as it is now."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from booking_public.domain.payments import Movement
from booking_public.tables.payments import deposits, movement_of, payments
from contracts.ids import AppointmentId, BusinessId, DepositId, PaymentId
from plumbing.db import Tx

_lines = select(payments, deposits.c.appointment_id.label("appointment_id_now")).join(
    deposits, (deposits.c.business_id == payments.c.business_id) & (deposits.c.id == payments.c.deposit_id)
)


async def movements(
    tx: Tx, business_id: BusinessId, appointment_id: AppointmentId | None, *, after: UUID | None, limit: int
) -> Sequence[Movement]:
    """Movements in the order in which they began, those of one appointment or all; each with its newest status."""
    own = payments.c.business_id == business_id
    if appointment_id is not None:
        own &= deposits.c.appointment_id == appointment_id
    if after is not None:
        own &= payments.c.movement_id > after
    newest = _lines.ext(distinct_on(payments.c.movement_id)).where(own)
    rows = await tx.rows(newest.order_by(payments.c.movement_id, payments.c.id.desc()).limit(limit))
    return [movement_of(row) for row in rows]


async def movement(tx: Tx, business_id: BusinessId, payment_id: PaymentId) -> Movement | None:
    """One movement as it is now."""
    own = (payments.c.business_id == business_id) & (payments.c.movement_id == payment_id)
    row = await tx.row(_lines.where(own).order_by(payments.c.id.desc()).limit(1))
    return movement_of(row) if row else None


async def deposit_id_of(tx: Tx, business_id: BusinessId, payment_id: PaymentId) -> DepositId | None:
    """The deposit that a movement belongs to."""
    found = await movement(tx, business_id, payment_id)
    return found.deposit_id if found else None
