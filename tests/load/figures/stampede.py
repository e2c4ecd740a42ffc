"""Fifty people want one time at once: who gets it, and how soon everybody knows."""

import json
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from math import ceil

from tests.load.baselines.race import Race, racers
from tests.load.figure import Check, Comparison, Effort, Figure, Measure, Plan
from tests.load.filling import CUSTOMERS, customer_email
from tests.load.http_client import Connection, Reply, ask_at_once, connections
from tests.load.samples import Sample, Target, percentile
from tests.load.site import Site
from tests.load.stage import Stage

PEOPLE = 50
SLOTS = 40
"""Times that are fought for, of either kind."""
SAME = [timedelta()] * PEOPLE
STAGGERED = [timedelta(minutes=5 * (number % 6)) for number in range(PEOPLE)]
"""Six starts of half an hour, five minutes apart: any two of them overlap."""
_OVERLAPS = """
SELECT count(*) FROM claims a JOIN claims b
    ON a.bookable_id = b.bookable_id AND a.during && b.during AND (a.owner_id, a.id) <> (b.owner_id, b.id)
WHERE a.business_id = $1 AND a.start_at >= $2
"""


@dataclass(slots=True)
class Crowd:
    """Everybody who wants something, and what they were told."""

    site: Site
    clients: Sequence[Connection]
    race: Race
    slots: int
    fought: "count[int]" = field(default_factory=count)
    raced: "count[int]" = field(default_factory=count)
    told: list[tuple[str, Counter[int]]] = field(default_factory=list[tuple[str, Counter[int]]])

    @property
    def first(self) -> datetime:
        """The first day after all that is stored."""
        return self.site.dataset.opening + timedelta(days=self.site.dataset.days)

    async def book(self, kind: str, offsets: Sequence[timedelta]) -> Sequence[Sample]:
        """Through the gateway, time after time: the slowest of the times, and the single answers."""
        walls, waited = list[float](), list[float]()
        for _ in range(self.slots):
            replies, wall = await ask_at_once(self.clients, await self._requests(offsets))
            self.told.append((kind, _outcome(replies)))
            walls.append(wall)
            waited += [reply.seconds for reply in replies]
        await self.site.settled()
        return _samples(walls, waited)

    async def take(self, offsets: Sequence[timedelta]) -> Sequence[Sample]:
        """In the database alone."""
        walls, waited = list[float](), list[float]()
        for _ in range(self.slots):
            raced = await self.race(next(self.raced), [self.first + offset for offset in offsets])
            walls.append(raced.wall)
            waited += raced.waited
        return _samples(walls, waited)

    async def _requests(self, offsets: Sequence[timedelta]) -> list[bytes]:
        headers, day, staff = await self.site.headers(), *divmod(next(self.fought), self.site.dataset.staff)
        start = self.first + timedelta(days=day, hours=2)
        return [
            self.site.booking(self.site.gateway, staff, start + offset, headers, customer_email(number % CUSTOMERS))
            for number, offset in enumerate(offsets)
        ]


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """Connections of everybody to the gateway, and to PostgreSQL for the race."""
    site, database = await stage.large(), await stage.baseline_database()
    slots = 1 if effort.quick else ceil(SLOTS / effort.rounds)
    before = _deadlocks(site)
    async with connections(site.gateway, PEOPLE) as clients, racers(database, PEOPLE) as race:
        crowd = Crowd(site, clients, race, slots)

        async def checks() -> Sequence[Check]:
            return await _checks(crowd, before)

        yield Plan(_measures(crowd), _COMPARISONS, checks=checks)


def _measures(crowd: Crowd) -> dict[str, Measure]:
    """Each crowd yields two samples; the second is handed out by a measurement that only remembers."""
    measures: dict[str, Measure] = {}
    for kind, offsets in (("same", SAME), ("staggered", STAGGERED)):
        measures |= _two(f"race, {kind}", lambda offsets=offsets: crowd.take(offsets))
        measures |= _two(f"HTTP, {kind}", lambda kind=kind, offsets=offsets: crowd.book(kind, offsets))
    return measures


def _two(name: str, both: Callable[[], Awaitable[Sequence[Sample]]]) -> dict[str, Measure]:
    remembered: list[Sample] = []

    async def walls() -> Sample:
        remembered[:] = await both()
        return remembered[0]

    async def answers() -> Sample:
        return remembered[1]

    return {name: walls, f"{name}, p99": answers}


def _samples(walls: Sequence[float], waited: Sequence[float]) -> Sequence[Sample]:
    middle, tail = percentile(waited, 50), percentile(waited, 99)
    return Sample(1 / max(walls), middle, tail), Sample(1 / tail, middle, tail)


def _outcome(replies: Sequence[Reply]) -> Counter[int]:
    """How often each status; a refusal counts as a 409 only when it says SlotTaken, and by what."""
    return Counter(reply.status if reply.status != 409 or _is_taken(reply) else -409 for reply in replies)


def _is_taken(reply: Reply) -> bool:
    problem = json.loads(reply.body)
    return problem["code"] == "SlotTaken" and bool(problem["conflicts"])


async def _checks(crowd: Crowd, deadlocks_before: int) -> list[Check]:
    async with crowd.site.database("appointments") as connection:
        overlaps = await connection.fetchval(_OVERLAPS, crowd.site.business_id, crowd.first)
    deadlocks = _deadlocks(crowd.site) - deadlocks_before
    wanted = Counter({201: 1, 409: PEOPLE - 1})
    found: list[Check] = []
    for kind in ("same", "staggered"):
        told = [outcome for of, outcome in crowd.told if of == kind]
        right = sum(outcome == wanted for outcome in told)
        what = f"{kind} start: one 201 and {PEOPLE - 1} × 409 SlotTaken that say by what"
        found.append(Check(what, f"{right} of {len(told)} times", right == len(told)))
    answers = sum((outcome for _, outcome in crowd.told), Counter[int]())
    errors = sum(times for status, times in answers.items() if status >= 500)
    return [
        *found,
        Check("no answer is a 5xx", f"{errors} of {answers.total():,}", errors == 0),
        Check("no two claims overlap", f"{overlaps} pairs", overlaps == 0),
        Check("no deadlock in the database's log", f"{deadlocks}", deadlocks == 0),
    ]


def _deadlocks(site: Site) -> int:
    return site.product.postgres.child.log.read_text(errors="replace").count("deadlock detected")


_COMPARISONS = tuple(
    Comparison(
        f"{kind} start, {what}", f"HTTP, {kind}{of}", f"race, {kind}{of}", Target(bound, at_most=True), of_times=True
    )
    for kind in ("same", "staggered")
    for what, of, bound in (("all have their answer", "", 4), ("p99 of one answer", ", p99", 3))
)

STAMPEDE = Figure(
    "stampede", f"{PEOPLE} people, one time, through the gateway, against the same race in PostgreSQL alone", prepare
)
