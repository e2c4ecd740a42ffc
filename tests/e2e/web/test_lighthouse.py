"""What Lighthouse (https://github.com/GoogleChrome/lighthouse) says of the product: `make lighthouse` prints it."""

import asyncio
import json
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from playwright.async_api import BrowserContext

from sundial_local.layout import checkout, web_files
from tests.e2e.owner import Owner
from tests.e2e.web.days import Day
from tests.e2e.web.screens import come_in
from tests.e2e.web.test_wizard import studio
from tests.servers import run
from tests.servers.browser import Tab, shared

pytestmark = pytest.mark.alone

TOOL = web_files().parent / "tools" / "lighthouse"
NPM = checkout() / "deploy" / "local" / "npm.sh"
QUICK = 98
FEWEST, MOST = 2, 5
"""Runs whose median counts (https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md): the line and the
phone are simulated, but every millisecond that the machine takes for something else counts four times. So the browser
comes before all else that runs (`shared`), and runs that do not agree are followed by others."""
SIGNED_IN = ("--only-categories=accessibility", "--preset=desktop", "--disable-storage-reset")
PERFECT = {"accessibility": (100, []), "best-practices": (100, [])}
BUDGET = {"largest-contentful-paint": 2200, "total-blocking-time": 150, "cumulative-layout-shift": 0.02}
"""Milliseconds, but for the last."""


@dataclass(frozen=True)
class Report:
    """What was found of one page."""

    of: Any

    def score(self, category: str) -> int:
        """From 0 to 100."""
        return round(100 * self.of["categories"][category]["score"])

    def metrics(self) -> str:
        """What the score of the performance is made of."""
        audits = self.of["audits"]
        return ", ".join(f"{name} {audits[name]['displayValue']}" for name in BUDGET)

    def found(self, category: str) -> list[str]:
        """What could be better."""
        counted = [each["id"] for each in self.of["categories"][category]["auditRefs"] if each["weight"]]
        audits = [self.of["audits"][name] for name in counted]
        return [f"{each['id']}: {each['title']}" for each in audits if each["score"] not in (None, 1)]


@dataclass(frozen=True)
class Lighthouse:
    """Lighthouse, beside a browser in which somebody may be signed in."""

    context: BrowserContext
    port: int

    async def looks_at(self, address: str, *how: str) -> Report:
        """Load the page in a new tab, and say what is found."""
        command = (
            "sh",
            NPM,
            "--prefix",
            TOOL,
            "run",
            "--silent",
            "measure",
            "--",
            address,
            f"--port={self.port}",
            *how,
        )
        running = await asyncio.create_subprocess_exec(*command, cwd=checkout(), stdout=PIPE, stderr=PIPE)
        written, said = await running.communicate()
        assert running.returncode == 0, said.decode()
        return Report(json.loads(written))


@pytest.fixture
async def lighthouse(tmp_path: Path) -> AsyncGenerator[Lighthouse]:
    """With a new profile."""
    assert (TOOL / "node_modules").exists(), "Lighthouse is not installed: `make lighthouse`"
    async with shared(run.current(), tmp_path) as (context, port):
        yield Lighthouse(context, port)


async def test_the_wizard_is_quick_on_a_phone_and_keeps_nobody_out(owner: Owner, lighthouse: Lighthouse):
    guest = await studio(owner, description="Pilates and massage by the sea, for two or for you alone.")
    address = f"{owner.url}/booking/{guest.slug}"
    runs = [await lighthouse.looks_at(address, f"--only-categories=performance,{','.join(PERFECT)}")]
    assert {name: (runs[0].score(name), runs[0].found(name)) for name in PERFECT} == PERFECT
    while len(runs) < FEWEST or (speed(runs) < QUICK and len(runs) < MOST):
        runs.append(await lighthouse.looks_at(address, "--only-categories=performance"))
    print(*(f"\n{run.score('performance')}: {run.metrics()}" for run in runs))
    assert speed(runs) >= QUICK, runs[-1].found("performance")
    best = {name: min(run.of["audits"][name]["numericValue"] for run in runs) for name in BUDGET}
    assert {name: value for name, value in best.items() if value > BUDGET[name]} == {}


async def test_the_owners_application_keeps_nobody_out(day: Day, lighthouse: Lighthouse):
    await come_in(Tab(lighthouse.context.pages[0]), day.owner)
    for screen in ("home", f"calendar?view=day&day={day.on}"):
        seen = await lighthouse.looks_at(f"{day.owner.url}/{screen}", *SIGNED_IN)
        assert screen in seen.of["finalDisplayedUrl"]
        assert (seen.score("accessibility"), seen.found("accessibility")) == (100, [])


def speed(runs: Sequence[Report]) -> float:
    """The score of the performance, over all runs."""
    return median(run.score("performance") for run in runs)
