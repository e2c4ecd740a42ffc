"""kill -9 of realtime while somebody looks at the calendar in a browser."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import aiohttp
from playwright.async_api import Browser, expect

from plumbing.testing import eventually
from sundial_local.product import Product
from tests.e2e.owner import sign_up
from tests.e2e.web.days import day_of
from tests.e2e.web.screens import Calendar, calendar

POLL = 17_000  # milliseconds of the browser's clock: a poll and a tenth more
LONGEST = 31_000  # no socket is waited for longer
TRY = 5_000  # milliseconds in which a socket that can be had is there


async def test_the_calendar_goes_on_by_asking_while_realtime_is_gone_and_is_live_when_it_is_back(
    browser: Browser, breakable: Product, http: aiohttp.ClientSession
):
    day = await day_of(await sign_up(http, breakable.url))
    realtime = breakable.service("realtime")
    async with calendar(browser, day.owner, day.on, has_own_clock=True) as mine:
        realtime.kill()
        await mine.becomes("polling")
        await expect(mine.page.locator(".calendar__state")).to_contain_text("Looked at every 15 seconds")
        await mine.drag(day.appointment, day.second, 4 * 60)
        await mine.toast("Omar moved to")
        assert await day.stored() == (day.nine + timedelta(hours=2), day.second)
        other = await day.book(day.first, day.nine + timedelta(hours=4))
        await mine.page.clock.fast_forward(POLL)
        await mine.shows(other, "13:00–13:30", day.first)
        await mine.becomes("polling")
        await asyncio.to_thread(realtime.start)
        await eventually(lambda: _comes_back(mine), seconds=90)
        last = await day.book(day.first, day.nine + timedelta(hours=5))
        assert await mine.follows(last, "14:00–14:30", day.first) < 10


async def _comes_back(shown: Calendar) -> bool:
    """Whether the next try has a socket: the process takes its own time, whatever the browser's clock says."""
    await shown.page.clock.fast_forward(LONGEST)
    with suppress(AssertionError):
        await expect(shown.page.locator(".calendar__state")).to_have_attribute("data-state", "live", timeout=TRY)
        return True
    return False
