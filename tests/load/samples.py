"""What a measurement yields, and the arithmetic of ratios."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement: how much was done in a second, and how long single answers took, where they were timed."""

    per_second: float
    p50: float | None = None
    p99: float | None = None

    @classmethod
    def of_times(cls, seconds: Sequence[float], wall: float) -> Self:
        """So many answers within `wall` seconds, each of which took its own time."""
        return cls(len(seconds) / wall, percentile(seconds, 50), percentile(seconds, 99))


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several values, and the extremes."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Of at least one value."""
        return cls(statistics.median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Target:
    """The bound that a ratio has to keep."""

    bound: float
    at_most: bool = False

    def is_met_by(self, ratio: float) -> bool:
        """Whether the ratio keeps the bound."""
        return ratio <= self.bound if self.at_most else ratio >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.bound:g}"


Rounds = Sequence[Mapping[str, Sample]]
"""What was measured: a sample of each measurement, round by round."""


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of the values that at least `percent` of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def ratios(rounds: Rounds, of: str, to: str, *, of_times: bool = False) -> Spread:
    """How one measurement compares with another, each round by itself: noise of the machine meets both.

    `of_times`: how many times as long it takes, instead of how many times as much is done.
    """
    found = [each[of].per_second / each[to].per_second for each in rounds]
    return Spread.of([1 / ratio for ratio in found] if of_times else found)


def rate(rounds: Rounds, of: str) -> Spread:
    """What a measurement did in a second."""
    return Spread.of([each[of].per_second for each in rounds])


def times(rounds: Rounds, of: str) -> tuple[float, float] | None:
    """The medians of p50 and p99 in seconds; None when single answers were not timed."""
    timed = [(each[of].p50, each[of].p99) for each in rounds]
    halves = [p50 for p50, _ in timed if p50 is not None]
    tails = [p99 for _, p99 in timed if p99 is not None]
    return (statistics.median(halves), statistics.median(tails)) if halves and tails else None
