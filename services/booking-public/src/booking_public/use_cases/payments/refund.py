"""Give money back: asked for once under its key, then tracked until it has arrived or failed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from booking_public.clients.payments import Declined, Payments, Unanswered
from booking_public.domain.payments import (
    Deposit,
    MovementKind,
    NothingToRefund,
    PaymentDisputed,
    ProviderRefund,
    Refund,
    RefundState,
    step_of,
)
from booking_public.tables.payments import refund_of, refunds
from booking_public.use_cases.payments.stored import add_line, locked_deposit, store_change
from booking_public.use_cases.payments.tell import tell_failed, tell_refunded
from contracts.ids import BusinessId, DepositId, RefundId, uuid7
from plumbing.db import Tx, UnitOfWork
from plumbing.failpoints import reach
from plumbing.problems import IdempotencyKeyReused, Invalid, NotFound

_ORDER = {state: order for order, state in enumerate(RefundState)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequest:
    """Who wants how much of a deposit given back; None is all that is left."""

    business_id: BusinessId
    deposit_id: DepositId
    key: str
    """The same key is the same refund."""
    by: str
    amount: int | None = None
    reason: str | None = None


async def refund(uow: UnitOfWork, payments: Payments, request: RefundRequest, *, at: datetime) -> Refund:
    """The refund, as far as it is known; ASKED when the provider did not answer: it is asked again later.

    Raises NotFound, NothingToRefund, PaymentDisputed, Invalid at /amount, IdempotencyKeyReused.
    """
    async with uow(request.business_id) as tx:
        asked = await ask(tx, request, at=at)
    await reach("refund_asked")
    return await send(uow, payments, asked, at=at)


async def is_asked(tx: Tx, business_id: BusinessId, key: str) -> bool:
    """Whether a refund was asked for under this key."""
    own = (refunds.c.business_id == business_id) & (refunds.c.request_key == key)
    return await tx.scalar(select(refunds.c.id).where(own)) is not None


async def unless_returned(give_back: Callable[[], Awaitable[object]]) -> None:
    """Give money back, unless the guest has it already: all of it, or by way of their bank."""
    try:
        await give_back()
    except (NothingToRefund, PaymentDisputed):
        return


async def send(uow: UnitOfWork, payments: Payments, asked: Refund, *, at: datetime) -> Refund:
    """Ask the provider for a refund that it may not know of, and record what it says."""
    if asked.state is not RefundState.ASKED:
        return asked
    try:
        found = await _sent(uow, payments, asked, at=at)
    except Unanswered:
        return asked
    await reach("refund_sent")
    async with uow(asked.business_id) as tx:
        return await record_refund(tx, asked, found, at=at)


async def record_refund(tx: Tx, known: Refund, found: ProviderRefund | None, *, at: datetime) -> Refund:
    """What the provider says of a refund becomes what we know; None: it will never be, unless it is known by now."""
    deposit = await locked_deposit(tx, known.business_id, known.deposit_id)
    before = await _locked(tx, known)
    state = found.state if found else RefundState.FAILED
    provider_id = found.id if found else f"refused:{before.id}"
    is_known = found is None and before.state is not RefundState.ASKED
    if is_known or before.state is RefundState.FAILED or _ORDER[state] <= _ORDER[before.state]:
        await _change(tx, before, looked_at=at)
        return before
    after = await _change(tx, before, looked_at=at, state=state.value, provider_id=provider_id)
    await _add_line(tx, deposit, after, at=at)
    await _recount(tx, deposit, after, at=at)
    return after


async def ask(tx: Tx, request: RefundRequest, *, at: datetime, rested: timedelta = timedelta()) -> Refund:
    """Ask for it, and leave it to others to send it: to the reconciler soon, when it has rested for so long already.

    Raises what `refund` does.
    """
    deposit = await locked_deposit(tx, request.business_id, request.deposit_id)
    again = (refunds.c.business_id == request.business_id) & (refunds.c.request_key == request.key)
    if row := await tx.row(select(refunds).where(again)):
        return _the_same(refund_of(row), request)
    amount = _allowed(deposit, await _unreturned(tx, deposit), request.amount)
    row = await tx.row(insert(refunds).values(_row(deposit, request, amount, at, rested)).returning(refunds))
    if row is None:
        raise NotFound
    asked = refund_of(row)
    await _add_line(tx, deposit, asked, at=at)
    return asked


def _the_same(known: Refund, request: RefundRequest) -> Refund:
    asks_otherwise = request.amount is not None and request.amount != known.amount
    if asks_otherwise or (known.deposit_id, known.reason) != (request.deposit_id, request.reason):
        raise IdempotencyKeyReused
    return known


def _allowed(deposit: Deposit, left: int, wanted: int | None) -> int:
    if deposit.disputed:
        raise PaymentDisputed
    if left == 0:
        raise NothingToRefund
    if wanted is not None and wanted > left:
        raise Invalid.at("/amount/amount", f"is more than the {left} that are left")
    if wanted is not None and wanted % step_of(deposit.currency):
        raise Invalid.at("/amount/amount", f"must be a multiple of {step_of(deposit.currency)} in {deposit.currency}")
    return wanted or left


def _row(
    deposit: Deposit, request: RefundRequest, amount: int, at: datetime, rested: timedelta = timedelta()
) -> dict[str, Any]:
    return {
        "business_id": deposit.business_id,
        "id": uuid7(),
        "deposit_id": deposit.id,
        "amount": amount,
        "currency": deposit.currency,
        "reason": request.reason,
        "state": RefundState.ASKED.value,
        "request_key": request.key,
        "asked_by": request.by,
        "created_at": at,
        "looked_at": at - rested,
    }


async def _sent(uow: UnitOfWork, payments: Payments, asked: Refund, *, at: datetime) -> ProviderRefund | None:
    """None: definitely refused, and not made either.

    A failure would be repeated to the same key: so look for what was made, and only then take another one.
    """
    async with uow(asked.business_id) as tx:
        deposit = await locked_deposit(tx, asked.business_id, asked.deposit_id)
    intent_id = deposit.provider_id or ""
    if asked.attempt and (found := await _made(payments, asked, intent_id)):
        return found
    try:
        return await payments.refund(asked, intent_id, key=f"refund:{asked.id}:{asked.attempt}")
    except Declined:
        return await _made(payments, asked, intent_id)
    except Unanswered as error:
        if found := await _made(payments, asked, intent_id):
            return found
        if error.failed:
            async with uow(asked.business_id) as tx:
                await _change(tx, asked, attempt=asked.attempt + 1, looked_at=at)
        raise


async def _made(payments: Payments, asked: Refund, intent_id: str) -> ProviderRefund | None:
    """The refund, if it was made although no answer said so. Raises Unanswered."""
    return next((each for each in await payments.refunds(intent_id) if each.refund_id == asked.id), None)


async def _recount(tx: Tx, deposit: Deposit, refund: Refund, *, at: datetime) -> None:
    """What is on its way counts as given back; what failed does not."""
    returned = deposit.captured - await _unreturned(tx, deposit)
    after = await store_change(tx, deposit, at=at, refunded=returned)
    if refund.state is RefundState.SUCCEEDED:
        tell_refunded(tx, after, refund)
    if refund.state is RefundState.FAILED:
        tell_failed(tx, after, "not_refunded")


async def _add_line(tx: Tx, deposit: Deposit, refund: Refund, *, at: datetime) -> None:
    await add_line(
        tx,
        deposit,
        MovementKind.REFUNDED,
        refund.amount,
        provider_id=refund.provider_id or str(refund.id),
        at=at,
        status=refund.state.value,
        movement=refund.id,
    )


async def _unreturned(tx: Tx, deposit: Deposit) -> int:
    """What of it nobody has asked back; of a refund that was only asked for too, as it may have been done."""
    own = (refunds.c.business_id == deposit.business_id) & (refunds.c.deposit_id == deposit.id)
    running = own & (refunds.c.state != RefundState.FAILED.value)
    returned = await tx.scalar(select(func.coalesce(func.sum(refunds.c.amount), 0)).where(running))
    return deposit.captured - int(returned)


async def adopt(tx: Tx, deposit: Deposit, found: ProviderRefund, *, at: datetime) -> Refund:
    """Know of a refund that was made at the provider itself; `deposit` is locked."""
    request = RefundRequest(
        business_id=deposit.business_id, deposit_id=deposit.id, key=f"provider:{found.id}", by="provider"
    )
    row = await tx.row(insert(refunds).values(_row(deposit, request, found.amount, at)).returning(refunds))
    if row is None:
        raise NotFound
    return refund_of(row)


async def _locked(tx: Tx, known: Refund) -> Refund:
    own = (refunds.c.business_id == known.business_id) & (refunds.c.id == known.id)
    row = await tx.row(select(refunds).where(own).with_for_update())
    if row is None:
        raise NotFound
    return refund_of(row)


async def _change(tx: Tx, known: Refund, **values: Any) -> Refund:
    own = (refunds.c.business_id == known.business_id) & (refunds.c.id == RefundId(known.id))
    row = await tx.row(update(refunds).where(own).values(values).returning(refunds))
    if row is None:
        raise NotFound
    return refund_of(row)
