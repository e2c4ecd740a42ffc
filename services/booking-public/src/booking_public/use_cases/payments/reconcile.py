"""What nobody told us, or the booking flow: deposits and refunds that rest are driven on; and all is compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, tuple_

from booking_public.clients.payments import Payments
from booking_public.domain.payments import FINAL, Deposit, Intent, PaymentState, Refund, RefundState
from booking_public.tables.payments import deposit_of, deposits, refund_of, refunds
from booking_public.use_cases.apart import apart
from booking_public.use_cases.payments.end import cancel, look
from booking_public.use_cases.payments.events import OnPaymentState, tell_flow
from booking_public.use_cases.payments.follow import follow
from booking_public.use_cases.payments.money_back import follow_refunds
from booking_public.use_cases.payments.refund import send
from booking_public.use_cases.payments.stored import locked_deposit, note_look
from plumbing.db import UnitOfWork

IDLE = timedelta(minutes=10)
COMPARED = timedelta(hours=48)
_BATCH = 100
_UNPAID = frozenset({PaymentState.OPEN, PaymentState.ACTION})

log = structlog.get_logger("payments")


@dataclass(slots=True)
class Comparison:
    """What the nightly comparison found."""

    looked_at: int = 0
    differed: int = 0
    """Brought up to date."""
    unexplained: int = 0
    """Of no deposit of ours, although they say so."""


async def reconcile(uow: UnitOfWork, payments: Payments, on_state: OnPaymentState, *, at: datetime) -> int:
    """Drive on what has rested for ten minutes; how many deposits and refunds. What fails is looked at again."""
    idle_deposits, idle_refunds = await _idle(uow, at)
    for deposit in idle_deposits:
        await apart(_drive(uow, payments, on_state, deposit, at=at), "not reconciled", deposit=str(deposit.id))
    for refund in idle_refunds:
        await apart(_drive_refund(uow, payments, refund, at=at), "not reconciled", refund=str(refund.id))
    return len(idle_deposits) + len(idle_refunds)


async def compare(uow: UnitOfWork, payments: Payments, on_state: OnPaymentState, *, at: datetime) -> Comparison:
    """Compare every payment of the last two days with what we know of it. Raises Unanswered."""
    found, batch = Comparison(), list[Intent]()
    async for intent in payments.since(int((at - COMPARED).timestamp())):
        batch.append(intent)
        if len(batch) == _BATCH:
            await _compare(uow, payments, on_state, batch, found, at=at)
            batch.clear()
    await _compare(uow, payments, on_state, batch, found, at=at)
    log.info("payments compared", looked_at=found.looked_at, differed=found.differed, unexplained=found.unexplained)
    return found


async def _idle(uow: UnitOfWork, at: datetime) -> tuple[list[Deposit], list[Refund]]:
    running = [RefundState.ASKED.value, RefundState.PENDING.value]
    # Whoever tries cards without end has it looked at without end: that does not keep open what nobody paid in time.
    overdue = deposits.c.state.in_([state.value for state in _UNPAID]) & (deposits.c.expires_at < at - IDLE)
    resting = deposits.c.told.is_(False) & ((deposits.c.looked_at < at - IDLE) | overdue)
    asked = (refunds.c.looked_at < at - IDLE) & refunds.c.state.in_(running)
    async with uow.across_businesses() as tx:
        found = await tx.rows(select(deposits).where(resting).order_by(deposits.c.looked_at).limit(_BATCH))
        returning = await tx.rows(select(refunds).where(asked).order_by(refunds.c.looked_at).limit(_BATCH))
    return [deposit_of(row) for row in found], [refund_of(row) for row in returning]


async def _drive(
    uow: UnitOfWork, payments: Payments, on_state: OnPaymentState, deposit: Deposit, *, at: datetime
) -> None:
    """Of one that is over the flow has not heard yet. The time of an unpaid one is up: nobody may pay it any more.

    What was paid, and no webhook told of it, is not let go for that: whether its time is kept, the flow says.
    """
    async with uow(deposit.business_id) as tx:
        await note_look(tx, deposit, at=at)
    if deposit.state not in FINAL:
        deposit = await look(uow, payments, deposit.business_id, deposit.booking_id, at=at)
    if deposit.state in _UNPAID and deposit.expires_at <= at:
        deposit = await cancel(uow, payments, deposit.business_id, deposit.booking_id, at=at)
    await tell_flow(uow, on_state, deposit)


async def _drive_refund(uow: UnitOfWork, payments: Payments, refund: Refund, *, at: datetime) -> None:
    if refund.state is RefundState.ASKED:
        await send(uow, payments, refund, at=at)
        return
    async with uow(refund.business_id) as tx:
        deposit = await locked_deposit(tx, refund.business_id, refund.deposit_id)
    await follow_refunds(uow, payments, deposit, at=at)


async def _compare(
    uow: UnitOfWork,
    payments: Payments,
    on_state: OnPaymentState,
    intents: Sequence[Intent],
    found: Comparison,
    *,
    at: datetime,
) -> None:
    ours = [intent for intent in intents if intent.business_id and intent.booking_id]
    known = await _known(uow, ours)
    for intent in ours:
        found.looked_at += 1
        deposit = known.get((intent.business_id, intent.booking_id))
        if deposit is not None and _agrees(deposit, intent):
            continue
        after = await follow(uow, payments, intent, at=at)
        if after is None:
            found.unexplained += intent.state is not PaymentState.CANCELLED  # one that was turned away holds nothing
            continue
        found.differed += 1
        await tell_flow(uow, on_state, after)


async def _known(uow: UnitOfWork, intents: Sequence[Intent]) -> dict[tuple[object, object], Deposit]:
    named = [(intent.business_id, intent.booking_id) for intent in intents]
    some = select(deposits).where(tuple_(deposits.c.business_id, deposits.c.booking_id).in_(named))
    async with uow.across_businesses() as tx:
        rows = await tx.rows(some) if named else []
    return {(row["business_id"], row["booking_id"]): deposit_of(row) for row in rows}


def _agrees(deposit: Deposit, intent: Intent) -> bool:
    taken = (deposit.provider_id, deposit.state, deposit.captured)
    is_same = intent.is_of(deposit) and taken == (intent.id, intent.state, intent.received)
    # One that was let go before we heard what Stripe calls it: nothing is held on either side.
    are_let_go = (deposit.state, intent.state) == (PaymentState.CANCELLED, PaymentState.CANCELLED)
    return is_same or are_let_go or intent.was_of(deposit)
