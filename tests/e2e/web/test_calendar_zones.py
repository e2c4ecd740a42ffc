"""Days on which clocks change, in browsers elsewhere: what is dropped is when it was dropped, and is drawn there."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from playwright.async_api import Browser

from plumbing.testing import eventually
from tests.e2e.owner import next_week, sign_up
from tests.e2e.web.days import Day, booked
from tests.e2e.web.screens import Calendar, calendar

BERLIN = ZoneInfo("Europe/Berlin")
BROWSERS = ("America/New_York", "Pacific/Apia", "Europe/Berlin", "Asia/Dubai")
WHOLE_DAY = {"width": 1280, "height": 2000}
HOUR = timedelta(hours=1)


class Drop(NamedTuple):
    """Beside which time it is dropped, which it has then, and by how many hours the clock is ahead of UTC at that."""

    at: str
    begins: str
    ahead: int


FORWARD = (
    Drop("10:00", "10:00", 2),
    Drop("02:15", "03:15", 2),  # there is no such time on that day: it is the one an hour later
    Drop("01:30", "01:30", 1),  # its end is after the change
    Drop("23:00", "23:00", 2),
)
BACK = (
    Drop("10:00", "10:00", 1),
    Drop("02:15", "02:15", 2),  # of two such times the earlier
    Drop("01:30", "01:30", 2),
    Drop("03:00", "03:00", 1),
)


def change_of_clocks(*, forward: bool) -> date:
    """The next date on which there is an hour less, or one more."""
    coming = (next_week().date() + timedelta(days=days) for days in range(366))
    return next(day for day in coming if _length(day) == timedelta(hours=23 if forward else 25))


def _length(day: date) -> timedelta:
    first, next_ = (datetime.combine(each, time(), BERLIN) for each in (day, day + timedelta(days=1)))
    return next_.astimezone(UTC) - first.astimezone(UTC)


@pytest.mark.parametrize("browser_zone", BROWSERS)
async def test_what_is_dropped_on_a_day_of_changing_clocks_is_then_whatever_zone_the_browser_is_in(
    browser: Browser, http: aiohttp.ClientSession, product_url: str, browser_zone: str
):
    owner = await sign_up(http, product_url, timezone=BERLIN.key)
    staff = [await owner.staff("Amira"), await owner.staff("Bilal")]
    service = await owner.service(staff, durationMinutes=60)
    for day, drops in ((change_of_clocks(forward=True), FORWARD), (change_of_clocks(forward=False), BACK)):
        nine = datetime.combine(day, time(9), BERLIN).astimezone(UTC)
        seen = Day(owner, *staff, service, await booked(owner, service, staff[0], nine), nine)
        async with calendar(browser, owner, day, timezone_id=browser_zone, viewport=WHOLE_DAY) as shown:
            for number, drop in enumerate(drops):
                await _is_dropped(shown, seen, drop, staff[(number + 1) % 2])


async def _is_dropped(shown: Calendar, day: Day, drop: Drop, staff: str) -> None:
    """Drag it there, and see that it is stored and drawn as expected."""
    await shown.drag(day.appointment, staff, _minutes(drop.at))
    begins = datetime.combine(day.on, time.fromisoformat(drop.begins), UTC) - drop.ahead * HOUR
    await eventually(day.stored, until=lambda stored: stored == (begins, staff), seconds=20)
    await shown.shows(day.appointment, drop.begins, staff)
    await shown.begins_in(day.appointment, staff, _minutes(drop.begins))


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
