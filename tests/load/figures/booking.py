"""Booking over HTTP with every check, against bookings by pgbench that are one statement each."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from uuid import uuid4

from tests.load.baselines import one_statement
from tests.load.figure import Comparison, Effort, Figure, Measure, Plan
from tests.load.filling import CUSTOMERS, customer_email
from tests.load.http_client import ask_all, connections
from tests.load.samples import Sample, Target
from tests.load.site import Site
from tests.load.stage import Stage
from tests.load.wrk import WrongAnswers

CLIENTS = one_statement.CLIENTS
B2 = "B2"
A_SECOND = 300
"""So many bookings are asked for in place of each second: times that are free are not without end."""

_customers = count()


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """A million appointments are stored, on both sides."""
    site, database = await stage.large(), await stage.baseline_database()
    directly, each = site.directly("appointments"), bookings(effort, site)

    async def limit() -> Sample:
        return await one_statement.book(database, seconds=effort.seconds, copies=stage.folder)

    measures: dict[str, Measure] = {
        B2: limit,
        "booking": booking(site, directly, each),
        "booking, key": booking(site, directly, each, keyed=True),
        "booking, gateway": booking(site, site.gateway, each),
    }
    yield Plan(measures, _COMPARISONS)


def bookings(effort: Effort, *sites: Site) -> int:
    """How many bookings each measurement makes, so that there are free times for all rounds."""
    measurements = 3 * (effort.rounds + 1)
    return min(int(effort.seconds * A_SECOND), *(len(site.gaps) // measurements for site in sites))


def booking(site: Site, base: str, number: int, *, keyed: bool = False) -> Measure:
    """So many bookings of times that are free, by eight clients. Afterwards the product comes to rest."""

    async def measure() -> Sample:
        headers = await site.headers()
        requests = [_request(site, base, gap, headers, keyed=keyed) for gap in _taken(site, number)]
        async with connections(base, CLIENTS) as clients:
            replies, wall = await ask_all(clients, requests)
        refused = [reply for reply in replies if reply.status != 201]
        if refused:
            raise WrongAnswers(f"{len(refused)} bookings were refused, one with {refused[0].body[:300]!r}")
        await site.settled()
        return Sample.of_times([reply.seconds for reply in replies], wall)

    return measure


def _taken(site: Site, number: int) -> Sequence[tuple[int, datetime]]:
    """Free times that nobody will be given again."""
    taken, site.gaps = site.gaps[:number], site.gaps[number:]
    return taken


def _request(site: Site, base: str, gap: tuple[int, datetime], headers: Mapping[str, str], *, keyed: bool) -> bytes:
    fields = {**headers, "Idempotency-Key": uuid4().hex} if keyed else headers
    return site.booking(base, *gap, fields, customer_email(next(_customers) % CUSTOMERS))


_COMPARISONS = (
    Comparison("booking with all checks", "booking", B2, Target(0.15)),
    Comparison("… with an Idempotency-Key", "booking, key", B2),
    Comparison("… through the gateway", "booking, gateway", B2),
)

BOOKING = Figure("booking", f"Booking, {CLIENTS} clients, 1,000,000 appointments stored on both sides", prepare)
