"""The race for one time in PostgreSQL alone: many connections, one INSERT … ON CONFLICT DO NOTHING each."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement

from tests.load.loopback import ours

_TABLE = """
CREATE TABLE IF NOT EXISTS race (
    staff_id integer NOT NULL,
    busy tstzrange NOT NULL,
    CONSTRAINT ex_race EXCLUDE USING gist (staff_id WITH =, busy WITH &&)
)
"""
_TAKE = "INSERT INTO race VALUES ($1, tstzrange($2, $3)) ON CONFLICT DO NOTHING"
_LENGTH = timedelta(minutes=30)

Race = Callable[[int, Sequence[datetime]], Awaitable["Raced"]]


class Raced:
    """How a race went: who won, how long each waited for an answer, and how long it all took."""

    def __init__(self, won: Sequence[bool], waited: Sequence[float], wall: float) -> None:
        self.won = won
        self.waited = waited
        self.wall = wall


@asynccontextmanager
async def racers(database_url: str, people: int) -> AsyncGenerator[Race]:
    """`race(staff, starts)`: everybody takes their start, half an hour each, at once. Every staff member races once."""
    first = await asyncpg.connect(ours(database_url))
    connections = [first, *[await asyncpg.connect(database_url) for _ in range(people - 1)]]
    await first.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    await first.execute(_TABLE)
    taken = [await each.prepare(_TAKE) for each in connections]

    async def race(staff: int, starts: Sequence[datetime]) -> Raced:
        begin = time.perf_counter()
        answers = await asyncio.gather(*(_take(each, staff, at) for each, at in zip(taken, starts, strict=True)))
        won, waited = zip(*answers, strict=True)
        return Raced(won, waited, time.perf_counter() - begin)

    try:
        yield race
        await first.execute("DROP TABLE race")
    finally:
        for each in connections:
            await each.close()


async def _take(statement: PreparedStatement, staff: int, start: datetime) -> tuple[bool, float]:
    begin = time.perf_counter()
    await statement.fetch(staff, start, start + _LENGTH)
    return statement.get_statusmsg() == "INSERT 0 1", time.perf_counter() - begin
