"""Many at once on few staff members: nothing overlaps, nothing is lost, nobody sees an error of ours."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import asyncpg
import httpx
import pytest

from contracts.ids import uuid7

from ..make import Sold, Studio, at, iso, path

CLIENTS = 16
STEPS = 40

OVERLAPS = """
SELECT count(*) FROM claims a JOIN claims b
ON a.bookable_id = b.bookable_id AND a.during && b.during AND (a.owner_id, a.id) < (b.owner_id, b.id)
"""


@dataclass
class Storm:
    """What the clients did, and what they were answered."""

    studio: Studio
    services: list[Sold]
    statuses: Counter[int] = field(default_factory=Counter)
    latest: dict[str, Any] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    async def client(self, seed: int) -> None:
        """Forty random calls."""
        random = Random(seed)
        for _ in range(STEPS):
            answer = await self._step(random)
            self.statuses[answer.status_code] += 1
            if answer.status_code in {200, 201}:
                self._remember(answer.json())
            if answer.status_code == 409 and answer.json()["code"] == "SlotTaken":
                assert answer.json()["conflicts"]

    async def _step(self, random: Random) -> httpx.Response:
        start = at(random.randrange(32, 72) / 4)
        if not self.latest or random.random() < 0.4:
            staff = random.choice([None, 0, 1, 2])
            key = str(random.random()) if random.random() < 0.5 else None
            return await self.studio.book(start, staff=staff, service=random.choice(self.services), key=key)
        made = random.choice(list(self.latest.values()))
        match random.randrange(6):
            case 0:
                return await self.studio.change(made, staffId=str(random.choice(self.studio.staff)))
            case 1:
                return await self.studio.set_status(made, random.choice(["CANCELLED", "COMPLETED"]))
            case 2:
                answer = await self.studio.client.delete(path(made))
                if answer.status_code == 204:
                    self.deleted.add(made["id"])
                return answer
            case _:
                other = {"staffId": str(random.choice(self.studio.staff))} if random.random() < 0.3 else {}
                return await self.studio.change(made, start=iso(start), **other)

    def _remember(self, body: Any) -> None:
        known = self.latest.get(body["id"])
        if known is None or known["revision"] < body["revision"]:
            self.latest[body["id"]] = body


@pytest.mark.parametrize("units", [0, 2])
async def test_a_storm_leaves_no_overlap_no_loss_and_no_deadlock(studio: Studio, sql: asyncpg.Connection, units: int):
    needed = [uuid7() for _ in range(units)]
    services = [studio.sells(minutes=45, before=5, after=10, units=needed), studio.sells(minutes=30)]
    storm = Storm(studio, services)
    await asyncio.gather(*(storm.client(seed) for seed in range(CLIENTS)))

    assert {status for status in storm.statuses if status >= 500} == set(), storm.statuses
    assert min(storm.statuses[201], storm.statuses[409], storm.statuses[200], storm.statuses[204]) > 10
    assert await sql.fetchval(OVERLAPS) == 0
    assert await sql.fetchval("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == 0

    stored = await sql.fetch("SELECT id, deleted_at FROM appointments WHERE business_id = $1", studio.id)
    assert {str(row["id"]) for row in stored} == set(storm.latest)
    assert {str(row["id"]) for row in stored if row["deleted_at"]} == storm.deleted
    for made in storm.latest.values():
        if made["id"] not in storm.deleted:
            assert await studio.read(made) == made
    await claims_are_those_of_the_appointments(studio, sql)


async def claims_are_those_of_the_appointments(studio: Studio, sql: asyncpg.Connection) -> None:
    """Every live appointment holds its buffered window on its staff member and units, and nothing else is held."""
    wanted = await sql.fetch(
        """
        SELECT a.id, bookable, a.start_time - make_interval(mins => a.buffer_before_minutes),
            a.end_time + make_interval(mins => a.buffer_after_minutes)
        FROM appointments a, unnest(a.staff_id || a.resource_ids) AS bookable
        WHERE a.business_id = $1 AND a.deleted_at IS NULL AND a.status <> 'CANCELLED'
        """,
        studio.id,
    )
    held = await sql.fetch(
        "SELECT owner_id, bookable_id, lower(during), upper(during) FROM claims WHERE business_id = $1", studio.id
    )
    assert sorted(map(tuple, held)) == sorted(map(tuple, wanted))


@pytest.mark.parametrize("minutes", [0, 5])
async def test_fifty_people_on_one_slot_are_one_booking(
    new_studio: Callable[..., Studio], sql: asyncpg.Connection, minutes: int
):
    """With the same start, and with starts that only overlap."""
    studio = new_studio()
    for slot in range(5):
        starts = [at(slot * 2 + minutes * (i % 6) / 60) for i in range(50)]
        answers = await asyncio.gather(*(studio.book(start, key=str(uuid7())) for start in starts))
        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 49}
        assert all(answer.json()["conflicts"] for answer in answers if answer.status_code == 409)
    assert await sql.fetchval("SELECT count(*) FROM claims WHERE business_id = $1", studio.id) == 5


async def test_a_control_that_only_inserts_deadlocks(sql: asyncpg.Connection, admin_url: str):
    """What `lock` and ON CONFLICT are for: an insert that meets its like under the constraint alone."""
    await sql.execute("CREATE TABLE control (id int, during tstzrange, EXCLUDE USING gist (id WITH =, during WITH &&))")
    pool = await asyncpg.create_pool(admin_url, min_size=8, max_size=8, server_settings={"deadlock_timeout": "50ms"})

    async def insert(first: int, second: int) -> str:
        try:
            async with pool.acquire() as connection, connection.transaction():
                for one in (first, second):
                    await connection.execute("INSERT INTO control VALUES ($1, '[2027-01-01, 2027-01-02)')", one)
        except asyncpg.PostgresError as error:
            return type(error).__name__
        return "ok"

    seen: Counter[str] = Counter()
    for slot in range(5):
        one, two = slot * 2, slot * 2 + 1
        seen += Counter(await asyncio.gather(*(insert(*(one, two) if i % 2 else (two, one)) for i in range(8))))
    await pool.close()
    await sql.execute("DROP TABLE control")
    assert seen["DeadlockDetectedError"] > 0
