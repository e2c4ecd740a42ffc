"""Webhooks: signed as Stripe signs them, retried until they are taken; and late, twice or never when a test says so."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import aiohttp

from sundial_local.stripe_sim.store import Json, Store

RETRY_SECONDS = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 3600.0)
GIVE_UP_AFTER = 40
_LOOK_EVERY = 0.05
_TIMEOUT = aiohttp.ClientTimeout(total=10)


@dataclass(slots=True)
class Switches:
    """What goes wrong on the way; all is well by default. Forgotten at the end of the process."""

    paused: bool = False
    """Keep what happens until it is told to deliver it."""
    copies: int = 1
    """How often each event is sent."""
    delay_seconds: float = 0.0
    spread_seconds: float = 0.0
    """Each is late by a random time up to this: so they come in any order."""
    lose: float = 0.0
    """The chance that one is never sent."""
    random: Random = field(default_factory=Random)

    def when_due(self, now: float) -> list[float]:
        """When an event of now is sent, once for each copy that is not lost."""
        return [
            now + self.delay_seconds + self.random.uniform(0, self.spread_seconds)
            for _ in range(self.copies)
            if self.random.random() >= self.lose
        ]


def signature(secret: str, payload: str, at: int) -> str:
    """The header `Stripe-Signature`."""
    signed = hmac.new(secret.encode(), f"{at}.{payload}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


class Courier:
    """Sends what is due to one address."""

    def __init__(
        self, store: Store, switches: Switches, *, url: str | None, secret: str, seconds: Callable[[], float]
    ) -> None:
        """Without `url` nothing is sent, and nothing kept to be sent."""
        self._store = store
        self._switches = switches
        self._url = url
        self._secret = secret
        self._seconds = seconds
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Send what is due, until `stop`."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http:
            while not self._stopped.is_set():
                if not self._switches.paused:
                    await self._send_due(http)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopped.wait(), _LOOK_EVERY)

    def stop(self) -> None:
        """Send nothing more."""
        self._stopped.set()

    async def deliver(self, event_ids: Sequence[str]) -> list[int]:
        """Send these now, in this order, and not again; the status of each answer, 0 for none."""
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as http:
            return [await self._deliver(http, event_id) for event_id in event_ids]

    async def _deliver(self, http: aiohttp.ClientSession, event_id: str) -> int:
        event = self._store.get("event", event_id)
        if event is None:
            return 0
        self._store.drop_event(event_id)
        return await self._send(http, event)

    async def _send_due(self, http: aiohttp.ClientSession) -> None:
        for delivery, event_id, attempts in self._store.due_deliveries(self._seconds()):
            event = self._store.get("event", event_id)
            arrived = event is None or self._url is None or 200 <= await self._send(http, event) < 300
            if arrived or attempts >= GIVE_UP_AFTER:
                self._store.drop(delivery)
            else:
                wait = RETRY_SECONDS[min(attempts, len(RETRY_SECONDS) - 1)]
                self._store.put_off(delivery, self._seconds() + wait)

    async def _send(self, http: aiohttp.ClientSession, event: Json) -> int:
        """The status of the answer, 0 for none."""
        if self._url is None:
            return 0
        payload = json.dumps(event, indent=2)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(self._secret, payload, int(self._seconds())),
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        }
        try:
            async with http.post(self._url, data=payload.encode(), headers=headers) as answer:
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0
