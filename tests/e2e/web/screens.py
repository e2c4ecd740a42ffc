"""The owner's screens, as a test uses them."""

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from playwright.async_api import Browser, FloatRect, Locator, Page, expect

from plumbing.testing import eventually
from tests.e2e.owner import Owner
from tests.servers.browser import Tab, opened

PATIENCE = 30_000  # milliseconds
_STEP = 15  # minutes of a row
_SLIGHT = 3  # pixels; a row has 18


class Calendar:
    """The calendar in a tab."""

    def __init__(self, tab: Tab, url: str) -> None:
        self.tab = tab
        self.url = url
        self.page: Page = tab.page

    async def open(self, day: date, view: str = "day") -> None:
        """Go there, and wait until it is kept."""
        await self.tab.open(f"{self.url}/calendar?view={view}&day={day}")
        await self.becomes("live")

    def entry(self, appointment: str) -> Locator:
        """An appointment in the grid."""
        return self.page.locator(f'[data-entry="{appointment}"]').first

    async def shows(self, appointment: str, when: str, staff: str) -> None:
        """Wait until an appointment is there: `09:00–09:30`, in that column."""
        place = self.page.locator(f'[data-column="{staff}"] [data-entry="{appointment}"]')
        await expect(place).to_contain_text(when)

    async def follows(self, appointment: str, when: str, staff: str) -> float:
        """The same, and after how many seconds it is there."""
        began = time.monotonic()
        await self.shows(appointment, when, staff)
        return time.monotonic() - began

    async def becomes(self, state: str) -> None:
        """Wait until the calendar says how it is kept: `live`, `polling`, `offline`."""
        await expect(self.page.locator(".calendar__state")).to_have_attribute("data-state", state)

    async def focus(self, appointment: str) -> None:
        """Go to an appointment as the keyboard does."""
        await self.page.locator(".rbc-event", has=self.entry(appointment)).focus()

    async def row(self, staff: str, minutes: int) -> tuple[float, float]:
        """In a row of a column, so many minutes after the first that is shown."""
        box = await _box(self._slot(staff, minutes))
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    async def begins_in(self, appointment: str, staff: str, minutes: int) -> None:
        """Wait until an appointment is drawn from that row on."""
        drawn = self.page.locator(f'[data-column="{staff}"] .rbc-event', has=self.entry(appointment))

        async def apart() -> float:
            return abs((await _box(drawn))["y"] - (await _box(self._slot(staff, minutes)))["y"])

        await eventually(apart, until=lambda pixels: pixels < _SLIGHT)

    def _slot(self, staff: str, minutes: int) -> Locator:
        return self.page.locator(f'[data-column="{staff}"] .rbc-time-slot').nth(minutes // _STEP)

    async def hold(self, appointment: str, staff: str, minutes: int) -> None:
        """Drag an appointment by its upper edge so that it begins there, without letting it go."""
        box = await _box(self.entry(appointment))
        x, y = await self.row(staff, minutes)
        await self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 6)
        await self.page.mouse.down()
        await self.page.mouse.move(x, y + 40, steps=4)
        await self.page.mouse.move(x, y + 6, steps=4)

    async def drag(self, appointment: str, staff: str, minutes: int) -> None:
        """Drag an appointment so that it begins there."""
        await self.hold(appointment, staff, minutes)
        await self.page.mouse.up()

    async def toast(self, text: str) -> Locator:
        """What is said in passing, when it has this text."""
        found = self.page.locator(".toast", has_text=text)
        await expect(found).to_be_visible()
        return found


async def sign_in(tab: Tab, owner: Owner, path: str) -> None:
    """By the form, on the way to a page."""
    await tab.open(owner.url + path)
    await tab.page.get_by_label("Email").fill(owner.credentials["email"])
    await tab.page.get_by_label("Password").fill(owner.credentials["password"])
    await tab.page.get_by_role("button", name="Sign in").click()
    await tab.page.get_by_role("navigation").first.wait_for()
    # Before it, the console says that nobody was signed in.
    tab.complaints[:] = [complaint for complaint in tab.complaints if "401" not in complaint]


async def open_screen(page: Page, owner: Owner, path: str) -> None:
    """Go there, and wait until all that it shows is read."""
    await page.goto(f"{owner.url}/{path}")
    await page.get_by_role("heading", level=1).wait_for()
    await expect(page.locator(".skeleton")).to_have_count(0, timeout=PATIENCE)


async def all_is_read(page: Page) -> None:
    """Wait until what is shown is there, whatever asked for it."""
    await page.wait_for_load_state("networkidle")
    await expect(page.locator(".skeleton, .waiting")).to_have_count(0)


async def come_in(tab: Tab, owner: Owner) -> None:
    """As who was here before: with the cookies of a session."""
    answer = await tab.page.context.request.post(f"{owner.url}/api/auth/sign-in", data=owner.credentials)
    assert answer.ok, await answer.text()


@asynccontextmanager
async def calendar(
    browser: Browser, owner: Owner, day: date, *, view: str = "day", has_own_clock: bool = False, **how: Any
) -> AsyncGenerator[Calendar]:
    """A browser of its own in which the owner looks at a day. `has_own_clock`: it may be set forward."""
    settings = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", "timezone_id": "UTC", **how}
    async with opened(browser, **settings) as tab:
        if has_own_clock:
            await tab.page.clock.install()
        await come_in(tab, owner)
        shown = Calendar(tab, owner.url)
        await shown.open(day, view)
        yield shown


async def _box(of: Locator) -> FloatRect:
    box = await of.bounding_box()
    assert box
    return box
