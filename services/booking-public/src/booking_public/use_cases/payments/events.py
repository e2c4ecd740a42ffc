"""What webhooks say is kept first, whole or not at all; then the object itself is asked for, and acted on."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import RowMapping, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from booking_public.clients.payments import Payments, Told, Unanswered
from booking_public.domain.payments import FINAL, PAID, UNDER_WAY, Deposit
from booking_public.tables.payments import stripe_events
from booking_public.use_cases.payments.follow import follow
from booking_public.use_cases.payments.money_back import follow_disputes, follow_refunds
from booking_public.use_cases.payments.stored import note_told
from plumbing.batches import taken
from plumbing.db import Tx, UnitOfWork
from plumbing.failpoints import reach
from plumbing.problems import NotFound, ServiceUnavailable

OnPaymentState = Callable[[Deposit], Awaitable[None]]
"""The booking flow: it hears of a deposit that is on its way, paid, or over; perhaps again, surely when it raises."""

MOST = 50
LEASE = timedelta(seconds=60)
LONGEST_WAIT = timedelta(hours=1)
KEPT = timedelta(days=30)

log = structlog.get_logger("payments")


async def keep_event(tx: Tx, told: Told, *, at: datetime) -> None:
    """Keep it once, however often it is told."""
    row = {
        "id": told.id,
        "kind": told.kind,
        "object_id": told.object_id,
        "intent_id": told.intent_id,
        "received_at": at,
        "next_at": at,
        "processed_at": None if told.intent_id else at,
    }
    await tx.execute(insert(stripe_events).values(row).on_conflict_do_nothing())


async def work_events(uow: UnitOfWork, payments: Payments, on_state: OnPaymentState, *, at: datetime) -> int:
    """Act on what is kept and due; how many events. What fails is tried again, later and later."""
    async with uow.across_businesses() as tx:
        rows = await _claimed(tx, at)
    by_intent: dict[str, list[RowMapping]] = {}
    for row in rows:
        by_intent.setdefault(row["intent_id"], []).append(row)
    for intent_id, some in by_intent.items():
        await _work(uow, payments, on_state, intent_id, some, at=at)
    return len(rows)


async def hear_of(
    uow: UnitOfWork,
    payments: Payments,
    on_state: OnPaymentState,
    intent_id: str,
    kinds: Sequence[str],
    *,
    at: datetime,
) -> None:
    """Look at a PaymentIntent of which something was told, and say it to the booking flow. Raises Unanswered."""
    try:
        intent = await payments.retrieve(intent_id)
    except NotFound:
        log.warning("told of a payment that is not there", intent=intent_id)
        return
    deposit = await follow(uow, payments, intent, at=at)
    if deposit is None:
        return
    if any("refund" in kind for kind in kinds):
        await follow_refunds(uow, payments, deposit, at=at)
    if any("dispute" in kind for kind in kinds):
        await follow_disputes(uow, payments, deposit, at=at)
    await reach("payment_heard")
    await tell_flow(uow, on_state, deposit)


async def tell_flow(uow: UnitOfWork, on_state: OnPaymentState, deposit: Deposit) -> None:
    """What still waits for a card is not its concern. Until it has heard how it ended the reconciler tells it again."""
    if deposit.state not in UNDER_WAY | PAID | FINAL:
        return
    await on_state(deposit)
    if deposit.state in FINAL:
        async with uow(deposit.business_id) as tx:
            await note_told(tx, deposit)


async def forget_events(tx: Tx, *, at: datetime) -> None:
    """Stripe repeats itself for days, not for months."""
    old = (stripe_events.c.received_at < at - KEPT) & stripe_events.c.processed_at.is_not(None)
    await tx.execute(delete(stripe_events).where(old))


async def _work(
    uow: UnitOfWork,
    payments: Payments,
    on_state: OnPaymentState,
    intent_id: str,
    rows: Sequence[RowMapping],
    *,
    at: datetime,
) -> None:
    ids = [row["id"] for row in rows]
    try:
        await hear_of(uow, payments, on_state, intent_id, [row["kind"] for row in rows], at=at)
    except (ServiceUnavailable, Unanswered) as error:
        log.warning("payment event put off", intent=intent_id, reason=type(error).__name__)
        await _put_off(uow, rows, at=at)
    except Exception:
        log.exception("payment event failed", intent=intent_id)
        await _put_off(uow, rows, at=at)
    else:
        async with uow.across_businesses() as tx:
            await tx.execute(update(stripe_events).where(stripe_events.c.id.in_(ids)).values(processed_at=at))


async def _claimed(tx: Tx, at: datetime) -> Sequence[RowMapping]:
    """For a while nobody else takes them; whoever takes them and dies leaves them for later."""
    due = stripe_events.c.processed_at.is_(None) & (stripe_events.c.next_at <= at)
    some = select(stripe_events.c.id).where(due).order_by(stripe_events.c.next_at).limit(MOST)
    claimed = (
        update(stripe_events)
        .where(stripe_events.c.id.in_(taken(some)))
        .values(next_at=at + LEASE, attempts=stripe_events.c.attempts + 1)
        .returning(stripe_events)
    )
    return await tx.rows(claimed)


async def _put_off(uow: UnitOfWork, rows: Sequence[RowMapping], *, at: datetime) -> None:
    async with uow.across_businesses() as tx:
        for row in rows:
            wait = min(timedelta(seconds=2 ** min(row["attempts"], 12)), LONGEST_WAIT)
            await tx.execute(update(stripe_events).where(stripe_events.c.id == row["id"]).values(next_at=at + wait))
