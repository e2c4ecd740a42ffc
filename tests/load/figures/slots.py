"""Lists of slots over HTTP: kept answers, and answers that are computed from the stored claims each time."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from plumbing.testing import eventually
from tests.load import wrk
from tests.load.baselines import bare_asgi
from tests.load.figure import Check, Comparison, Effort, Figure, Measure, Plan
from tests.load.filling import OFFERED_BY
from tests.load.samples import Sample, Target
from tests.load.site import DAYS, Site, counted
from tests.load.stage import Stage

B1 = "B1"
_SCANS = "SELECT coalesce(idx_scan, 0) + seq_scan FROM pg_stat_user_tables WHERE relname = 'claims_copy'"
_STATISTICS_SECONDS = 15
"""PostgreSQL's counters lag: an idle connection hands its own in after ten seconds."""


class Computed:
    """Counts the answers that had to be computed, and the searches in the stored claims that the database saw."""

    def __init__(self, site: Site, scans: int) -> None:
        self._site = site
        self._scans_before = scans
        self._answers = 0.0

    @classmethod
    async def on(cls, site: Site) -> "Computed":
        """From now on."""
        return cls(site, await _scans(site))

    def counted(self, load: Callable[[], Awaitable[Sample]], seconds: float) -> Measure:
        """The measurement, with its answers counted."""

        async def measure() -> Sample:
            sample = await load()
            self._answers += sample.per_second * max(1, round(seconds))
            return sample

        return measure

    async def check(self) -> Sequence[Check]:
        """No fewer searches than answers; one in a hundred may have been cut off with its connection."""
        wanted = int(self._answers * 0.99)

        async def look() -> int:
            return await _scans(self._site) - self._scans_before

        try:
            searches = await eventually(look, until=lambda count: count >= wanted, seconds=_STATISTICS_SECONDS)
        except AssertionError:
            searches = await look()
        found = f"{self._answers:,.0f} answers, {searches:,} searches"
        return [Check("each cold answer was computed from the stored claims", found, searches >= wanted)]


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """The availability process asked directly, and through the gateway."""
    site = await stage.large()
    directly, computed, seconds = site.directly("availability"), await Computed.on(site), effort.seconds
    async with bare_asgi.served(stage.folder) as limit:

        async def bare() -> Sample:
            return await wrk.load(limit, seconds=seconds, headers=await site.headers())

        measures: dict[str, Measure] = {
            B1: bare,
            "warm": kept(site, site.month(directly), seconds),
            "warm, gateway": kept(site, site.month(site.gateway), seconds),
            "cold, one": computed.counted(new(site, site.months(directly), seconds), seconds),
            "cold, any": computed.counted(new(site, [site.month(directly)], seconds), seconds),
            "cold, one, gateway": computed.counted(new(site, site.months(site.gateway), seconds), seconds),
        }
        yield Plan(measures, _COMPARISONS, checks=computed.check)


def kept(site: Site, url: str, seconds: float) -> Measure:
    """The same question all the time."""

    async def measure() -> Sample:
        return await wrk.load(url, seconds=seconds, headers=await site.headers())

    return measure


def new(site: Site, urls: Sequence[str], seconds: float) -> Measure:
    """Questions that were never asked before."""

    async def measure() -> Sample:
        sample = await wrk.load_new(urls, seconds=seconds, headers=await site.headers())
        await site.idle("availability")
        return sample

    return measure


async def _scans(site: Site) -> int:
    async with site.database("availability") as connection:
        return await counted(connection, _SCANS)


_COMPARISONS = (
    Comparison(f"month, any of {OFFERED_BY}, warm", "warm", B1, Target(0.3)),
    Comparison(f"month, any of {OFFERED_BY}, warm, through the gateway", "warm, gateway", B1),
    Comparison("month, one staff member, cold", "cold, one", B1, Target(0.015)),
    Comparison("month, one staff member, cold, through the gateway", "cold, one, gateway", B1),
    Comparison(f"month, any of {OFFERED_BY}, cold", "cold, any", B1),
)

SLOTS = Figure(
    "slots",
    f"{DAYS} days of slots over HTTP, 1,000,000 appointments, {wrk.CONNECTIONS} clients (cold: {wrk.FEW_CONNECTIONS})",
    prepare,
)
