"""Where hostile input is sent: a business with a booking page, a guest's own things, and all that is stored of it."""

import json
from asyncio import Semaphore, gather
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import asyncpg
from yarl import URL

from plumbing.testing import eventually
from sundial_local.layout import KEEPING
from sundial_local.product import Product
from tests.e2e.guest import Guest, guest_of
from tests.e2e.hostile.calls import Call
from tests.e2e.owner import Owner, next_week, sign_up

AT_ONCE = 8
"""Requests of this many are on their way together."""

_JSON = {"Content-Type": "application/json"}
_TABLES = """
SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = 'business_id' AND a.attnum > 0
    AND c.relname <> ALL ($1) ORDER BY c.relname
"""
_KEPT_OF_REFUSALS = ("idempotency_keys", "attempts")
"""Answers that are given again, and how often somebody tried: what a refusal may leave behind."""

_STILL = 30

type Stored = Mapping[str, tuple[int, str]]
type Sent = Coroutine[Any, Any, "Answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: `body` is its JSON, if it is any."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        """The JSON."""
        return json.loads(self.content)

    @property
    def is_refusal(self) -> bool:
        """Whether it says, in our own form, that the client is wrong."""
        return (
            400 <= self.status < 500
            and self.headers["Content-Type"] == "application/problem+json"
            and {"type", "title", "status", "detail", "instance", "code", "traceId"} <= self.body.keys()
        )

    def __str__(self) -> str:
        return f"{self.status} {self.content[:300]!r}"


@dataclass(slots=True)
class Place:
    """The page, the guest, and what the guest has there; `named` fills paths, by the name there."""

    product: Product
    guest: Guest
    named: Mapping[str, str]
    _kept: Stored = field(default_factory=dict[str, tuple[int, str]])
    _connections: dict[str, asyncpg.Connection] = field(default_factory=dict[str, asyncpg.Connection])
    _tables: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @property
    def owner(self) -> Owner:
        """Whose page it is."""
        return self.guest.owner

    def where(self, call: Call, **instead: str) -> str:
        """The path of a call, as it is written in an address."""
        kind = "wish" if "waiting-list/" in call.path else "booking"
        return call.path.format(**{"manage_token": self.named[kind], **self.named, **instead})

    def valid(self, call: Call, **instead: Any) -> Any:
        """A body that is right in all; None for a call that takes none."""
        return _sample(call, call.body, {**self._samples(), **instead}) if call.body else None

    async def send(
        self, call: Call, path: str, body: Any = None, *, query: Mapping[str, str] | None = None, **headers: str
    ) -> Answer:
        """One request with this JSON, which may be any."""
        key = {"Idempotency-Key": str(uuid4())} if call.needs_key else {}
        content = None if body is None else json.dumps(body).encode()
        return await self.raw(call.method, path, content, query=query, headers={**_JSON, **key, **headers})

    async def raw(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        *,
        headers: Mapping[str, str],
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request of these bytes; the path goes as it is written."""
        url = URL(self.owner.url + path, encoded=True).update_query(query or {})
        async with self.owner.session.request(method, url, data=content, headers=headers) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    async def changed(self) -> list[str]:
        """The tables in which something has changed since the last look; to look once for each test is enough."""
        before, self._kept = self._kept, await self._stored()
        return [name for name, rows in self._kept.items() if rows != before[name]]

    async def close(self) -> None:
        """Close the kept connections."""
        for connection in self._connections.values():
            await connection.close()

    async def _stored(self) -> Stored:
        """How many rows there are of the business, and a digest of them, by the table."""
        found: dict[str, tuple[int, str]] = {}
        for service in map(str, KEEPING):
            if service not in self._connections:
                url = self.product.database_url(service, "admin")
                self._connections[service] = await asyncpg.connect(url)
            found |= await self._rows(self._connections[service], service)
        return found

    async def settled(self) -> None:
        """Wait until everybody knows of everything that was done."""
        last, still = await self._stored(), 0

        async def is_still() -> bool:
            nonlocal last, still
            now = await self._stored()
            last, still = now, still + 1 if now == last else 0
            return still >= _STILL and not await self._unsent()

        await eventually(is_still, seconds=30)
        self._kept = last

    async def _unsent(self) -> list[Any]:
        return (await self.owner.must("GET", "/api/messages", status="waiting"))["items"]

    async def _rows(self, connection: asyncpg.Connection, service: str) -> Stored:
        if service not in self._tables:
            listed = await connection.fetch(_TABLES, list(_KEPT_OF_REFUSALS))
            self._tables[service] = [row["name"] for row in listed]
        each = " UNION ALL ".join(
            f"SELECT '{table}' AS name, count(*) AS rows, md5(string_agg(x::text, ';' ORDER BY x::text)) AS digest "
            f"FROM {table} x WHERE business_id = $1"  # names of ours
            for table in self._tables[service]
        )
        rows = await connection.fetch(each, UUID(self.owner.business["id"]))
        return {f"{service}.{row['name']}": (row["rows"], row["digest"]) for row in rows}

    def _samples(self) -> Mapping[str, Any]:
        return {
            "serviceId": self.guest.service_id,
            "staffId": self.guest.staff_id,
            "start": next_week(18).isoformat(),
            "from": next_week(9).isoformat(),
            "to": next_week(17).isoformat(),
            "name": "Sara",
            "email": f"{uuid4().hex[:10]}@example.com",
            "code": "123456",
        }


async def all_of(sent: list[Sent]) -> list[Answer]:
    """What all of these were answered, a few at a time."""
    several = Semaphore(AT_ONCE)

    async def one(request: Sent) -> Answer:
        async with several:
            return await request

    return await gather(*(one(request) for request in sent))


async def made(session: aiohttp.ClientSession, product: Product) -> Place:
    """A business, and a guest of it with a booking, a hold and a wish."""
    owner = await sign_up(session, product.url)
    guest = await guest_of(owner)
    held = await guest.hold(next_week(20))
    booked = await guest.booked(next_week(19))
    span = {"from": next_week(9).isoformat(), "to": next_week(17).isoformat()}
    await owner.book(guest.service_id, guest.staff_id, next_week(18, 30))
    full = await owner.service([guest.staff_id], name="Alone", capacity=1, minNoticeMinutes=20_000)
    wish = {"serviceId": full, **span, "customer": {"name": "Sara", "email": guest.email}}
    waits = await guest.send("POST", f"{guest.page}/waiting-list", wish, key=str(uuid4()))
    assert (held.status, waits.status) == (201, 201), (held.body, waits.body)
    named = {
        "slug": guest.slug,
        "booking": booked["manageToken"],
        "hold_token": held.body["holdToken"],
        "wish": waits.body["manageToken"],
    }
    place = Place(product, guest, named)
    await place.settled()
    return place


def _sample(call: Call, schema: Any, known: Mapping[str, Any]) -> Any:
    told = call.resolved(schema)
    found: dict[str, Any] = {}
    for name, inner in told.get("properties", {}).items():
        if name in known:
            found[name] = known[name]
        elif name in told.get("required", ()):
            assert call.resolved(inner).get("properties"), f"say in tests/e2e/hostile/place.py what {name} may be"
            found[name] = _sample(call, inner, known)
    return found


def changed(body: Any, way: tuple[str | int, ...], value: Any) -> Any:
    """The same body with something else in one place; what is not on the way there is made."""
    name, *rest = way
    if isinstance(name, int):
        first: Any = body[0] if isinstance(body, list) and body else {}
        return [changed(first, tuple(rest), value) if rest else value]
    outer: Any = body if isinstance(body, dict) else {}
    return {**outer, name: changed(outer.get(name), tuple(rest), value) if rest else value}
