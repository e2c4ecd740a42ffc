"""Take what is authorised, or let it go; what the provider then says of it is what counts."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from booking_public.clients.payments import Declined, NotInThatState, Payments, Unanswered, or_unavailable
from booking_public.domain.payments import FINAL, Deposit, Intent, PaymentDeclined, PaymentState
from booking_public.use_cases.payments.authorise import made_before
from booking_public.use_cases.payments.follow import settle
from booking_public.use_cases.payments.stored import deposit_for, store_change
from contracts.ids import BookingId, BusinessId
from plumbing.db import UnitOfWork
from plumbing.failpoints import reach

_WHEN = {
    "capture": frozenset({PaymentState.AUTHORISED}),
    "cancel": frozenset({PaymentState.OPEN, PaymentState.ACTION, PaymentState.AUTHORISED}),
}
"""In which states it can be done."""


@or_unavailable
async def look(
    uow: UnitOfWork, payments: Payments, business_id: BusinessId, booking_id: BookingId, *, at: datetime
) -> Deposit:
    """The deposit as the provider has it now. Raises NotFound, ServiceUnavailable."""
    deposit = await _known(uow, business_id, booking_id)
    intent = await _intent(payments, deposit)
    return await settle(uow, payments, deposit, intent, at=at) if intent else deposit


@or_unavailable
async def capture(
    uow: UnitOfWork, payments: Payments, business_id: BusinessId, booking_id: BookingId, *, at: datetime
) -> Deposit:
    """Take it. Raises PaymentDeclined when it cannot be had any more, NotFound, ServiceUnavailable."""
    deposit = await _known(uow, business_id, booking_id)
    if deposit.state is PaymentState.CAPTURED:
        return deposit
    if deposit.provider_id is None or deposit.state is PaymentState.CANCELLED:
        raise PaymentDeclined
    try:
        intent = await _done(uow, payments, deposit, payments.capture, "capture", at=at)
    except Declined as error:
        await _note_refusal(uow, deposit, str(error), at=at)
        raise PaymentDeclined from error
    await reach("payment_captured")
    after = await settle(uow, payments, deposit, intent, at=at)
    if after.state is not PaymentState.CAPTURED:
        raise PaymentDeclined
    return after


@or_unavailable
async def cancel(
    uow: UnitOfWork, payments: Payments, business_id: BusinessId, booking_id: BookingId, *, at: datetime
) -> Deposit:
    """Let it go; `state` of the answer is CAPTURED when it was paid first. Raises NotFound, ServiceUnavailable."""
    deposit = await _known(uow, business_id, booking_id)
    if deposit.state in FINAL:
        return deposit
    intent = await _intent(payments, deposit)
    if intent is None:
        async with uow(business_id) as tx:
            locked = await deposit_for(tx, business_id, booking_id)
            return await store_change(tx, locked, at=at, state=PaymentState.CANCELLED.value)
    deposit = await settle(uow, payments, deposit, intent, at=at)
    if deposit.state in FINAL:
        return deposit
    intent = await _done(uow, payments, deposit, payments.cancel, "cancel", at=at)
    await reach("payment_cancelled")
    return await settle(uow, payments, deposit, intent, at=at)


async def _known(uow: UnitOfWork, business_id: BusinessId, booking_id: BookingId) -> Deposit:
    async with uow(business_id) as tx:
        return await deposit_for(tx, business_id, booking_id)


async def _intent(payments: Payments, deposit: Deposit) -> Intent | None:
    """Its PaymentIntent, also one that was made although we never heard of it."""
    if deposit.provider_id is None:
        return await made_before(payments, deposit)
    return await payments.retrieve(deposit.provider_id)


async def _done(
    uow: UnitOfWork,
    payments: Payments,
    deposit: Deposit,
    do: Callable[..., Awaitable[Intent]],
    what: str,
    *,
    at: datetime,
) -> Intent:
    """Do it under its key. Whenever it is not certain that it was done, the provider's own state says it.

    A refusal is repeated to the same key too, whatever became of the payment since: so it is asked under another one.
    """
    try:
        return await do(deposit.provider_id, key=_key(what, deposit))
    except NotInThatState:
        intent = await payments.retrieve(deposit.provider_id or "")
        if intent.state not in _WHEN[what]:
            return intent
        deposit = await _another_key(uow, deposit, at=at)
        return await do(deposit.provider_id, key=_key(what, deposit))
    except Unanswered as error:
        if error.failed:
            await _another_key(uow, deposit, at=at)
        intent = await payments.retrieve(deposit.provider_id or "")
        if intent.state not in FINAL:
            raise
        return intent


def _key(what: str, deposit: Deposit) -> str:
    return f"{what}:{deposit.id}:{deposit.attempt}"


async def _another_key(uow: UnitOfWork, deposit: Deposit, *, at: datetime) -> Deposit:
    async with uow(deposit.business_id) as tx:
        locked = await deposit_for(tx, deposit.business_id, deposit.booking_id)
        return await store_change(tx, locked, at=at, attempt=locked.attempt + 1)


async def _note_refusal(uow: UnitOfWork, deposit: Deposit, code: str, *, at: datetime) -> None:
    """Why the bank did not want to. It would be repeated to the same key: whoever tries again takes another one."""
    async with uow(deposit.business_id) as tx:
        locked = await deposit_for(tx, deposit.business_id, deposit.booking_id)
        await store_change(tx, locked, at=at, failure=code, attempt=locked.attempt + 1)
