"""Many calendars with a few screens each, for a minute in which something happens everywhere all the time."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbing.testing import eventually
from tests.e2e.owner import next_week
from tests.load import web_socket
from tests.load.figure import Check, Effort, Figure, Plan
from tests.load.followers_process import digest
from tests.load.live_process import LiveProcess
from tests.load.samples import percentile
from tests.load.site import Site
from tests.load.stage import Stage
from tests.load.traffic import Open, Traffic, new_businesses

_DAYS = 28
_FLAT = 1.05
"""So many times as much memory as before is not more."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    businesses: int
    screens: int
    changes: int
    seconds: float

    @property
    def clients(self) -> int:
        """All screens."""
        return self.businesses * self.screens


FULL, QUICK = Size(200, 10, 100, 60), Size(4, 5, 20, 3)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was seen."""

    a_second: float
    before: int
    after: int
    late: Sequence[float]
    same: int
    reads: int


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """The businesses; everything happens when the checks are asked for."""
    site, size = await stage.small(), QUICK if effort.quick else FULL
    businesses, live = await new_businesses(site, size.businesses), LiveProcess.of(site)

    async def checks() -> Sequence[Check]:
        async with _followers(site, businesses, size) as ask:
            others = await live.counted("live_sockets")
            first = businesses[0]
            stalled = web_socket.opened(live.calendar(first.owner.business["id"]), await first.token())
            outcome = await _minute(site, live, businesses, size, ask)
            closed = await _closed(live, others, seconds=90 - size.seconds)
            stalled.close()
        return [*_checks(outcome, size), closed]

    yield Plan({}, (), checks=checks)


async def _minute(site: Site, live: LiveProcess, businesses: Sequence[Open], size: Size, ask: Any) -> Outcome:
    before = live.process.memory_info().rss
    a_second = await Traffic(site.directly("appointments"), businesses).go(size.changes, size.seconds)
    after = live.process.memory_info().rss
    fresh = {each.owner.business["id"]: digest(await _range(each)) for each in businesses}
    told = await ask({})
    same = sum(state == fresh[business] for business, states in told["states"].items() for state in states)
    return Outcome(a_second, before, after, told["late"], same, told["reads"])


def _checks(outcome: Outcome, size: Size) -> list[Check]:
    p50, p95 = percentile(outcome.late, 50), percentile(outcome.late, 95)
    growth = f"{outcome.before / 2**20:.1f} MiB before, {outcome.after / 2**20:.1f} MiB after"
    changes = int(size.changes * size.seconds)
    return [
        Check(
            f"{size.changes} changes a second for {size.seconds:g} s, each told to the screens of its business",
            f"{outcome.a_second:.1f} a second, {len(outcome.late):,} of {changes:,} told",
            holds=len(outcome.late) == changes and outcome.a_second > 0.95 * size.changes,
        ),
        Check(
            f"each of {size.clients:,} clients shows what is read anew, having read once",
            f"{outcome.same:,} do; the most reads of one: {outcome.reads}",
            holds=outcome.same == size.clients and outcome.reads == 1,
        ),
        Check(
            "95 of 100 changes are on the last screen within a second of the moment that they are dated with",
            f"p50 {p50 * 1e3:.0f} ms, p95 {p95 * 1e3:.0f} ms, max {outcome.late[-1] * 1e3:.0f} ms",
            holds=p95 < 1,
        ),
        Check("the process needs no more memory", growth, holds=outcome.after <= outcome.before * _FLAT),
    ]


async def _closed(live: LiveProcess, others: int, *, seconds: float) -> Check:
    """It answers no ping either, and 45 s later is gone."""
    left = await eventually(lambda: live.counted("live_sockets"), until=lambda now: now <= others, seconds=seconds)
    what = "a client that reads nothing, not even pings, loses its connection, and nobody else does"
    return Check(what, f"{left:,} of {others:,} others are left", holds=left == others)


async def _range(business: Open) -> Any:
    await business.token()
    start, end = _between()
    query = {"rangeStart": start.isoformat(), "rangeEnd": end.isoformat()}
    return (await business.owner.must("GET", "/api/appointments", **query))["items"]


def _between() -> tuple[datetime, datetime]:
    return next_week(0), next_week(0, day=_DAYS)


@asynccontextmanager
async def _followers(site: Site, businesses: Sequence[Open], size: Size) -> AsyncGenerator[Any]:
    """The process with all clients, live; `ask` sends it a line and has its answer."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.load.followers_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
    )
    assert process.stdin
    assert process.stdout

    async def ask(what: Any) -> Any:
        process.stdin.write(json.dumps(what).encode() + b"\n")
        async with asyncio.timeout(180):
            return json.loads(await process.stdout.readline())

    try:
        await ask(
            {
                "url": site.gateway,
                "each": size.screens,
                "between": [each.isoformat() for each in _between()],
                "businesses": {each.owner.business["id"]: await each.token() for each in businesses},
            }
        )
        yield ask
    finally:
        process.stdin.close()
        await process.wait()


MANY_CALENDARS = Figure(
    "many-calendars",
    f"{FULL.clients:,} screens of {FULL.businesses} businesses on one process, {FULL.changes} changes a second",
    prepare,
)
