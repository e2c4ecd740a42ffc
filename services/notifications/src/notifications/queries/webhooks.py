"""Endpoints, and what was delivered to them, read."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from contracts.ids import BusinessId, WebhookEndpointId
from notifications.domain.webhooks import Delivery, DeliveryState, Endpoint
from notifications.tables import delivery_of, endpoint_of, webhook_deliveries, webhook_endpoints
from plumbing.db import Tx
from plumbing.problems import NotFound


async def endpoint_page(tx: Tx, business_id: BusinessId, *, after: UUID | None, limit: int) -> Sequence[Endpoint]:
    """In the order in which they were made."""
    e = webhook_endpoints.c
    some = e.business_id == business_id
    if after is not None:
        some &= e.id > after
    return [
        endpoint_of(row) for row in await tx.rows(select(webhook_endpoints).where(some).order_by(e.id).limit(limit))
    ]


async def one_endpoint(tx: Tx, business_id: BusinessId, endpoint_id: WebhookEndpointId) -> Endpoint:
    """One endpoint. Raises NotFound."""
    e = webhook_endpoints.c
    row = await tx.row(select(webhook_endpoints).where(e.business_id == business_id, e.id == endpoint_id))
    if row is None:
        raise NotFound
    return endpoint_of(row)


async def delivery_page(
    tx: Tx, endpoint: Endpoint, *, state: DeliveryState | None, after: UUID | None, limit: int
) -> Sequence[Delivery]:
    """The newest first; of one state, or all."""
    d = webhook_deliveries.c
    some = (d.business_id == endpoint.business_id) & (d.endpoint_id == endpoint.id)
    if state is not None:
        some &= d.state == state.value
    if after is not None:
        some &= d.id < after
    found = await tx.rows(select(webhook_deliveries).where(some).order_by(d.id.desc()).limit(limit))
    return [delivery_of(row) for row in found]
