"""Ask for a deposit once more: what a card kept ready could not be taken, and the time is kept all the same."""

from datetime import datetime

from booking_public.domain.payments import Deposit, MovementKind, PaymentState
from booking_public.use_cases.payments.stored import add_line, locked_deposit, store_change
from booking_public.use_cases.payments.tell import tell_failed
from plumbing.db import Tx

EXPIRED = "authorization_expired"
"""Why it was lost when no bank said anything."""


async def ask_again(tx: Tx, deposit: Deposit, *, until: datetime, at: datetime) -> Deposit | None:
    """The deposit, open for another card until then; told to others once. None when somebody else has done it.

    `deposit` was let go, so that what comes of its PaymentIntent of before is nothing. Raises NotFound.
    """
    locked = await locked_deposit(tx, deposit.business_id, deposit.id)
    if (locked.state, locked.asked_again) != (PaymentState.CANCELLED, deposit.asked_again):
        return None
    code = locked.failure or EXPIRED
    lost = f"capture:{locked.id}:{locked.asked_again}"
    await add_line(tx, locked, MovementKind.FAILED, locked.amount, provider_id=lost, at=at, status="failed")
    after = await store_change(
        tx,
        locked,
        at=at,
        state=PaymentState.OPEN.value,
        provider_id=None,
        client_secret=None,
        authorised=0,
        attempt=locked.attempt + 1,
        asked_again=locked.asked_again + 1,
        expires_at=until,
        told=False,
    )
    tell_failed(tx, after, "not_captured", code, until=until)
    return after
