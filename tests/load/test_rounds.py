"""Taking turns."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.load.figure import Check, Comparison, Effort, Figure, Measure, Plan
from tests.load.rounds import take
from tests.load.samples import Sample, Target
from tests.load.stage import Stage


def figure(order: list[str], *, holds: bool = True) -> Figure:
    def measure(name: str, per_second: float) -> Measure:
        async def run() -> Sample:
            order.append(name)
            return Sample(per_second)

        return run

    async def checks() -> list[Check]:
        return [Check("it is so", "yes", holds)]

    @asynccontextmanager
    async def prepare(_: Stage, __: Effort) -> AsyncGenerator[Plan]:
        measures = {"limit": measure("limit", 10), "ours": measure("ours", 5)}
        yield Plan(measures, [Comparison("what", "ours", "limit", Target(0.5))], checks)

    return Figure("name", "Title", prepare)


async def taken(order: list[str], tmp_path: Path, *, holds: bool = True):
    stage = Stage(tmp_path, quick=True, say=lambda _: None)
    return await take(figure(order, holds=holds), stage, Effort(2, 1), lambda _: None)


async def test_measurements_take_turns_and_the_first_round_is_not_counted(tmp_path: Path):
    order: list[str] = []
    measured = await taken(order, tmp_path)
    assert order == ["limit", "ours"] * 3
    assert [line.ratio.median for line in measured.lines] == [0.5]
    assert measured.holds


async def test_a_broken_check_is_not_made_good_by_targets_that_are_met(tmp_path: Path):
    assert not (await taken([], tmp_path, holds=False)).holds
