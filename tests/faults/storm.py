"""A storm of random creates, moves and cancels on a few staff members, and a ledger of what was answered."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import aiohttp

from tests.e2e.owner import Owner, Reply, next_week

QUARTER = timedelta(minutes=15)
STARTS = 5 * 96
"""Starts on the grid of five days: few enough that most wishes collide."""
DEFINITE = frozenset({200, 201, 409})
PATIENCE = timedelta(seconds=90)


class NeverAnswered(AssertionError):
    """A request got no definite answer, however often it was sent again."""


@dataclass(slots=True)
class Ledger:
    """What the clients were told: the last acknowledged state of each appointment, and how often what was answered."""

    appointments: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    retried: int = 0

    def note(self, method: str, reply: Reply) -> None:
        """Keep what an answer promised."""
        self.answers[f"{method} {reply.status}"] += 1
        if reply.status in {200, 201}:
            self.appointments[reply.body["id"]] = reply.body


@dataclass(slots=True)
class Storm:
    """Clients that act at once; each moves and cancels what it made itself, so that it knows what must be stored."""

    owner: Owner
    service_id: str
    staff_ids: list[str]
    first: datetime
    seed: int
    clients: int = 32
    ledger: Ledger = field(default_factory=Ledger)

    async def run(self, operations: int) -> Ledger:
        """So many operations in all, each asked again until its answer is definite."""
        left = iter(range(operations))
        async with asyncio.TaskGroup() as group:
            for number in range(self.clients):
                group.create_task(self._client(Random(self.seed * 1000 + number), left))
        return self.ledger

    async def _client(self, random: Random, left: Any) -> None:
        mine: list[str] = []
        for _ in left:
            wish = random.random()
            if mine and wish < 0.3:
                body = {"start": self._start(random), "staffId": random.choice(self.staff_ids)}
                await self._definite("PUT", f"/api/appointments/{random.choice(mine)}", body)
            elif mine and wish < 0.5:
                path = f"/api/appointments/{mine.pop(random.randrange(len(mine)))}/status"
                await self._definite("PUT", path, {"status": "CANCELLED"})
            else:
                mine += await self._book(random)

    async def _book(self, random: Random) -> list[str]:
        body = {
            "serviceId": self.service_id,
            "staffId": random.choice(self.staff_ids),
            "start": self._start(random),
            "customer": {"name": "Noor", "email": f"guest{random.randrange(20)}@example.com"},
        }
        reply = await self._definite("POST", "/api/appointments", body)
        return [reply.body["id"]] if reply.status == 201 else []

    def _start(self, random: Random) -> str:
        return (self.first + random.randrange(STARTS) * QUARTER).isoformat()

    async def _definite(self, method: str, path: str, body: dict[str, Any]) -> Reply:
        """Ask until the answer is definite; the key makes a repeated POST one intent, a PUT is one by nature."""
        headers = {"Idempotency-Key": uuid4().hex} if method == "POST" else {}
        loop = asyncio.get_running_loop()
        give_up = loop.time() + PATIENCE.total_seconds()
        while loop.time() < give_up:
            reply = await self._once(method, path, body, headers)
            assert reply is None or reply.status != 404, f"acknowledged, then lost: {path}"
            if reply is not None and reply.status in DEFINITE and not _is_in_progress(reply):
                self.ledger.note(method, reply)
                return reply
            self.ledger.answers[f"{method} {'no answer' if reply is None else reply.status}"] += 1
            self.ledger.retried += 1
            await asyncio.sleep(0.2)
        raise NeverAnswered(f"{method} {path}")

    async def _once(self, method: str, path: str, body: dict[str, Any], headers: dict[str, str]) -> Reply | None:
        try:
            reply = await self.owner.call(method, path, body, headers=headers)
            if reply.status == 401:
                await self.owner.renew()
            return reply
        except (aiohttp.ClientError, TimeoutError, AssertionError):
            return None


async def storm_on(owner: Owner, *, seed: int, people: int = 3) -> Storm:
    """A storm on new staff members of this owner, a week ahead."""
    staff = [await owner.staff(f"Person {number}") for number in range(people)]
    service = await owner.service(staff, bufferAfterMinutes=5)
    return Storm(owner, service, staff, next_week(0), seed)


def _is_in_progress(reply: Reply) -> bool:
    return reply.status == 409 and reply.code == "RequestInProgress"
