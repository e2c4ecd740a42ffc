"""What the provider says of a PaymentIntent becomes what we know, in whichever order and however often it is heard."""

from datetime import datetime
from typing import Any

import structlog

from booking_public.domain.payments import FINAL, PAID, RANK, Deposit, Intent, MovementKind, PaymentState
from booking_public.use_cases.payments.stored import add_line, note_look, store_change
from booking_public.use_cases.payments.tell import tell_failed, tell_taken
from plumbing.db import Tx

log = structlog.get_logger("payments")


async def record(tx: Tx, deposit: Deposit, intent: Intent, *, at: datetime) -> Deposit:
    """The locked deposit after what is new in `intent`, which must be its own (`Intent.is_of`)."""
    changes = _changes(deposit, intent)
    declined = await _add_decline(tx, deposit, intent, at=at)
    if not changes and not declined:
        await note_look(tx, deposit, at=at)
        return deposit
    after = await store_change(tx, deposit, at=at, **changes)
    await _add_lines(tx, deposit, after, at=at)
    if after.captured and not deposit.captured:
        tell_taken(tx, after)
    elif after.state is PaymentState.CANCELLED and deposit.authorised and deposit.state is not PaymentState.CANCELLED:
        log.info("authorisation let go", deposit=str(deposit.id))
    elif declined:
        tell_failed(tx, after, "declined", intent.failure)
    return after


def _changes(deposit: Deposit, intent: Intent) -> dict[str, Any]:
    """Columns and their new values; none when all is known, or it is over."""
    if deposit.state in FINAL:
        return {}
    found: dict[str, Any] = {"provider_id": intent.id, "client_secret": intent.client_secret}
    if RANK[intent.state] >= RANK[deposit.state]:
        found["state"] = intent.state
        if intent.state is PaymentState.OPEN:
            found["failure"] = intent.failure
        elif intent.state in PAID and intent.state is not deposit.state:
            found["failure"] = None
        if intent.state is PaymentState.AUTHORISED:
            found["authorised"] = intent.capturable
        if intent.state is PaymentState.CAPTURED:
            found |= {"captured": intent.received, "authorised": deposit.authorised or intent.amount}
    new = {name: value for name, value in found.items() if getattr(deposit, name) != value}
    return new | ({"state": intent.state.value} if "state" in new else {})


async def _add_lines(tx: Tx, before: Deposit, after: Deposit, *, at: datetime) -> None:
    provider_id = after.provider_id or ""
    if after.authorised and not before.authorised:
        await add_line(tx, after, MovementKind.AUTHORISED, after.authorised, provider_id=provider_id, at=at)
    if after.captured and not before.captured:
        await add_line(tx, after, MovementKind.CAPTURED, after.captured, provider_id=provider_id, at=at)
    let_go = after.authorised - after.captured
    if after.state in FINAL and before.state not in FINAL and let_go > 0:
        await add_line(tx, after, MovementKind.CANCELLED, let_go, provider_id=provider_id, at=at)


async def _add_decline(tx: Tx, deposit: Deposit, intent: Intent, *, at: datetime) -> bool:
    """Whether a card was declined that we had not heard of; each has a charge of its own."""
    if intent.failure is None or intent.charge_id is None or intent.state is not PaymentState.OPEN:
        return False
    return await add_line(
        tx, deposit, MovementKind.FAILED, deposit.amount, provider_id=intent.charge_id, at=at, status="failed"
    )
