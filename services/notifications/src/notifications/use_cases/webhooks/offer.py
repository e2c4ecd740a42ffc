"""Noting which endpoints are to be told of an event, each once; and letting go of what was about somebody."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid5

from sqlalchemy import any_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from contracts.envelope import Event
from contracts.ids import AppointmentId, BusinessId, CustomerId, EventId, WebhookDeliveryId, WebhookEndpointId, uuid7
from contracts.wire import rfc3339
from notifications.domain.webhooks import OFFERED, DeliveryState
from notifications.queries.known import is_erased
from notifications.tables import appointments_copy, webhook_deliveries, webhook_endpoints
from plumbing.db import Tx


async def offer(tx: Tx, event: Event, *, now: datetime) -> None:
    """Note it for every endpoint that wants it; of what is not on the list nothing is noted."""
    if event.type not in OFFERED:
        return
    wanting = await _wanting(tx, event.business_id, event.type)
    if not wanting:
        return
    said: dict[str, Any] = json.loads(event.model_dump_json())
    about = _about(event)
    if about["customer_id"] is not None and await is_erased(tx, event.business_id, about["customer_id"]):
        said = _without_the_customer(said)
    payload = payload_of(event.type, said, at=now)
    rows = [
        {**delivery_row(event.business_id, each, identity(event), event.type, payload, now=now), **about}
        for each in wanting
    ]
    await tx.execute(
        insert(webhook_deliveries)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["business_id", "endpoint_id", "event_id"])
    )


def identity(event: Event) -> EventId:
    """The same for the same fact, however often it is told: a snapshot at a revision says the same each time."""
    return EventId(uuid5(event.subject, f"{event.type} {event.model_dump_json()}"))


def payload_of(event_type: str, data: Any, *, at: datetime) -> str:
    """The body of a delivery, as Standard Webhooks has it; this very text is signed."""
    whole = {"type": event_type, "timestamp": rfc3339(at), "data": data}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def delivery_row(
    business_id: BusinessId,
    endpoint_id: WebhookEndpointId,
    event_id: EventId,
    event_type: str,
    payload: str,
    *,
    now: datetime,
) -> dict[str, Any]:
    """The row of a new delivery, which is due at once."""
    return {
        "business_id": business_id,
        "id": WebhookDeliveryId(uuid7()),
        "endpoint_id": endpoint_id,
        "event_id": event_id,
        "type": event_type,
        "payload": payload,
        "state": DeliveryState.WAITING.value,
        "due_at": now,
        "attempts": 0,
        "created_at": now,
        "revision": 1,
    }


async def forget_in_webhooks(tx: Tx, business_id: BusinessId, customer_id: CustomerId) -> None:
    """Delete what was, or was going to be, told about somebody who is to be forgotten."""
    d, a = webhook_deliveries.c, appointments_copy.c
    theirs = select(a.id).where(a.business_id == business_id, a.customer_id == customer_id)
    about_them = (d.business_id == business_id) & or_(d.customer_id == customer_id, d.appointment_id.in_(theirs))
    waiting = {"state": DeliveryState.FAILED.value, "reason": "erased"}
    await tx.execute(
        update(webhook_deliveries).where(about_them, d.state == DeliveryState.WAITING.value).values(**waiting)
    )
    await tx.execute(
        update(webhook_deliveries).where(about_them).values(payload=None, response=None, revision=d.revision + 1)
    )


async def _wanting(tx: Tx, business_id: BusinessId, event_type: str) -> list[WebhookEndpointId]:
    e = webhook_endpoints.c
    wants = or_(func.cardinality(e.events) == 0, literal(event_type) == any_(e.events))
    found = await tx.execute(select(e.id).where(e.business_id == business_id, e.enabled, wants))
    return list(found.scalars())


def _about(event: Event) -> dict[str, Any]:
    """Whom an event is about, so that it can be forgotten with them."""
    appointment, payment = getattr(event, "appointment", None), getattr(event, "payment", None)
    customer_id: CustomerId | None = appointment.customer_id if appointment else None
    appointment_id: AppointmentId | None = appointment.id if appointment else None
    return {
        "customer_id": customer_id,
        "appointment_id": payment.appointment_id if payment else appointment_id,
    }


def _without_the_customer(said: dict[str, Any]) -> dict[str, Any]:
    nobody = {"customer": None, "notes": "", "cancellationReason": None}
    kept = {**said, "appointment": {**said["appointment"], **nobody}}
    return {**kept, "before": {}} if "before" in said else kept
