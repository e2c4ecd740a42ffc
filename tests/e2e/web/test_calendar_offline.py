"""The calendar without a network: it says so, goes on, and nothing is lost."""

from datetime import timedelta

from playwright.async_api import Browser, expect

from tests.e2e.web.days import Day
from tests.e2e.web.screens import calendar


async def test_offline_is_said_and_what_was_moved_meanwhile_is_there_for_all_when_it_is_over(
    browser: Browser, day: Day
):
    async with calendar(browser, day.owner, day.on) as mine:
        await mine.page.context.set_offline(True)
        await mine.becomes("offline")
        await expect(mine.page.locator(".calendar__state")).to_contain_text("No connection")
        await mine.drag(day.appointment, day.second, 4 * 60)
        await mine.toast("No connection. The move of Omar is sent when it is back")
        date = mine.page.locator(".calendar__date")
        await date.fill(str(day.on + timedelta(days=7)))
        await expect(mine.page.get_by_text("Sundial cannot be reached")).to_be_visible()
        await date.fill(str(day.on))
        await mine.shows(day.appointment, "11:00–11:30", day.second)
        other = await day.book(day.first, day.nine + timedelta(hours=4))
        await mine.page.context.set_offline(False)
        await mine.becomes("live")
        await mine.shows(other, "13:00–13:30", day.first)
        await mine.toast("Omar moved to")
        assert await day.stored() == (day.nine + timedelta(hours=2), day.second)
        await mine.shows(day.appointment, "11:00–11:30", day.second)


async def test_what_was_moved_offline_and_by_somebody_else_meanwhile_is_as_they_left_it_and_said(
    browser: Browser, day: Day
):
    async with calendar(browser, day.owner, day.on) as mine:
        await mine.page.context.set_offline(True)
        await mine.drag(day.appointment, day.second, 4 * 60)
        await mine.toast("No connection")
        theirs = {"start": (day.nine + timedelta(hours=5)).isoformat()}
        await day.owner.must("PUT", f"/api/appointments/{day.appointment}", theirs)
        await mine.page.context.set_offline(False)
        await mine.toast("Somebody else changed this meanwhile")
        await mine.shows(day.appointment, "14:00–14:30", day.first)
