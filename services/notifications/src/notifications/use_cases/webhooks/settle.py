"""What becomes of a delivery after a try, and of its endpoint: one that fails for days is switched off."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update

from contracts.ids import MessageId, uuid7
from notifications.domain import Audience, Channel, Kind, Message
from notifications.domain.messages import next_try
from notifications.domain.webhooks import (
    GONE,
    JITTER,
    OFF_AFTER,
    WEBHOOK_LADDER,
    Delivery,
    DeliveryState,
    Endpoint,
    Reaction,
)
from notifications.tables import endpoint_of, webhook_deliveries, webhook_endpoints
from notifications.use_cases.plan_messages import note
from notifications.use_cases.webhooks.edit_endpoint import set_endpoint
from plumbing.db import Tx

_OWNER_TOLD_WITHIN = timedelta(days=7)

_STILL_WAITING = webhook_deliveries.c.state == DeliveryState.WAITING.value
_NOT_ERASED = webhook_deliveries.c.payload.is_not(None)


async def settle(tx: Tx, delivery: Delivery, reaction: Reaction, *, at: datetime) -> None:
    """Note what came of a try. What was deleted, erased or given up meanwhile stays as it is.

    But what has arrived has arrived, though its endpoint was switched off before it answered.
    """
    e = webhook_endpoints.c
    own = (e.business_id == delivery.business_id) & (e.id == delivery.endpoint_id)
    row = await tx.row(select(webhook_endpoints).where(own).with_for_update())
    if row is None:
        return
    endpoint = endpoint_of(row)
    health = endpoint.health_after(reaction, at=at)
    if any(getattr(endpoint, name) != value for name, value in health.items()):
        await tx.execute(update(webhook_endpoints).where(own).values(**health))
    if reaction.is_well:
        delivered = {"state": DeliveryState.DELIVERED.value, "reason": None, **reaction.noted()}
        await _set(tx, delivery, delivered, still=_NOT_ERASED)
        return
    await _note_failure(tx, delivery, reaction, at)
    if reaction.status == GONE or at - health["failing_since"] >= OFF_AFTER:
        await _switch_off(tx, endpoint, "gone" if reaction.status == GONE else "failing", at)


async def give_up(tx: Tx, delivery: Delivery, reason: str) -> None:
    """It is never sent."""
    await _set(tx, delivery, {"state": DeliveryState.FAILED.value, "reason": reason})


async def _note_failure(tx: Tx, delivery: Delivery, reaction: Reaction, at: datetime) -> None:
    """The next rung of the ladder; after the last it is given up."""
    until = None if reaction.status == GONE else next_try(delivery.attempts, at=at, ladder=WEBHOOK_LADDER)
    noted = {"reason": reaction.reason, **reaction.noted()}
    if until is None:
        await _set(tx, delivery, {"state": DeliveryState.FAILED.value, **noted})
        return
    later = (until - at) * (random.random() * JITTER)  # noqa: S311  # spreads load, keeps no secret
    await _set(tx, delivery, {"due_at": until + later, **noted})


async def _switch_off(tx: Tx, endpoint: Endpoint, reason: str, at: datetime) -> None:
    """Nothing goes there any more; what waits has failed, and the owner is told, once."""
    if not endpoint.enabled:
        return
    after = await set_endpoint(tx, endpoint, {"enabled": False, "disabled_reason": reason})
    d = webhook_deliveries.c
    of_it = (d.business_id == endpoint.business_id) & (d.endpoint_id == endpoint.id)
    await tx.execute(
        update(webhook_deliveries)
        .where(of_it, _STILL_WAITING)
        .values(state=DeliveryState.FAILED.value, reason="switchedOff", revision=d.revision + 1)
    )
    message = Message(
        business_id=endpoint.business_id,
        id=MessageId(uuid7()),
        kind=Kind.WEBHOOK_OFF,
        channel=Channel.EMAIL,
        audience=Audience.CONTACT,
        due_at=at,
        expires_at=at + _OWNER_TOLD_WITHIN,
        payload={"endpoint": endpoint.url.partition("?")[0]},
    )
    await note(tx, [(message, f"{endpoint.id} {after.revision}")], now=at)


async def _set(
    tx: Tx, delivery: Delivery, values: Mapping[str, Any], *, still: ColumnElement[bool] = _STILL_WAITING
) -> None:
    d = webhook_deliveries.c
    own = (d.business_id == delivery.business_id) & (d.id == delivery.id)
    await tx.execute(update(webhook_deliveries).where(own, still).values(**values, revision=d.revision + 1))
