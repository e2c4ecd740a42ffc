"""The week on an owner's screen, in a business that has a hundred times as many appointments."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from tests.load import wrk
from tests.load.cold import Cold
from tests.load.figure import Comparison, Effort, Figure, Measure, Plan
from tests.load.figures.slots import kept
from tests.load.samples import Sample, Target
from tests.load.site import Site
from tests.load.stage import Stage

WEEK = 7
_TWICE = Target(2, at_most=True)
_CALENDAR, _SLOTS, _COLD = "appointments of a week", "slots of a week, warm", "slots of a week, cold"


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """Two products side by side, whose weeks look the same."""
    few, many = await stage.first_week(), await stage.busy_year()
    measures: dict[str, Measure] = {}
    for site, name in ((few, "1,000"), (many, "100,000")):
        measures |= {f"{what}, {name}": measure for what, measure in _measures(site, effort.seconds).items()}
    lines = [
        Comparison(what, f"{what}, 100,000", f"{what}, 1,000", _TWICE, of_times=True)
        for what in (_CALENDAR, _SLOTS, _COLD)
    ]
    yield Plan(measures, lines)


def _measures(site: Site, seconds: float) -> dict[str, Measure]:
    availability = site.directly("availability")
    cold, service = Cold(site, availability, seconds, days=WEEK), site.catalogue.services[0]

    async def calendar() -> Sample:
        return await wrk.load(_week(site), seconds=seconds, headers=await site.headers())

    async def searched() -> Sample:
        return await cold.of_all(service, site.catalogue.staff)

    return {
        _CALENDAR: calendar,
        _SLOTS: kept(site, site.month(availability, start=-1, days=WEEK), seconds),
        _COLD: searched,
    }


def _week(site: Site) -> str:
    start = site.dataset.opening + timedelta(days=(site.today - site.dataset.first).days - 1)
    fields = f"rangeStart={start:%Y-%m-%dT%H:%M:%SZ}&rangeEnd={start + timedelta(days=WEEK):%Y-%m-%dT%H:%M:%SZ}"
    return f"{site.directly('appointments')}/api/appointments?{fields}"


CALENDAR = Figure("calendar", "A week, with 100,000 appointments stored, as a multiple of the time with 1,000", prepare)
