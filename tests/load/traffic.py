"""Changes of many calendars at a steady pace: an appointment is made, moved and cancelled, then the next."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from tests.e2e.owner import Owner, next_week, sign_up
from tests.load.http_client import Connection, Reply, connections, post
from tests.load.site import Site
from tests.load.wrk import WrongAnswers

_CONNECTIONS = 8
_AT_ONCE = 4
_KINDS = 3
_RENEW_AFTER_SECONDS = 120
_HALF_HOUR = timedelta(minutes=30)


@dataclass(slots=True)
class Open:
    """A business that is open for business."""

    owner: Owner
    service: str
    staff: str
    appointment: str = ""
    made: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    signed_in_at: float = field(default_factory=time.monotonic)

    async def token(self) -> str:
        """An access token that is good for the next minutes."""
        if time.monotonic() - self.signed_in_at > _RENEW_AFTER_SECONDS:
            await self.owner.renew()
            self.signed_in_at = time.monotonic()
        return self.owner.token

    async def next(self, base: str) -> bytes:
        """The request of its next change."""
        kind, start = self.made % _KINDS, next_week(0) + self.made // _KINDS * 2 * _HALF_HOUR
        self.made += 1
        headers = {"Authorization": f"Bearer {await self.token()}", "Idempotency-Key": uuid4().hex}
        path = f"{base}/api/appointments"
        match kind:
            case 0:
                booking = {"serviceId": self.service, "staffId": self.staff, "start": start.isoformat()}
                return post(path, booking, headers)
            case 1:
                moved = {"start": (start + _HALF_HOUR).isoformat()}
                return post(f"{path}/{self.appointment}", moved, headers, method="PUT")
            case _:
                return post(f"{path}/{self.appointment}/status", {"status": "CANCELLED"}, headers, method="PUT")


@dataclass(slots=True)
class Traffic:
    """Whatever happens in all of them."""

    base: str
    businesses: Sequence[Open]
    refused: list[Reply] = field(default_factory=list[Reply])

    async def go(self, a_second: int, seconds: float) -> float:
        """So many changes in so long, each business in its turn; how many a second were made. Raises WrongAnswers."""
        changes, begin = int(a_second * seconds), time.monotonic()
        async with connections(self.base, _CONNECTIONS) as clients:
            free: asyncio.Queue[Connection] = asyncio.Queue()
            for client in clients:
                free.put_nowait(client)
            async with asyncio.TaskGroup() as group:
                for number in range(changes):
                    await asyncio.sleep(begin + number / a_second - time.monotonic())
                    business = self.businesses[number % len(self.businesses)]
                    group.create_task(self._change(business, free))
        if self.refused:
            raise WrongAnswers(f"{len(self.refused)} changes were refused, one with {self.refused[0].body[:300]!r}")
        return changes / (time.monotonic() - begin)

    async def _change(self, business: Open, free: "asyncio.Queue[Connection]") -> None:
        async with business.turn:
            request = await business.next(self.base)
            client = await free.get()
            reply = await client.ask(request)
            free.put_nowait(client)
            if reply.status in {200, 201}:
                business.appointment = json.loads(reply.body)["id"]
            else:
                self.refused.append(reply)


async def new_businesses(site: Site, count: int) -> list[Open]:
    """So many new businesses on a product."""
    room = asyncio.Semaphore(_AT_ONCE)

    async def one() -> Open:
        async with room:
            owner = await sign_up(site.owner.session, site.gateway)
            staff = await owner.staff()
            return Open(owner, await owner.service([staff]), staff)

    return await asyncio.gather(*(one() for _ in range(count)))
