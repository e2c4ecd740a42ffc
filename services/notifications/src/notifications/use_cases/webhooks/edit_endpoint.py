"""Making, changing and deleting endpoints, and the secrets that they know us by."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from contracts.ids import BusinessId, WebhookEndpointId, uuid7
from notifications.domain.webhooks import MOST_ENDPOINTS, OLD_SECRET_SIGNS, Endpoint, TooManyEndpoints
from notifications.tables import endpoint_of, webhook_deliveries, webhook_endpoints
from plumbing.db import Tx
from plumbing.problems import NotFound

_SECRET_BYTES = 32


def new_secret() -> str:
    """256 random bits, in the form of Standard Webhooks."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


async def add_endpoint(
    tx: Tx, business_id: BusinessId, *, url: str, description: str, events: Sequence[str], now: datetime
) -> Endpoint:
    """A new one, switched on. Raises TooManyEndpoints; counted under a lock on the business."""
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"webhooks {business_id}", 0))))
    own = webhook_endpoints.c.business_id == business_id
    if await tx.scalar(select(func.count()).select_from(webhook_endpoints).where(own)) >= MOST_ENDPOINTS:
        raise TooManyEndpoints
    endpoint = Endpoint(
        business_id=business_id,
        id=WebhookEndpointId(uuid7()),
        url=url,
        description=description,
        events=tuple(events),
        enabled=True,
        disabled_reason=None,
        failing_since=None,
        silences=0,
        rests_until=None,
        secret=new_secret(),
        old_secret=None,
        old_secret_until=None,
        created_at=now,
        revision=1,
    )
    await tx.execute(insert(webhook_endpoints).values({**asdict(endpoint), "events": list(endpoint.events)}))
    return endpoint


async def locked_endpoint(tx: Tx, business_id: BusinessId, endpoint_id: WebhookEndpointId) -> Endpoint:
    """One endpoint, locked. Raises NotFound."""
    own = (webhook_endpoints.c.business_id == business_id) & (webhook_endpoints.c.id == endpoint_id)
    row = await tx.row(select(webhook_endpoints).where(own).with_for_update())
    if row is None:
        raise NotFound
    return endpoint_of(row)


async def change_endpoint(tx: Tx, endpoint: Endpoint, changes: Mapping[str, Any]) -> Endpoint:
    """As it is from now on. One that is switched on again, or is elsewhere now, starts without a past."""
    if all(getattr(endpoint, name) == value for name, value in changes.items()):
        return endpoint
    values = dict(changes)
    is_on_again = bool(changes.get("enabled")) and not endpoint.enabled
    if is_on_again or changes.get("url", endpoint.url) != endpoint.url:
        values |= {"failing_since": None, "silences": 0, "rests_until": None}
    if is_on_again:
        values["disabled_reason"] = None
    return await set_endpoint(tx, endpoint, values)


async def rotate_secret(tx: Tx, endpoint: Endpoint, *, now: datetime) -> Endpoint:
    """A new secret; the one before signs, too, for a day."""
    until = now + OLD_SECRET_SIGNS
    values = {"secret": new_secret(), "old_secret": endpoint.secret, "old_secret_until": until}
    return await set_endpoint(tx, endpoint, values)


async def delete_endpoint(tx: Tx, endpoint: Endpoint) -> None:
    """Delete it, and everything that was kept of what it was told."""
    d, e = webhook_deliveries.c, webhook_endpoints.c
    await tx.execute(
        delete(webhook_deliveries).where(d.business_id == endpoint.business_id, d.endpoint_id == endpoint.id)
    )
    await tx.execute(delete(webhook_endpoints).where(e.business_id == endpoint.business_id, e.id == endpoint.id))


async def set_endpoint(tx: Tx, endpoint: Endpoint, values: Mapping[str, Any]) -> Endpoint:
    """Store these fields, at the next revision; the endpoint has to be locked."""
    own = (webhook_endpoints.c.business_id == endpoint.business_id) & (webhook_endpoints.c.id == endpoint.id)
    stored = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    changed = update(webhook_endpoints).where(own).values(**stored, revision=endpoint.revision + 1)
    return endpoint_of((await tx.execute(changed.returning(webhook_endpoints))).mappings().one())
