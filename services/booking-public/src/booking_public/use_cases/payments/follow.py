"""From a PaymentIntent to its deposit: adopted, recorded; and what is not ours to keep is turned away."""

from datetime import datetime

import structlog

from booking_public.clients.payments import NotInThatState, Payments
from booking_public.domain.payments import Deposit, Intent, PaymentState
from booking_public.use_cases.payments.record import record
from booking_public.use_cases.payments.stored import deposit_behind, deposit_for
from contracts.ids import BookingId, BusinessId
from plumbing.db import UnitOfWork

log = structlog.get_logger("payments")

_OVER = frozenset({PaymentState.CAPTURED, PaymentState.PROCESSING})


async def follow(uow: UnitOfWork, payments: Payments, intent: Intent, *, at: datetime) -> Deposit | None:
    """What we know after hearing of it; None when it is of no booking of ours, or of a deposit that has another.

    Raises Unanswered when one that nobody may pay could not be turned away.
    """
    if intent.business_id is None or intent.booking_id is None:
        return None  # not of ours: others may sell through the same account
    async with uow.across_businesses() as tx:
        known = await deposit_behind(tx, intent)
    if known is not None:
        after = await _recorded(uow, known.business_id, known.booking_id, intent, at=at)
        if after is not None:
            return await _unless_over(payments, after, intent)
    await turn_away(payments, intent)
    return None


async def settle(uow: UnitOfWork, payments: Payments, deposit: Deposit, intent: Intent, *, at: datetime) -> Deposit:
    """The deposit after what is new in an answer of the provider; if it has another PaymentIntent, that one counts."""
    after = await _recorded(uow, deposit.business_id, deposit.booking_id, intent, at=at)
    if after is not None:
        return await _unless_over(payments, after, intent)
    await turn_away(payments, intent)
    async with uow(deposit.business_id) as tx:
        return await deposit_for(tx, deposit.business_id, deposit.booking_id)


async def turn_away(payments: Payments, intent: Intent) -> None:
    """Cancel a PaymentIntent that no deposit has: its secret was told nobody. Raises Unanswered."""
    if intent.state is PaymentState.CANCELLED:
        return
    log.error("payment without its deposit", intent=intent.id, state=intent.state.value)
    if intent.state in _OVER:
        return
    try:
        await payments.cancel(intent.id, key=f"stray:{intent.id}")
    except NotInThatState:
        log.error("stray payment could not be cancelled", intent=intent.id)


async def _unless_over(payments: Payments, deposit: Deposit, intent: Intent) -> Deposit:
    """The deposit; what was made for one that had been let go by then must not be paid either. Raises Unanswered."""
    if deposit.state is PaymentState.CANCELLED:
        await turn_away(payments, intent)
    return deposit


async def _recorded(
    uow: UnitOfWork, business_id: BusinessId, booking_id: BookingId, intent: Intent, *, at: datetime
) -> Deposit | None:
    async with uow(business_id) as tx:
        deposit = await deposit_for(tx, business_id, booking_id)
        return await record(tx, deposit, intent, at=at) if intent.is_of(deposit) else None
