"""How much work a full day is for the browser: by its processor time, so that whatever else runs does not count."""

import asyncio
from datetime import timedelta
from itertools import product as pairs
from statistics import median

from playwright.async_api import Browser, CDPSession, expect

from tests.e2e.owner import Owner, next_week
from tests.e2e.web.days import booked
from tests.e2e.web.screens import Calendar, calendar

STAFF, EACH = 20, 10
MOST = 8.0
"""Times an empty day of as many columns."""
A_FRAME = 16.0  # milliseconds


class Work:
    """Processor time of a page's own thread."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    async def done(self) -> float:
        """Milliseconds so far."""
        told = await self._session.send("Performance.getMetrics")
        return 1000 * next(each["value"] for each in told["metrics"] if each["name"] == "TaskDuration")


async def test_a_day_of_200_appointments_is_shown_and_dragged_in_as_fast_as_people_notice(
    browser: Browser, owner: Owner
):
    staff = await asyncio.gather(*(owner.staff(f"Staff {number:02}") for number in range(STAFF)))
    service, full = await owner.service(list(staff)), next_week(8)
    starts = [full + timedelta(hours=hour) for hour in range(EACH)]
    made = await asyncio.gather(*(booked(owner, service, *place) for place in pairs(staff, starts)))
    async with calendar(browser, owner, full.date(), viewport={"width": 3000, "height": 1200}) as shown:
        await expect(shown.page.locator("[data-entry]")).to_have_count(STAFF * EACH)
        session = await shown.page.context.new_cdp_session(shown.page)
        await session.send("Performance.enable", {"timeDomain": "threadTicks"})
        work, empty = Work(session), (full + timedelta(days=1)).date()
        spent: dict[int, list[float]] = {0: [], STAFF * EACH: []}
        for _ in range(5):
            for day, count in ((empty, 0), (full.date(), STAFF * EACH)):
                spent[count].append(await _mounting(shown, work, str(day), count))
        ratio = median(spent[STAFF * EACH]) / median(spent[0])
        assert ratio < MOST, spent
        moves = await _dragging(shown, work, made[0], staff[1])
        assert median(moves) < A_FRAME, moves


async def _mounting(shown: Calendar, work: Work, day: str, count: int) -> float:
    """What it takes to show a day instead of its month."""
    page = shown.page
    await page.locator(".calendar__date").fill(day)
    await page.keyboard.press("Escape")
    await page.locator(".calendar__title").click()
    await page.keyboard.press("m")
    await expect(page.locator(".rbc-month-view")).to_be_visible()
    before = await work.done()
    await page.keyboard.press("d")
    await expect(page.locator(".rbc-time-view [data-entry]")).to_have_count(count)
    await expect(page.locator(".rbc-day-slot")).to_have_count(STAFF)
    return await work.done() - before


async def _dragging(shown: Calendar, work: Work, appointment: str, staff: str) -> list[float]:
    """What each move of the mouse takes."""
    await shown.hold(appointment, staff, 60)
    x, y = await shown.row(staff, 60)
    taken: list[float] = []
    for step in range(30):
        before = await work.done()
        await shown.page.mouse.move(x, y + 6 * step)
        taken.append(await work.done() - before)
    await shown.page.keyboard.press("Escape")
    await shown.page.mouse.up()
    return taken
