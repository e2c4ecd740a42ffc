"""The calendar under a finger, as the browser hears of it: a hold is a drag, a swipe scrolls."""

from typing import Any, Self

from playwright.async_api import Browser, CDPSession, Page, expect

from tests.e2e.web.days import Day
from tests.e2e.web.screens import calendar

TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 600}, "has_touch": True, "is_mobile": True}

NOTICE_THE_END = """grid => {
  window.scrolled = new Promise(end => grid.addEventListener("scrollend", () => end(), {once: true}));
}"""
"""What is swiped goes on for a while when the finger is gone."""


class Finger:
    """One finger on a page."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    @classmethod
    async def on(cls, page: Page) -> Self:
        """Of that page."""
        return cls(await page.context.new_cdp_session(page))

    async def down(self, x: float, y: float) -> None:
        """Put it down."""
        await self._send("touchStart", x, y)

    async def move(self, x: float, y: float) -> None:
        """Move it there, a few pixels at a time at the end."""
        for before in (40, 20, 10, 0):
            await self._send("touchMove", x, y + before)

    async def up(self) -> None:
        """Take it away."""
        await self._session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    async def _send(self, kind: str, x: float, y: float) -> None:
        points = [{"x": round(x), "y": round(y)}]
        await self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


async def test_a_finger_that_holds_moves_or_books_and_one_that_swipes_scrolls(browser: Browser, day: Day):
    async with calendar(browser, day.owner, day.on, **TABLET) as mine:
        finger = await Finger.on(mine.page)
        grid = mine.page.locator(".rbc-time-content")
        box = await mine.entry(day.appointment).bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + 6

        await grid.evaluate(NOTICE_THE_END)
        await finger.down(x, y)
        await finger.move(x, y - 120)
        await finger.up()
        await mine.page.evaluate("scrolled")
        assert await grid.evaluate("grid => grid.scrollTop") > 40
        await grid.evaluate("grid => grid.scrollTo(0, 0)")
        await mine.shows(day.appointment, "09:00–09:30", day.first)

        await finger.down(x, y)
        await expect(mine.page.locator(".rbc-addons-dnd-drag-preview")).to_be_visible()
        there = await mine.row(day.second, 3 * 60)
        await finger.move(there[0], there[1] + 6)
        await finger.up()
        await mine.toast("Omar moved to")
        await mine.shows(day.appointment, "10:00–10:30", day.second)

        await finger.down(*await mine.row(day.first, 4 * 60))
        await expect(mine.page.locator(".rbc-slot-selection")).to_be_visible()
        await finger.up()
        drawer = mine.page.get_by_role("dialog", name="New appointment")
        await expect(drawer.get_by_label("Time", exact=True)).to_have_value("11:00")
