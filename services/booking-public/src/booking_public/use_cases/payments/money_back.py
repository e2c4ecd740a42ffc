"""Refunds and disputes as the provider has them, also those that somebody made there and not here."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from booking_public.clients.payments import Payments
from booking_public.domain.payments import Deposit, Dispute, MovementKind, ProviderRefund, Refund
from booking_public.tables.payments import payments as ledger
from booking_public.tables.payments import refund_of, refunds
from booking_public.use_cases.payments.refund import adopt, record_refund
from booking_public.use_cases.payments.stored import add_line, locked_deposit, store_change
from booking_public.use_cases.payments.tell import tell_failed
from plumbing.db import Tx, UnitOfWork

_WON = "won"


async def follow_refunds(uow: UnitOfWork, payments: Payments, deposit: Deposit, *, at: datetime) -> None:
    """Record what became of every refund of a deposit. Raises Unanswered."""
    found = await payments.refunds(deposit.provider_id or "")
    async with uow(deposit.business_id) as tx:
        locked = await locked_deposit(tx, deposit.business_id, deposit.id)
        own = (refunds.c.business_id == deposit.business_id) & (refunds.c.deposit_id == deposit.id)
        known = [refund_of(row) for row in await tx.rows(select(refunds).where(own))]
        for each in found:
            ours = _ours(known, each) or await adopt(tx, locked, each, at=at)
            await record_refund(tx, ours, each, at=at)


async def follow_disputes(uow: UnitOfWork, payments: Payments, deposit: Deposit, *, at: datetime) -> None:
    """Record what became of every dispute about a deposit. Raises Unanswered."""
    found = await payments.disputes(deposit.provider_id or "")
    async with uow(deposit.business_id) as tx:
        locked = await locked_deposit(tx, deposit.business_id, deposit.id)
        news = [each for each in found if await _is_new(tx, locked, each, at=at)]
        if not news:
            return
        disputed = any(each.status != _WON for each in found)
        after = await store_change(tx, locked, at=at, disputed=disputed)
        if disputed and not locked.disputed:
            tell_failed(tx, after, "disputed")


def _ours(known: Sequence[Refund], found: ProviderRefund) -> Refund | None:
    return next((each for each in known if found.id == each.provider_id or found.refund_id == each.id), None)


async def _is_new(tx: Tx, deposit: Deposit, dispute: Dispute, *, at: datetime) -> bool:
    same = (ledger.c.business_id == deposit.business_id) & (ledger.c.provider_id == dispute.id)
    known = await tx.rows(select(ledger.c.movement_id).where(same).limit(1))
    return await add_line(
        tx,
        deposit,
        MovementKind.DISPUTED,
        dispute.amount,
        provider_id=dispute.id,
        at=at,
        status=dispute.status,
        movement=known[0]["movement_id"] if known else None,
    )
