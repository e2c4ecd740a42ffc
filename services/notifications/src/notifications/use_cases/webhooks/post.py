"""Posting what is due. Every endpoint has a task of its own, and a turn of some seconds: a slow one holds up no other.

A delivery is taken for a while, posted, and noted, each in a transaction of its own. A process that dies in between has
posted it once too often at most; its `webhook-id` is the same then, by which the receiver knows it.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import exists, func, select, tuple_, update

from contracts.ids import BusinessId, WebhookEndpointId
from notifications.clients.webhooks import WebhookClient
from notifications.domain.messages import LEASE
from notifications.domain.webhooks import MOST_BYTES, Delivery, DeliveryState, Endpoint
from notifications.tables import delivery_of, endpoint_of, webhook_deliveries, webhook_endpoints
from notifications.use_cases.webhooks.settle import give_up, settle
from plumbing.batches import taken
from plumbing.db import UnitOfWork
from plumbing.failpoints import reach

log = structlog.get_logger("webhooks")

ENDPOINTS_AT_ONCE = 256
"""More than one business can have, many times over."""

OF_AN_ENDPOINT = 4
"""So many deliveries to one endpoint at once."""

TURN = timedelta(seconds=10)
"""So long more is begun for an endpoint before others have their turn: with the last answer well within a lease."""

GRACE_SECONDS = 3.0
"""So long the end of the process waits for answers."""

type _Key = tuple[BusinessId, WebhookEndpointId]
type _Clock = Callable[[], datetime]


class Poster:
    """Posts what is due to the endpoints of all businesses."""

    def __init__(self, uow: UnitOfWork, client: WebhookClient) -> None:
        self._uow = uow
        self._client = client
        self._running: dict[_Key, asyncio.Task[None]] = {}
        self._is_closing = False

    async def start_due(self, *, at: datetime) -> None:
        """Start on every endpoint with something due that is not busy already, without waiting for any."""
        for key in await self._due(at):
            if key in self._running:
                continue  # since we asked, by another call
            task = asyncio.create_task(self._take_turn(key, _clock(at)))
            self._running[key] = task
            task.add_done_callback(lambda _, key=key: self._running.pop(key, None))

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        while self._running:
            await asyncio.gather(*self._running.values())

    async def close(self) -> None:
        """Begin nothing more, and cut off what is not answered soon: it is sent again when its lease is over."""
        self._is_closing = True
        if self._running:
            _, late = await asyncio.wait(self._running.values(), timeout=GRACE_SECONDS)
            for each in late:
                each.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._client.close()

    async def _due(self, at: datetime) -> Sequence[_Key]:
        """Some endpoints for which something is due: in no order, so that nobody is pushed back by long queues."""
        d, e = webhook_deliveries.c, webhook_endpoints.c
        of_it = (d.business_id == e.business_id) & (d.endpoint_id == e.id)
        due = exists().where(of_it, d.state == DeliveryState.WAITING.value, d.due_at <= at)
        awake = e.enabled & (e.rests_until.is_(None) | (e.rests_until <= at))
        idle = tuple_(e.business_id, e.id).not_in(list(self._running))
        room = ENDPOINTS_AT_ONCE - len(self._running)
        some = select(e.business_id, e.id).where(awake, idle, due).order_by(func.random()).limit(room)
        async with self._uow.across_businesses() as tx:
            return [(row["business_id"], row["id"]) for row in await tx.rows(some)]

    async def _take_turn(self, key: _Key, now: _Clock) -> None:
        """What is due for one endpoint, some at a time, as long as it answers."""
        end = now() + TURN
        try:
            while now() < end and not self._is_closing and (begun := await self._take(key, now())):
                await asyncio.gather(*(self._try(endpoint, delivery, now) for endpoint, delivery in begun))
        except Exception:
            log.exception("webhooks not posted", endpoint=str(key[1]))

    async def _take(self, key: _Key, at: datetime) -> Sequence[tuple[Endpoint, Delivery]]:
        """The oldest that are due, for this process alone until the lease is over; none when the endpoint is off."""
        d, e = webhook_deliveries.c, webhook_endpoints.c
        async with self._uow.across_businesses() as tx:
            row = await tx.row(select(webhook_endpoints).where(e.business_id == key[0], e.id == key[1], e.enabled))
            if row is None:
                return ()
            endpoint = endpoint_of(row)
            due = (d.business_id == key[0]) & (d.endpoint_id == key[1]) & (d.state == DeliveryState.WAITING.value)
            some = select(d.business_id, d.id).where(due, d.due_at <= at).order_by(d.due_at)
            some = some.limit(endpoint.room(OF_AN_ENDPOINT, at=at))
            rows = await tx.execute(
                update(webhook_deliveries)
                .where(tuple_(d.business_id, d.id).in_(taken(some)))
                .values(due_at=at + LEASE, attempts=d.attempts + 1, tried_at=at)
                .returning(webhook_deliveries)
            )
            return [(endpoint, delivery_of(each)) for each in rows.mappings().all()]

    async def _try(self, endpoint: Endpoint, delivery: Delivery, now: _Clock) -> None:
        """One try, whatever comes of it: what cannot be noted is tried again when its lease is over."""
        try:
            await self._post(endpoint, delivery, now)
        except Exception:
            log.exception("webhook not noted", id=str(delivery.id))

    async def _post(self, endpoint: Endpoint, delivery: Delivery, now: _Clock) -> None:
        payload = delivery.payload
        if payload is None or len(payload.encode()) > MOST_BYTES:
            async with self._uow.across_businesses() as tx:
                await give_up(tx, delivery, "erased" if payload is None else "tooLarge")
            return
        reaction = await self._client.post(endpoint, delivery, payload)
        await reach("notifications.after_post")
        async with self._uow.across_businesses() as tx:
            await settle(tx, delivery, reaction, at=now())


def _clock(at: datetime) -> _Clock:
    """One that shows this now, and goes on."""
    begun = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - begun)
