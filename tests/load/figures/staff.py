"""How a month of slots for anybody grows with the number of people who offer the service."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from tests.load.cold import Cold
from tests.load.figure import Comparison, Effort, Figure, Measure, Plan
from tests.load.samples import Target
from tests.load.site import DAYS
from tests.load.stage import Stage

FEW, MANY = 10, 200
_LINEAR = Target(MANY / FEW, at_most=True)


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """Two more services on the large product: one that ten offer, and one that everybody offers."""
    site = await stage.large()
    await site.headers()  # signs in again when it is time
    cold, staff = Cold(site, site.directly("availability"), effort.seconds), site.catalogue.staff
    measures: dict[str, Measure] = {}
    for number in (FEW, MANY):
        offering = list(staff[:number])
        service = await site.owner.service(offering, name=f"Offered by {number}")
        measures[_named(number)] = partial(cold.of_all, service, offering)
    yield Plan(
        measures, [Comparison("time, everybody booked since", _named(MANY), _named(FEW), _LINEAR, of_times=True)]
    )


def _named(number: int) -> str:
    return f"any of {number}"


STAFF = Figure("staff", f"{DAYS} days of slots for any of {MANY} staff members, as a multiple of any of {FEW}", prepare)
