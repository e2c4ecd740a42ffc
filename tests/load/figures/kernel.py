"""The slot search alone: a month of one or of many staff members, against the plain interval walk."""

import statistics
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from scheduling.conflicts import OWNER_GRID_RULES, StaffTime
from scheduling.hours import Block, Hours
from scheduling.packed_claims import PackedClaims
from scheduling.service_rules import ServiceRules
from scheduling.slots import find_slots_of_any
from tests.load.baselines.interval_walk import Day, starts_of_month
from tests.load.figure import Comparison, Effort, Figure, Measure, Plan
from tests.load.samples import Sample, Target
from tests.load.stage import Stage

DAYS = 30
FIRST = date(2027, 3, 1)
OPENS, CLOSES, DURATION, STEP = 480, 1_200, 30, 15
SIZES = ((1, 10), (1, 40), (20, 10), (20, 40), (200, 10), (200, 40))
"""Staff members, and appointments of each on every day."""
TARGETS = {(20, 40): Target(8), (200, 10): Target(60), (200, 40): Target(60)}
_NOW = datetime(2027, 1, 1, tzinfo=UTC)
_SERVICE = ServiceRules(duration=timedelta(minutes=DURATION), slot_interval=timedelta(minutes=STEP))
_HOURS = Hours("UTC", tuple(Block(day, OPENS, CLOSES) for day in range(1, 8)))
_MIDNIGHT = int(datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC).timestamp())
_OWNER = UUID(int=1)


class NotEqual(Exception):
    """The two found different slots: then their times say nothing."""


@dataclass(frozen=True, slots=True)
class Month:
    """The same month for both: as days of minutes, and as rows of the claims."""

    days: Sequence[Sequence[Day]]

    @classmethod
    def of(cls, staff: int, busy: int) -> "Month":
        """The same for the same numbers: quarters of an hour for many appointments a day, else halves."""
        length, random = 15 if busy > 20 else 30, Random(42)
        places = range(OPENS, CLOSES, length)
        return cls(
            [
                [[(at, at + length) for at in sorted(random.sample(places, busy))] for _ in range(DAYS)]
                for _ in range(staff)
            ]
        )

    def rows(self) -> list[list[tuple[int, int, UUID]]]:
        """For each staff member the claims in seconds since the epoch, as they come from the database."""
        return [
            [
                (_MIDNIGHT + on * 86_400 + start * 60, _MIDNIGHT + on * 86_400 + end * 60, _OWNER)
                for on, day in enumerate(days)
                for start, end in day
            ]
            for days in self.days
        ]

    def walked(self) -> list[list[int]]:
        """By the interval walk."""
        return starts_of_month(self.days, opens=OPENS, closes=CLOSES, duration=DURATION, step=STEP)


def search(staff: Sequence[StaffTime]) -> list[datetime]:
    """By our slot search."""
    last = FIRST + timedelta(days=DAYS - 1)
    return find_slots_of_any(_SERVICE, staff, first=FIRST, last=last, now=_NOW, rules=OWNER_GRID_RULES)


def people(rows: Sequence[Sequence[tuple[int, int, UUID]]]) -> list[StaffTime]:
    """Staff members with these claims."""
    return [
        StaffTime(staff_id=UUID(int=number), hours=_HOURS, claims=PackedClaims(claims))
        for number, claims in enumerate(rows)
    ]


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """Nothing but this process."""
    measures: dict[str, Measure] = {}
    comparisons: list[Comparison] = []
    for staff, busy in SIZES:
        month, size = Month.of(staff, busy), f"{staff} × {busy}"
        _check_equal(month)
        walk, kept, one_read, read = (f"{what}, {size}" for what in ("B3", "kept", "one from rows", "from rows"))
        measures |= _measures(month, (walk, kept, one_read, read), effort.seconds / 4)
        comparisons += [
            Comparison(f"{size} a day, claims kept", kept, walk, TARGETS.get((staff, busy))),
            Comparison(f"{size} a day, one from rows, the others kept", one_read, walk),
            Comparison(f"{size} a day, all from rows", read, walk),
        ]
    yield Plan(measures, comparisons)


def _measures(month: Month, names: tuple[str, str, str, str], seconds: float) -> dict[str, Measure]:
    rows = month.rows()
    kept = people(rows)
    calls = (
        month.walked,
        lambda: search(kept),
        lambda: search([*people(rows[:1]), *kept[1:]]),
        lambda: search(people(rows)),
    )
    return {name: _repeated(call, seconds) for name, call in zip(names, calls, strict=True)}


def _repeated(call: Callable[[], object], seconds: float) -> Measure:
    """The median of many calls, as a rate."""

    async def measure() -> Sample:
        took: list[float] = []
        end = time.perf_counter() + seconds
        while len(took) < 5 or time.perf_counter() < end:
            start = time.perf_counter()
            call()
            took.append(time.perf_counter() - start)
        return Sample(1 / statistics.median(took))

    return measure


def _check_equal(month: Month) -> None:
    found = [int(start.timestamp()) for start in search(people(month.rows()))]
    walked = [_MIDNIGHT + on * 86_400 + at * 60 for on, starts in enumerate(month.walked()) for at in starts]
    if found != walked:
        raise NotEqual(f"{len(found)} and {len(walked)} slots")


KERNEL = Figure("kernel", f"The slot search alone, {DAYS} days, answers equal to the interval walk's (B3)", prepare)
