"""Ask for a deposit: one PaymentIntent for each booking, whatever ends the process between the steps."""

from datetime import datetime

from booking_public.clients.payments import Payments, Unanswered, or_unavailable
from booking_public.domain.payments import Deposit, DepositOver, Due, Intent, PaymentsOff, PaymentState
from booking_public.use_cases.payments.follow import settle
from booking_public.use_cases.payments.stored import deposit_for, store_change, store_new
from plumbing.db import UnitOfWork
from plumbing.failpoints import reach

CLOCKS_APART_SECONDS = 300
"""The provider's clock may be so far from ours."""


@or_unavailable
async def authorise(uow: UnitOfWork, payments: Payments, due: Due, *, at: datetime) -> Deposit:
    """The deposit with its `client_secret`.

    Raises DepositOver when it was let go, PaymentsOff, ServiceUnavailable: then nothing can be paid yet.
    """
    if not payments.is_on:
        raise PaymentsOff
    async with uow(due.business_id) as tx:
        await store_new(tx, due, at=at)
        deposit = await deposit_for(tx, due.business_id, due.booking_id)
    if deposit.state is PaymentState.CANCELLED:
        raise DepositOver
    await reach("payment_stored")
    if deposit.provider_id is not None:
        intent = await payments.retrieve(deposit.provider_id)
    else:
        intent = await _made(uow, payments, deposit, at=at)
    await reach("payment_created")
    after = await settle(uow, payments, deposit, intent, at=at)
    if after.state is PaymentState.CANCELLED:
        raise DepositOver
    return after


async def made_before(payments: Payments, deposit: Deposit) -> Intent | None:
    """One that was made although no answer came. Raises Unanswered."""
    since = int(deposit.created_at.timestamp()) - CLOCKS_APART_SECONDS
    found = [each for each in await payments.find(deposit.booking_id, since=since) if each.is_of(deposit)]
    return found[-1] if found else None


async def _made(uow: UnitOfWork, payments: Payments, deposit: Deposit, *, at: datetime) -> Intent:
    """A failure would be repeated to the same key: so look for what was made, and only then take another one."""
    try:
        return await payments.create(deposit, key=_key(deposit))
    except Unanswered as error:
        if not error.failed:
            raise
    if found := await made_before(payments, deposit):
        return found
    async with uow(deposit.business_id) as tx:
        locked = await deposit_for(tx, deposit.business_id, deposit.booking_id)
        deposit = await store_change(tx, locked, at=at, attempt=locked.attempt + 1)
    return await payments.create(deposit, key=_key(deposit))


def _key(deposit: Deposit) -> str:
    return f"deposit:{deposit.id}:{deposit.attempt}"
