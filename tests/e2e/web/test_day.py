"""A day at the calendar: guests are answered, appointments repeat and change hands, and keys find everything."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.e2e.owner import Owner, next_week
from tests.e2e.web.axe import violations
from tests.e2e.web.days import HOURS
from tests.e2e.web.screens import Calendar, calendar


@dataclass(frozen=True)
class Studio:
    """A business with one staff member and two services, next week."""

    owner: Owner
    amira: str
    pilates: str
    nine: datetime

    @property
    def on(self) -> date:
        """The day that is looked at."""
        return self.nine.date()

    async def book(self, name: str, start: datetime, **more: Any) -> str:
        """An appointment of a customer with that name."""
        customer = {"name": name, "email": f"{name.lower()}@example.com"}
        key = {"Idempotency-Key": f"{name}{start}"}
        reply = await self.owner.book(self.pilates, self.amira, start, customer=customer, headers=key, **more)
        assert reply.status == 201, reply.body
        return reply.body["id"]

    async def read(self, appointment: str) -> Any:
        """As it is stored now."""
        return await self.owner.must("GET", f"/api/appointments/{appointment}")


@pytest.fixture
async def studio(owner: Owner) -> Studio:
    """Amira gives Pilates, half an hour, and Massage, an hour."""
    amira = await owner.staff("Amira", HOURS)
    pilates = await owner.service([amira])
    await owner.service([amira], name="Massage", durationMinutes=60)
    return Studio(owner, amira, pilates, next_week(9))


def focused(mine: Calendar, appointment: str) -> Locator:
    """An appointment in the grid, as the keys reach it."""
    return mine.page.locator(".rbc-event", has=mine.entry(appointment))


async def test_a_tap_confirms_what_is_pending_a_key_declines_it_and_the_rest_is_printed(
    browser: Browser, studio: Studio
):
    lena = await studio.book("Lena", studio.nine, status="PENDING", notes="Left knee")
    await studio.owner.staff("Bilal", HOURS)
    omar = await studio.book("Omar", studio.nine + timedelta(hours=1), status="PENDING")
    async with calendar(browser, studio.owner, studio.on) as mine:
        await focused(mine, lena).locator(".entry__yes").click()
        await mine.toast("Lena is confirmed")
        await expect(focused(mine, lena).locator(".entry__yes")).to_have_count(0)
        await focused(mine, omar).focus()
        await mine.page.keyboard.press("n")
        asked = mine.page.get_by_role("dialog", name="Decline: Omar · Pilates")
        await expect(asked.get_by_label("Why? The customer is told.")).to_be_focused()
        assert await violations(mine.page) == []
        await mine.page.keyboard.type("Ill")
        await asked.get_by_label("The customer asked for it").check()
        await asked.get_by_role("button", name="Decline").click()
        await expect(asked).to_be_hidden()
        await expect(mine.entry(omar)).to_have_count(0)
        await mine.page.emulate_media(media="print")
        await mine.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        amira, bilal = mine.page.locator(".sheet__page").nth(0), mine.page.locator(".sheet__page").nth(1)
        await expect(amira).to_contain_text("09:00–09:30")
        await expect(amira).to_contain_text("Left knee")
        await expect(bilal).to_contain_text("Nothing is booked.")
        await expect(mine.page.locator(".grid")).to_be_hidden()
        assert mine.tab.complaints == []
    assert (await studio.read(lena))["status"] == "CONFIRMED"
    declined = await studio.read(omar)
    assert (declined["status"], declined["cancellationReason"]) == ("CANCELLED", "Ill")


async def test_a_series_is_booked_around_what_is_taken_and_changed_from_one_on(browser: Browser, studio: Studio):
    await studio.book("Omar", studio.nine + timedelta(days=7))
    async with calendar(browser, studio.owner, studio.on) as mine:
        await mine.page.keyboard.press("c")
        drawer = mine.page.get_by_role("dialog")
        await drawer.get_by_label("Service").select_option("Pilates")
        await drawer.get_by_label("Time", exact=True).fill("09:00")
        await drawer.get_by_label("Repeats").select_option("Every week")
        await drawer.get_by_label("Times").fill("4")
        await drawer.get_by_role("button", name="Book", exact=True).click()
        await expect(drawer.get_by_role("alert")).to_contain_text("One time cannot be had")
        assert await violations(mine.page) == []
        await drawer.get_by_role("button", name="Book the others").click()
        await mine.toast("Booked 3 times")
        await mine.page.locator(f'[data-column="{studio.amira}"] [data-entry]', has_text="Pilates").click()
        await expect(drawer.get_by_text("1 of 3 in a series")).to_be_visible()
        await drawer.get_by_role("button", name="Move to…").click()
        await drawer.get_by_label("This one and those that follow").check()
        await drawer.get_by_label("Service").select_option("Massage")
        await drawer.get_by_label("Time", exact=True).fill("11:00")
        await drawer.get_by_role("button", name="Move", exact=True).click()
        await mine.toast("The series was changed")
        await expect(drawer.get_by_text("11:00–12:00")).to_be_visible()
        await drawer.get_by_role("button", name="Change the customer").click()
        await drawer.get_by_label("Customer").fill("oma")
        await drawer.get_by_role("button", name="Omar").click()
        await drawer.get_by_role("button", name="Save").click()
        await expect(mine.page.get_by_role("dialog", name="Omar · Massage")).to_be_visible()
        await drawer.get_by_role("button", name="Cancel appointment").click()
        await drawer.get_by_label("All that are to come").check()
        await drawer.get_by_role("button", name="Cancel appointment").click()
        await expect(drawer.get_by_text("Cancelled").first).to_be_visible()
        assert await violations(mine.page) == []
        assert mine.tab.complaints == ["Failed to load resource: the server responded with a status of 409 (Conflict)"]


async def test_the_command_menu_finds_what_is_written_and_the_keys_can_be_turned_off(browser: Browser, studio: Studio):
    await studio.book("Omar", studio.nine)
    async with calendar(browser, studio.owner, studio.on) as mine:
        keyboard = mine.page.keyboard
        await keyboard.press("Control+k")
        field = mine.page.get_by_role("combobox", name="A customer, a service, a date, or what to do")
        await expect(field).to_be_focused()
        assert await violations(mine.page) == []
        await keyboard.type("tomorrow")
        await expect(mine.page.get_by_role("option", name="Go to ")).to_have_attribute("aria-selected", "true")
        await keyboard.press("Enter")
        await expect(field).to_have_count(0)
        tomorrow = (next_week(day=-6)).date()
        await mine.page.wait_for_url(f"**day={tomorrow}*")
        await keyboard.press("?")
        sheet = mine.page.get_by_role("dialog", name="Keys")
        assert await violations(mine.page) == []
        await sheet.get_by_label("Keys without Ctrl do something").uncheck()
        await keyboard.press("Escape")
        await expect(sheet).to_have_count(0)
        await keyboard.press("w")
        await keyboard.press("Control+k")
        await keyboard.type("om")
        await expect(mine.page.get_by_role("option", name="Omar omar@example.com")).to_be_visible()
        assert "view=day" in mine.page.url
        await keyboard.press("Enter")
        await expect(mine.page.get_by_role("heading", name="Omar")).to_be_visible()
