"""What a figure is made of: measurements that take turns, comparisons drawn from them, and checks."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from tests.load.samples import Sample, Spread, Target
from tests.load.stage import Stage

Measure = Callable[[], Awaitable[Sample]]
"""Does something for a while; how much of it was done."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long everything is measured."""

    rounds: int
    seconds: float
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of the table: a measurement against its limit."""

    what: str
    of: str
    to: str
    target: Target | None = None
    of_times: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A comparison, done."""

    what: str
    to: str
    per_second: float
    limit_per_second: float
    ratio: Spread
    target: Target | None
    times: tuple[float, float] | None = None

    @property
    def falls_short(self) -> bool:
        """Whether the median misses the target."""
        return self.target is not None and not self.target.is_met_by(self.ratio.median)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that has to be so, whatever the machine."""

    what: str
    found: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure's outcome."""

    name: str
    title: str
    lines: Sequence[Line]
    checks: Sequence[Check] = ()
    notes: Sequence[str] = ()

    @property
    def holds(self) -> bool:
        """Whether every target is met and every check holds."""
        return not any(line.falls_short for line in self.lines) and all(check.holds for check in self.checks)


@dataclass(slots=True)
class Plan:
    """Measurements in the order in which they take turns, and what is made of them; checks are asked at the end."""

    measures: Mapping[str, Measure]
    comparisons: Sequence[Comparison]
    checks: Callable[[], Awaitable[Sequence[Check]]] | None = None
    notes: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `prepare` makes what it needs and yields its plan."""

    name: str
    title: str
    prepare: Callable[[Stage, Effort], AbstractAsyncContextManager[Plan]]
