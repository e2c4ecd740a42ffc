"""The command menu (Ctrl K) finds whom and what there is by name, and says when it looks, finds nothing, or cannot."""

from datetime import timedelta
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.web.axe import violations
from tests.e2e.web.days import Day
from tests.e2e.web.screens import calendar

STILL: dict[str, Any] = {"reduced_motion": "reduce"}


class Menu:
    """The menu of a page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.options = page.get_by_role("listbox", name="Search and commands").get_by_role("option")
        self.outcome = page.locator(".commands__outcome")

    async def open(self, written: str) -> None:
        """Open it, and write something; once nothing else is open."""
        await expect(self._page.get_by_role("dialog")).to_have_count(0)
        await self._page.keyboard.press("Control+k")
        await self.write(written)

    async def write(self, written: str) -> None:
        """Something else."""
        await self._page.get_by_role("dialog").get_by_role("combobox").fill(written)

    def option(self, text: str) -> Locator:
        """What can be chosen."""
        return self.options.filter(has_text=text).first

    async def choose(self, text: str) -> None:
        """By the arrow keys, until it is that."""
        await expect(self.option(text)).to_be_visible()
        for _ in range(await self.options.count()):
            if await self.option(text).get_attribute("aria-selected") == "true":
                break
            await self._page.keyboard.press("ArrowDown")
        await self._page.keyboard.press("Enter")


async def test_customers_their_appointments_and_services_are_found_by_name_and_a_new_appointment_is_begun(
    browser: Browser, day: Day
):
    omar = (await day.owner.must("GET", f"/api/appointments/{day.appointment}"))["customer"]["id"]
    await day.owner.book(day.service, day.second, day.nine + timedelta(days=1), customerId=omar)
    async with calendar(browser, day.owner, day.on + timedelta(weeks=1), **STILL) as mine:
        menu = Menu(mine.page)
        await menu.open("oma")
        await expect(menu.options).to_have_count(3)
        await expect(menu.options).to_contain_text(["Omar", "Omar · Pilates", "Omar · Pilates"])
        assert await violations(mine.page) == []
        await mine.page.keyboard.press("ArrowDown")
        await mine.page.keyboard.press("Enter")
        drawer = mine.page.get_by_role("dialog", name="Omar · Pilates")
        await expect(drawer).to_contain_text("Amira")
        assert f"day={day.on}" in mine.page.url
        await mine.page.keyboard.press("Escape")

        await menu.open("new app")
        await menu.choose("New appointment")
        await expect(mine.page.get_by_role("dialog", name="New appointment")).to_be_visible()
        await mine.page.keyboard.press("Escape")

        await menu.open("pil")
        await menu.choose("Pilates")
        await expect(mine.page.get_by_role("heading", level=1, name="Pilates")).to_be_visible()
        await menu.open("oma")
        await menu.choose("Omar")
        await expect(mine.page.get_by_role("heading", level=1, name="Omar")).to_be_visible()
        assert mine.tab.complaints == []


async def test_it_is_said_while_is_looked_for_something_and_when_there_is_nothing_or_no_answer(
    browser: Browser, day: Day
):
    async with calendar(browser, day.owner, day.on, **STILL) as mine:
        menu = Menu(mine.page)
        await mine.page.route("**/api/customers?*", lambda route: None)
        await menu.open("oma")
        await expect(menu.outcome).to_have_text("Searching…")
        await mine.page.unroute("**/api/customers?*")
        await menu.write("omar")
        await expect(menu.option("Omar")).to_be_visible()
        await expect(menu.outcome).not_to_contain_text("Searching")
        await menu.write("qqqq")
        await expect(menu.outcome).to_contain_text("Nothing found")
        await expect(menu.outcome).to_contain_text("by any part of a name")
        assert await violations(mine.page) == []
        await mine.page.keyboard.press("Escape")
        await mine.page.locator(".preferences button").nth(0).click()
        await menu.open("qqqq")
        await expect(menu.outcome).to_contain_text("لا توجد نتائج")
        assert await violations(mine.page) == []
        await mine.page.context.set_offline(True)
        await menu.write("lena")
        await expect(menu.outcome.get_by_role("alert")).to_have_text("تعذّر البحث عن العملاء والمواعيد.")
