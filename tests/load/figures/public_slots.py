"""What strangers ask most: slots on booking pages, of one business and of many in turn, and after each booking."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager

from tests.load import pages, wrk
from tests.load.baselines import bare_asgi, static_upstream
from tests.load.cold import Cold
from tests.load.figure import Check, Comparison, Effort, Figure, Measure, Plan
from tests.load.filling import OFFERED_BY
from tests.load.pages import BROWSER, BookingPage
from tests.load.samples import Sample, Target
from tests.load.site import DAYS
from tests.load.stage import Stage

BUSINESSES, PAGES_EACH = 100, 10
_B1, _STATIC, _B1_IN_TURN, _STATIC_IN_TURN = "B1", "static", "B1, in turn", "static, in turn"
_STATIC_PLAIN = "static, plain"


@asynccontextmanager
async def prepare(stage: Stage, effort: Effort) -> AsyncGenerator[Plan]:
    """A page of the large business, and those of many businesses, on the same product."""
    site, seconds = await stage.large(), effort.seconds
    directly, gateway = site.directly("availability"), site.gateway
    page = await pages.of_the_dataset(site)
    many = await pages.of_many(
        site, businesses=3 if effort.quick else BUSINESSES, pages=2 if effort.quick else PAGES_EACH
    )
    [plain] = await pages.answers(site, [page], {})
    [body], bodies = await pages.answers(site, [page], BROWSER), await pages.answers(site, many, BROWSER)
    async with (
        bare_asgi.served(stage.folder) as limit,
        static_upstream.behind_a_gateway(stage, "static-plain", plain) as static_plain,
        static_upstream.behind_a_gateway(stage, "static-one", body, coding="gzip") as static,
        static_upstream.behind_a_gateway(stage, "static-many", bodies[0], coding="gzip") as static_many,
    ):
        measures: dict[str, Measure] = {
            _B1: _one(limit, seconds, BROWSER),
            "warm": _one(page.month(directly), seconds, BROWSER),
            "warm, plain": _one(page.month(directly), seconds, {}),
            _STATIC: _one(page.month(static), seconds, BROWSER),
            "warm, gateway": _one(page.month(gateway), seconds, BROWSER),
            _STATIC_PLAIN: _one(page.month(static_plain), seconds, {}),
            "warm, plain, gateway": _one(page.month(gateway), seconds, {}),
            _B1_IN_TURN: _in_turn(stage, many, limit.rstrip("/"), seconds),
            "in turn": _in_turn(stage, many, directly, seconds),
            _STATIC_IN_TURN: _in_turn(stage, many, static_many, seconds),
            "in turn, gateway": _in_turn(stage, many, gateway, seconds),
            "cold": Cold(site, directly, seconds, month=page.month).any_of_many,
        }

        async def check() -> Sequence[Check]:
            return [_sizes(plain, body, bodies)]

        yield Plan(measures, _COMPARISONS, checks=check)


def _one(url: str, seconds: float, headers: Mapping[str, str]) -> Measure:
    """The same question all the time, by nobody who is signed in."""

    async def measure() -> Sample:
        return await wrk.load(url, seconds=seconds, headers=headers)

    return measure


def _in_turn(stage: Stage, many: Sequence[BookingPage], base: str, seconds: float) -> Measure:
    urls = [page.month(base) for page in many]

    async def measure() -> Sample:
        return await wrk.load_in_turn(urls, seconds=seconds, headers=BROWSER, script=stage.folder / "in-turn.lua")

    return measure


def _sizes(plain: bytes, body: bytes, bodies: Sequence[bytes]) -> Check:
    """The static upstream sends one answer for all of them."""
    least, most = min(map(len, bodies)), max(map(len, bodies))
    found = f"{len(body):,} bytes, {len(plain):,} plain; {len(bodies):,} answers of {least:,} to {most:,} bytes"
    return Check("the pages that are asked about in turn have answers of one size", found, most <= least * 1.05)


_MANY = f"{BUSINESSES * PAGES_EACH:,} pages of {BUSINESSES} businesses in turn, warm"
_COMPARISONS = (
    Comparison(f"month, any of {OFFERED_BY}, warm", "warm", _B1, Target(0.3)),
    Comparison(f"month, any of {OFFERED_BY}, warm, plain JSON", "warm, plain", _B1, Target(0.3)),
    Comparison(f"month, any of {OFFERED_BY}, warm, through the gateway", "warm, gateway", _STATIC, Target(0.8)),
    Comparison(
        f"month, any of {OFFERED_BY}, warm, plain JSON, through the gateway",
        "warm, plain, gateway",
        _STATIC_PLAIN,
        Target(0.8),
    ),
    Comparison(_MANY, "in turn", _B1_IN_TURN, Target(0.3)),
    Comparison(f"{_MANY}, through the gateway", "in turn, gateway", _STATIC_IN_TURN, Target(0.8)),
    Comparison(f"month, any of {OFFERED_BY}, cold", "cold", _B1, Target(0.005)),
)

PUBLIC_SLOTS = Figure(
    "public-slots",
    f"{DAYS} days of slots on booking pages, 1,000,000 appointments, {wrk.CONNECTIONS} clients (cold: 8)",
    prepare,
)
