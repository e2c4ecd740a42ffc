"""A guest of a booking page in a real browser: what people do there, by the names that they see."""

import json
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from playwright.async_api import Error, Page, Request, Response, Route, expect

from tests.e2e.guest import Guest
from tests.e2e.owner import Owner, next_week

PHONE = {"width": 390, "height": 844}
DEPOSIT = {"deposit": {"kind": "percent", "percent": 20}}
MONTH = 30 * 24 * 60  # minutes
CARD = "4242 4242 4242 4242"
MOST_SHIFTED = 0.02  # as CLS is counted: https://web.dev/articles/cls
MOST_TAPS = 8  # from the open page to the booking, besides typing
COUNTED = """
window.taps = 0;
addEventListener("click", (event) => event.isTrusted && (window.taps += 1), true);
window.shifted = [];
new PerformanceObserver((seen) => {
  for (const { value, hadRecentInput, sources } of seen.getEntries())
    if (!hadRecentInput) window.shifted.push([value, sources.map(({ node }) => node?.className || node?.nodeName)]);
}).observe({ type: "layout-shift", buffered: true });
"""
"""Counts what a hand presses, and what moves on the page without having been pressed."""


class Visit:
    """One visit of a page. `sent`: the last part of what every POST went to; `hold_token`: of the last hold."""

    def __init__(self, page: Page, guest: Guest) -> None:
        self.page = page
        self.guest = guest
        self.sent: list[str] = []
        self.hold_token = ""
        page.on("request", self._hear)
        page.on("response", self._read)

    async def open(self, query: str = "") -> None:
        """Go there, and wait for the wizard."""
        await self.page.add_init_script(COUNTED)
        await self.page.goto(f"{self.guest.owner.url}/booking/{self.guest.slug}{query}")
        await self.page.locator(".wizard").wait_for()

    async def press(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        """Press a button."""
        await self.page.get_by_role("button", name=name, exact=exact).first.click()

    async def choose_time(self, nth: int = 3) -> str:
        """Press the nth time of the list, and say when it is, in UTC. The first may be over by then."""
        await self.page.locator(".time").nth(nth).click()
        await expect(self.heading("Your details")).to_be_visible()
        return await self.chosen()

    async def chosen(self) -> str:
        """The start that is chosen, in UTC."""
        kept = await self.kept()
        return kept["choices"]["start"]

    async def kept(self) -> Any:
        """What the tab keeps."""
        kept = await self.page.evaluate("Object.entries(sessionStorage)")
        [progress] = [value for name, value in kept if name == f"sundial:booking:{self.guest.slug}"]
        return json.loads(progress)["state"]

    async def fill(self, name: str = "Sara Noor", email: str = "sara@example.com", phone: str = "") -> None:
        """Fill in the form, each field after a tap on it."""
        for label, text in (("Your name", name), ("Email", email), *([("Phone", phone)] if phone else [])):
            await self.page.get_by_label(label).click()
            await self.page.get_by_label(label).fill(text)

    async def pay(self, card: str) -> None:
        """Type a card, and pay."""
        await self.page.get_by_label("Card number").fill(card)
        await self.press(re.compile("^Pay "))

    def heading(self, name: str) -> Any:
        """A heading, by what it says."""
        return self.page.get_by_role("heading", name=name)

    async def sees(self, text: str) -> None:
        """Wait until it is there."""
        await expect(self.page.get_by_text(text).first).to_be_visible()

    async def is_booked(self, says: str = "You are booked") -> None:
        """Wait until it is done."""
        await expect(self.heading(says)).to_be_visible()

    async def shifted(self) -> float:
        """How far things moved since the page was loaded that nobody had pressed, as CLS counts it; all together."""
        moved = await self.page.evaluate("window.shifted")
        return sum(value for value, _ in moved)

    async def reach(self, what: str) -> None:
        """Press Tab until it has the focus."""
        await self.page.locator(what).first.wait_for()
        for _ in range(60):
            await self.page.keyboard.press("Tab")
            if await self.page.evaluate("what => document.activeElement.matches(what)", what):
                return
        raise AssertionError(f"no way to {what} by Tab")

    async def _read(self, response: Response) -> None:
        if response.url.endswith("/hold") and response.status == 201:
            with suppress(Error):  # of a page that was closed meanwhile
                self.hold_token = (await response.json())["holdToken"]

    def _hear(self, request: Request) -> None:
        if request.method == "POST":
            self.sent.append(request.url.rsplit("/", 1)[1])


async def fill_in(page: Page, name: str = "Sara Noor") -> None:
    """Say in a form who it is, whatever its fields are called."""
    await page.locator("input[autocomplete=name]").fill(name)
    await page.locator("input[autocomplete=email]").fill("sara@example.com")


async def submit(page: Page) -> None:
    """Send the form, whatever the button says."""
    await page.locator("form .button.main").click()


async def full_page(owner: Owner, **page: Any) -> tuple[Guest, Any]:
    """A guest of a page that has one time, and what took that."""
    at = next_week(12, day=-6)
    hours = [{"dayOfWeek": at.isoweekday(), "start": "12:00", "end": "12:30"}]
    staff_id = await owner.staff(blocks=hours)
    service_id = await owner.service([staff_id], maxAdvanceDays=5)
    slug = f"studio-{uuid4().hex[:12]}"
    await owner.must("POST", "/api/booking-pages", {"slug": slug, **page})
    guest = Guest(owner, slug, service_id, staff_id)
    return guest, await guest.another().booked(at)


async def booked_by(guest: Guest) -> list[Any]:
    """Every appointment of the business in the next weeks that is not cancelled."""
    now = datetime.now(UTC)  # noqa: TID251  # a test's own clock
    span = {"rangeStart": now.isoformat(), "rangeEnd": (now + timedelta(days=60)).isoformat()}
    return (await guest.owner.must("GET", "/api/appointments", **span))["items"]


async def lose(route: Route) -> None:
    """Let the request arrive, and its answer not."""
    await route.fetch()
    await route.abort("connectionreset")


async def keep_for_three_seconds(route: Route) -> None:
    """Let a time be kept, and tell the page that it is for a moment only."""
    answer = await route.fetch()
    until = datetime.now(UTC) + timedelta(seconds=3)  # noqa: TID251  # a test's own clock
    await route.fulfill(response=answer, json={**await answer.json(), "expiresAt": until.isoformat()})
