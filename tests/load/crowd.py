"""Screens that show the same, and the process that tells them."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import psutil

from tests.load.live_process import spent
from tests.load.samples import Sample, percentile
from tests.load.screens import Screens

Trigger = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Crowd:
    """A group of screens; `trigger` has all of them told something."""

    screens: Screens
    group: str
    teller: psutil.Process
    trigger: Trigger
    last: list[Sample] = field(default_factory=list[Sample])
    """Of the last measurement: the time, and the time of the processor."""

    async def tell(self, seconds: float) -> Sample:
        """One thing after the other, each when everybody has been told of the one before."""
        before, times = spent(self.teller), await self.times(seconds)
        processor = max(spent(self.teller) - before, 0.01) / len(times)
        self.last = [sample_of(times), Sample(1 / processor)]
        return self.last[0]

    async def processor(self) -> Sample:
        """How many could have been told in a second of the processor, in the last measurement."""
        return self.last[1]

    async def times(self, seconds: float) -> list[float]:
        """How long each took."""
        times, end = list[float](), time.monotonic() + seconds
        while time.monotonic() < end:
            times.append(await self.told_by(self.trigger))
        return times

    async def told_by(self, trigger: Trigger) -> float:
        """How long it takes until everybody has been told what `trigger` tells."""
        await self.screens.expect(self.group)
        begin = time.monotonic()
        await trigger()
        return await self.screens.told(self.group) - begin


def sample_of(times: Sequence[float]) -> Sample:
    """By the median: what disturbs one of them is no news of the others."""
    middle = percentile(times, 50)
    return Sample(1 / middle, middle, percentile(times, 99))
