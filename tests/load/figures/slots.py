"""Lists of slots over HTTP: kept answers, and answers that are made after claims have changed."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from plumbing.testing import eventually
from tests.load import cold, wrk
from tests.load.baselines import bare_asgi
from tests.load.cold import Cold
from tests.load.figure import Check, Comparison, Effort, Figure, Measure, Plan
from tests.load.filling import OFFERED_BY
from tests.load.samples import Sample, Target
from tests.load.site import DAYS, Site, counted
from tests.load.stage import Stage

B1 = "B1"
_SEARCHES = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'pk_claims_copy'"
_STATISTICS_SECONDS = 15
"""PostgreSQL's counters lag: an idle connection hands its own in after ten seconds."""


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """The availability process asked directly, and through the gateway."""
    site = await stage.large()
    directly, seconds, before = site.directly("availability"), effort.seconds, await _searches(site)
    asked, asked_there = Cold(site, directly, seconds), Cold(site, site.gateway, seconds)
    async with bare_asgi.served(stage.folder) as limit:

        async def bare() -> Sample:
            return await wrk.load(limit, seconds=seconds, headers=await site.headers())

        async def check() -> Sequence[Check]:
            return [await _computed(site, before, asked.answers + asked_there.answers)]

        measures: dict[str, Measure] = {
            B1: bare,
            "warm": kept(site, site.month(directly), seconds),
            "warm, gateway": kept(site, site.month(site.gateway), seconds),
            "cold, one": asked.one_by_one,
            "cold, any": asked.any_of_many,
            "cold, one, gateway": asked_there.one_by_one,
        }
        yield Plan(measures, _COMPARISONS, checks=check)


def kept(site: Site, url: str, seconds: float) -> Measure:
    """The same question all the time."""

    async def measure() -> Sample:
        return await wrk.load(url, seconds=seconds, headers=await site.headers())

    return measure


async def _computed(site: Site, before: int, answers: int) -> Check:
    """One search in the claims for each cold answer; one in a hundred may have been cut off with its connection."""
    least, most = int(answers * 0.99), answers * 1.5

    async def look() -> int:
        return await _searches(site) - before

    try:
        searches = await eventually(look, until=lambda count: count >= least, seconds=_STATISTICS_SECONDS)
    except AssertionError:
        searches = await look()
    found = f"{answers:,} answers, {searches:,} searches"
    what = "for each cold answer the claims that had changed were read again, and no others"
    return Check(what, found, least <= searches <= most)


async def _searches(site: Site) -> int:
    async with site.database("availability") as connection:
        return await counted(connection, _SEARCHES)


_COMPARISONS = (
    Comparison(f"month, any of {OFFERED_BY}, warm", "warm", B1, Target(0.3)),
    Comparison(f"month, any of {OFFERED_BY}, warm, through the gateway", "warm, gateway", B1),
    Comparison("month, one staff member, cold", "cold, one", B1, Target(0.015)),
    Comparison("month, one staff member, cold, through the gateway", "cold, one, gateway", B1),
    Comparison(f"month, any of {OFFERED_BY}, cold", "cold, any", B1, Target(0.02)),
)

SLOTS = Figure(
    "slots",
    f"{DAYS} days of slots over HTTP, 1,000,000 appointments, {wrk.CONNECTIONS} clients (cold: {cold.CLIENTS})",
    prepare,
)
