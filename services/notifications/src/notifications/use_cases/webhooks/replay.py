"""Sending again what an endpoint did not take, and sending it something to try it with."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from contracts.ids import EventId, WebhookDeliveryId, uuid7
from notifications.domain.webhooks import (
    DELIVERIES_KEPT,
    TEST_TYPE,
    Delivery,
    DeliveryErased,
    DeliveryState,
    DeliveryWaiting,
    Endpoint,
    EndpointOff,
)
from notifications.tables import delivery_of, webhook_deliveries
from notifications.use_cases.webhooks.offer import delivery_row, payload_of
from plumbing.db import Tx
from plumbing.problems import NotFound


async def send_test(tx: Tx, endpoint: Endpoint, *, now: datetime) -> Delivery:
    """Something that means nothing, to see that it arrives. Raises EndpointOff."""
    _refuse_off(endpoint)
    payload = payload_of(TEST_TYPE, {"businessId": str(endpoint.business_id), "endpointId": str(endpoint.id)}, at=now)
    row = delivery_row(endpoint.business_id, endpoint.id, EventId(uuid7()), TEST_TYPE, payload, now=now)
    stored = await tx.execute(insert(webhook_deliveries).values(row).returning(webhook_deliveries))
    return delivery_of(stored.mappings().one())


async def replay_delivery(tx: Tx, endpoint: Endpoint, delivery_id: WebhookDeliveryId, *, now: datetime) -> Delivery:
    """One again, from the first try on, with the id that it had.

    Raises NotFound, EndpointOff, DeliveryErased and DeliveryWaiting.
    """
    d = webhook_deliveries.c
    own = (d.business_id == endpoint.business_id) & (d.endpoint_id == endpoint.id) & (d.id == delivery_id)
    row = await tx.row(select(webhook_deliveries).where(own).with_for_update())
    if row is None:
        raise NotFound
    _refuse_off(endpoint)
    if row["payload"] is None:
        raise DeliveryErased
    if row["state"] == DeliveryState.WAITING.value:
        raise DeliveryWaiting
    again = await tx.execute(update(webhook_deliveries).where(own).values(**_anew(now)).returning(webhook_deliveries))
    return delivery_of(again.mappings().one())


async def replay_failed(tx: Tx, endpoint: Endpoint, *, since: datetime, now: datetime) -> int:
    """All that have failed since; how many they are. Raises EndpointOff."""
    _refuse_off(endpoint)
    d = webhook_deliveries.c
    own = (d.business_id == endpoint.business_id) & (d.endpoint_id == endpoint.id)
    failed = (d.state == DeliveryState.FAILED.value) & (d.created_at >= since) & d.payload.is_not(None)
    return (await tx.execute(update(webhook_deliveries).where(own, failed).values(**_anew(now)))).rowcount


async def forget_old_deliveries(tx: Tx, *, now: datetime) -> None:
    """What was noted long ago; what still waits then does so for an endpoint that somebody has switched off."""
    await tx.execute(delete(webhook_deliveries).where(webhook_deliveries.c.created_at < now - DELIVERIES_KEPT))


def _refuse_off(endpoint: Endpoint) -> None:
    if not endpoint.enabled:
        raise EndpointOff


def _anew(now: datetime) -> dict[str, Any]:
    waiting = DeliveryState.WAITING.value
    return {
        "state": waiting,
        "attempts": 0,
        "due_at": now,
        "reason": None,
        "revision": webhook_deliveries.c.revision + 1,
    }
