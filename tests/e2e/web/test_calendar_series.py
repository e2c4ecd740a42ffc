"""Moving one appointment of a series by hand: it is asked which ones are meant, and all of those can be put back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Browser, Locator, expect

from plumbing.testing import eventually
from tests.e2e.web.axe import violations
from tests.e2e.web.days import Day
from tests.e2e.web.screens import Calendar, calendar

Times = list[tuple[datetime, str]]
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Weekly:
    """Four appointments with the first person of a day, at eleven, from that day on."""

    day: Day
    id: str
    appointments: list[str]

    @property
    def eleven(self) -> datetime:
        """When the first begins."""
        return self.day.nine + timedelta(hours=2)

    def at(self, start: datetime, staff: str) -> Times:
        """All four, every week from then on."""
        return [(start + timedelta(weeks=week), staff) for week in range(4)]

    async def stored(self) -> Times:
        """When each of them is, and with whom."""
        items = (await self.day.owner.must("GET", f"/api/series/{self.id}"))["items"]
        return [(datetime.fromisoformat(item["start"]), item["staffId"]) for item in items]


@pytest.fixture
async def weekly(day: Day) -> Weekly:
    """A series beside the one appointment of the day."""
    eleven = (day.nine + timedelta(hours=2)).isoformat()
    body = {"serviceId": day.service, "staffId": day.first, "start": eleven, "rrule": "FREQ=WEEKLY;COUNT=4"}
    made = await day.owner.must("POST", "/api/series", body)
    return Weekly(day, made["id"], [item["id"] for item in made["items"]])


def asked(shown: Calendar) -> Locator:
    """The question which ones are meant."""
    return shown.page.get_by_role("dialog", name="Pilates")


async def test_what_is_dropped_of_a_series_moves_alone_or_with_those_that_follow_and_so_is_put_back(
    browser: Browser, weekly: Weekly
):
    day, [first, second, *_] = weekly.day, weekly.appointments
    async with calendar(browser, day.owner, day.on) as mine:
        await mine.drag(first, day.second, 6 * 60)
        await expect(asked(mine).get_by_label("Only this one")).to_be_focused()
        assert await violations(mine.page) == []
        await mine.shows(first, "13:00–13:30", day.second)
        await mine.page.keyboard.press("Escape")
        await mine.shows(first, "11:00–11:30", day.first)
        assert await weekly.stored() == weekly.at(weekly.eleven, day.first)

        await mine.drag(first, day.second, 6 * 60)
        await asked(mine).get_by_label("This one and those that follow").check()
        await asked(mine).get_by_role("button", name="Move", exact=True).click()
        await mine.toast("The series was changed")
        one = weekly.eleven + timedelta(hours=2)
        assert await weekly.stored() == weekly.at(one, day.second)
        await mine.page.locator(".calendar__date").fill(str(day.on + timedelta(weeks=1)))
        await mine.shows(second, "13:00–13:30", day.second)

        await mine.drag(second, day.second, 7 * 60)
        await asked(mine).get_by_role("button", name="Move", exact=True).click()
        alone = await mine.toast("Pilates moved to")
        await alone.get_by_role("button", name="Undo").click()
        await mine.shows(second, "13:00–13:30", day.second)
        await eventually(weekly.stored, until=lambda found: found == weekly.at(one, day.second))
        await mine.page.keyboard.press("Control+z")
        await mine.toast("4 appointments were put back")
        assert await weekly.stored() == weekly.at(weekly.eleven, day.first)
        assert mine.tab.complaints == []


async def test_by_keys_too_and_whoever_differs_from_the_others_is_put_back_to_where_that_was(
    browser: Browser, weekly: Weekly
):
    day, [first, *_, last] = weekly.day, weekly.appointments
    await day.book(day.first, weekly.eleven + timedelta(weeks=1) + HALF_AN_HOUR)
    later = {"start": (weekly.eleven + timedelta(weeks=3, hours=2)).isoformat(), "staffId": day.second}
    await day.owner.must("PUT", f"/api/appointments/{last}", later)
    before = await weekly.stored()
    async with calendar(browser, day.owner, day.on) as mine:
        await mine.focus(first)
        for key in ("m", "ArrowDown", "ArrowDown", "Enter"):
            await mine.page.keyboard.press(key)
        await expect(asked(mine).get_by_label("Only this one")).to_be_focused()
        for key in ("ArrowDown", "ArrowDown", "Enter"):
            await mine.page.keyboard.press(key)
        await expect(asked(mine).get_by_role("alert")).to_contain_text("One time cannot be had")
        await asked(mine).get_by_role("button", name="Move the others").press("Enter")
        said = await mine.toast("The series was changed")
        await expect(said).to_contain_text("One stayed where it was")
        await expect(mine.page.locator(".rbc-event:focus")).to_contain_text("11:30–12:00")
        moves = (HALF_AN_HOUR, timedelta(), HALF_AN_HOUR, HALF_AN_HOUR)
        assert await weekly.stored() == [(start + by, staff) for (start, staff), by in zip(before, moves, strict=True)]
        await mine.page.keyboard.press("Control+z")
        await mine.toast("3 appointments were put back")
        assert await weekly.stored() == before
        await mine.shows(first, "11:00–11:30", day.first)
