"""What nobody told us: deposits and refunds that rest are driven on from what the provider has; and all is compared."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, tuple_

from booking_public.clients.payments import Payments, Unanswered
from booking_public.domain.payments import FINAL, Deposit, Intent, PaymentState, Refund, RefundState
from booking_public.tables.payments import deposit_of, deposits, refund_of, refunds
from booking_public.use_cases.payments.end import cancel, look
from booking_public.use_cases.payments.events import OnPaymentState, tell_flow
from booking_public.use_cases.payments.follow import follow
from booking_public.use_cases.payments.money_back import follow_refunds
from booking_public.use_cases.payments.refund import send
from booking_public.use_cases.payments.stored import locked_deposit, note_look
from plumbing.db import UnitOfWork
from plumbing.problems import NotFound, ServiceUnavailable

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


async def reconcile(uow: UnitOfWork, payments: Payments, on_state: OnPaymentState | None, *, at: datetime) -> int:
    """Drive on what has rested for ten minutes; how many deposits and refunds. What fails is looked at again."""
    idle_deposits, idle_refunds = await _idle(uow, at)
    for deposit in idle_deposits:
        await _tried(_drive(uow, payments, on_state, deposit, at=at), deposit=str(deposit.id))
    for refund in idle_refunds:
        await _tried(_drive_refund(uow, payments, refund, at=at), refund=str(refund.id))
    return len(idle_deposits) + len(idle_refunds)


async def compare(uow: UnitOfWork, payments: Payments, on_state: OnPaymentState | None, *, at: datetime) -> Comparison:
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
    final, running = [state.value for state in FINAL], [RefundState.ASKED.value, RefundState.PENDING.value]
    resting = (deposits.c.looked_at < at - IDLE) & deposits.c.state.not_in(final)
    asked = (refunds.c.looked_at < at - IDLE) & refunds.c.state.in_(running)
    async with uow.across_businesses() as tx:
        found = await tx.rows(select(deposits).where(resting).order_by(deposits.c.looked_at).limit(_BATCH))
        returning = await tx.rows(select(refunds).where(asked).order_by(refunds.c.looked_at).limit(_BATCH))
    return [deposit_of(row) for row in found], [refund_of(row) for row in returning]


async def _drive(
    uow: UnitOfWork, payments: Payments, on_state: OnPaymentState | None, deposit: Deposit, *, at: datetime
) -> None:
    """The time of an unpaid one is up: nobody may pay it any more."""
    async with uow(deposit.business_id) as tx:
        await note_look(tx, deposit, at=at)
    step = cancel if deposit.state in _UNPAID and deposit.expires_at <= at else look
    after = await step(uow, payments, deposit.business_id, deposit.booking_id, at=at)
    await tell_flow(on_state, after)


async def _drive_refund(uow: UnitOfWork, payments: Payments, refund: Refund, *, at: datetime) -> None:
    if refund.state is RefundState.ASKED:
        await send(uow, payments, refund, at=at)
        return
    async with uow(refund.business_id) as tx:
        deposit = await locked_deposit(tx, refund.business_id, refund.deposit_id)
    await follow_refunds(uow, payments, deposit, at=at)


async def _tried(driven: Awaitable[None], **what: str) -> None:
    """One that fails is in nobody's way."""
    try:
        await driven
    except (ServiceUnavailable, Unanswered, NotFound) as error:
        log.warning("not reconciled", reason=type(error).__name__, **what)
    except Exception:
        log.exception("not reconciled", **what)


async def _compare(
    uow: UnitOfWork,
    payments: Payments,
    on_state: OnPaymentState | None,
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
            found.unexplained += 1
            continue
        found.differed += 1
        await tell_flow(on_state, after)


async def _known(uow: UnitOfWork, intents: Sequence[Intent]) -> dict[tuple[object, object], Deposit]:
    named = [(intent.business_id, intent.booking_id) for intent in intents]
    some = select(deposits).where(tuple_(deposits.c.business_id, deposits.c.booking_id).in_(named))
    async with uow.across_businesses() as tx:
        rows = await tx.rows(some) if named else []
    return {(row["business_id"], row["booking_id"]): deposit_of(row) for row in rows}


def _agrees(deposit: Deposit, intent: Intent) -> bool:
    taken = (deposit.provider_id, deposit.state, deposit.captured)
    return intent.is_of(deposit) and taken == (intent.id, intent.state, intent.received)
