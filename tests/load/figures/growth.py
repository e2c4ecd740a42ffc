"""How much slower it gets with a hundred times as many appointments."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from tests.load.cold import Cold
from tests.load.figure import Comparison, Effort, Figure, Measure, Plan
from tests.load.figures.booking import booking, bookings
from tests.load.figures.slots import kept
from tests.load.filling import OFFERED_BY
from tests.load.samples import Target
from tests.load.site import Site
from tests.load.stage import Stage

SLOWER = Target(1.15, at_most=True)
_WARM, _COLD, _COLD_ANY, _BOOKING = (
    f"month, any of {OFFERED_BY}, warm",
    "month, one staff member, cold",
    f"month, any of {OFFERED_BY}, cold",
    "booking with all checks",
)


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """Two products side by side: with as many appointments a day, of more people and on more days."""
    small, large = await stage.small(), await stage.large()
    each = bookings(effort, small, large)
    few, many = _measures(small, effort.seconds, each), _measures(large, effort.seconds, each)
    measures: dict[str, Measure] = {}
    for what in few:
        measures |= {f"{what}, 10,000": few[what], f"{what}, 1,000,000": many[what]}
    lines = [Comparison(what, f"{what}, 1,000,000", f"{what}, 10,000", SLOWER, of_times=True) for what in few]
    yield Plan(measures, lines)


def _measures(site: Site, seconds: float, each: int) -> dict[str, Measure]:
    availability, appointments = site.directly("availability"), site.directly("appointments")
    cold = Cold(site, availability, seconds)
    return {
        _WARM: kept(site, site.month(availability), seconds),
        _COLD: cold.one_by_one,
        _COLD_ANY: cold.any_of_many,
        _BOOKING: booking(site, appointments, each),
    }


GROWTH = Figure("growth", "Time with 1,000,000 appointments stored, as a multiple of the time with 10,000", prepare)
