"""Nobody is kept out of the calendar: axe on every screen of it, and what WCAG 2.2 asks that axe cannot see."""

from datetime import timedelta
from itertools import product as pairs
from typing import Any

from playwright.async_api import Browser, Page, expect

from tests.e2e.web.axe import violations
from tests.e2e.web.days import HOURS, Day, booked
from tests.e2e.web.screens import calendar

VIEWS = {"d": "day", "w": "week", "m": "month", "a": "agenda"}
SHOWS = {
    "day": ".rbc-time-view:not(:has(.rbc-time-header-cell > :nth-child(2))) [data-entry]",
    "week": ".rbc-time-header-cell > :nth-child(7) >> nth=0",
    "month": ".rbc-month-view [data-entry]",
    "agenda": ".agenda [data-entry]",
}
STILL: dict[str, Any] = {"reduced_motion": "reduce"}
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 600}, **STILL}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, **STILL}

TOO_SMALL = """least => {
  const all = [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex='0']")];
  const targets = all.filter(each => each.checkVisibility({visibilityProperty: true}) && !each.closest(".rbc-event"));
  const sized = targets.map(each => [each, (each.closest("label") ?? each).getBoundingClientRect()]);
  return sized
    .filter(([, {width, height}]) => width > 1 && Math.min(width, height) < least)
    .map(([each, {width, height}]) => `${each.outerHTML.slice(0, 120)}: ${width} × ${height}`);
}"""
"""Targets that are less than so many pixels wide or high; in a grid an appointment is as high as it is long, and its
equivalent is its line in the agenda."""

NEXT = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  const {left, top, width, height} = focused.getBoundingClientRect();
  const parts = [0.02, 0.25, 0.5, 0.75, 0.98];
  const isThere = (x, y) => focused.contains(document.elementFromPoint(left + x * width, top + y * height));
  const place = [...document.querySelectorAll("*")].indexOf(focused);
  const {outerHTML} = focused.matches(".rbc-event") ? focused.querySelector("[data-entry]") : focused;
  return {
    isSeen: parts.some(x => parts.some(y => isThere(x, y))),
    isWhole: parts.every(part => isThere(part, 0.5) && isThere(0.5, part)),
    what: `${place} ${outerHTML.slice(0, 160)}`,
  };
}"""
"""What has the focus, and whether any of it can be seen, or all of it but for its round corners."""


async def test_axe_finds_nothing_wrong_with_any_view_in_either_language_and_light_or_dark(browser: Browser, day: Day):
    found: dict[str, Any] = {}
    async with calendar(browser, day.owner, day.on, **STILL) as mine:
        for key, view in VIEWS.items():
            await mine.page.keyboard.press(key)
            await expect(mine.page.locator(SHOWS[view])).to_be_visible()
            found[view] = await violations(mine.page)
        drawers = {"appointment": mine.entry(day.appointment), "new": mine.page.locator(".calendar__new")}
        for name, way in drawers.items():
            await way.click()
            await expect(mine.page.locator("dialog").locator(".trail li, .free-times").first).to_be_visible()
            found[name] = await violations(mine.page)
            await mine.page.keyboard.press("Escape")
    assert {where: what for where, what in found.items() if what} == {}


async def test_2_5_7_whatever_is_dragged_can_be_done_by_clicks_alone(browser: Browser, day: Day):
    async with calendar(browser, day.owner, day.on) as mine:
        await mine.entry(day.appointment).click()
        drawer = mine.page.get_by_role("dialog")
        await drawer.get_by_role("button", name="Move to…").click()
        await drawer.get_by_label("With", exact=True).select_option(label="Bilal")
        await drawer.get_by_role("button", name="11:00").click()
        await drawer.get_by_label("Length", exact=True).select_option("45")
        await drawer.get_by_role("button", name="Move", exact=True).click()
        await mine.toast("Omar moved to")
        await mine.page.keyboard.press("Escape")
        await mine.shows(day.appointment, "11:00–11:45", day.second)
        x, y = await mine.row(day.first, 3 * 60)
        await mine.page.mouse.click(x, y)
        await expect(mine.page.get_by_role("dialog", name="New appointment")).to_be_visible()


async def test_2_5_8_targets_are_24_pixels_and_44_under_a_finger(browser: Browser, day: Day):
    for how, least in ((STILL, 24), (PHONE, 44)):
        async with calendar(browser, day.owner, day.on, **how) as mine:
            for view in VIEWS.values():
                await mine.open(day.on, view)
                await expect(mine.entry(day.appointment)).to_be_visible()
                assert await mine.page.evaluate(TOO_SMALL, least) == [], view
            await mine.entry(day.appointment).click()
            await mine.page.get_by_role("button", name="Move to…").click()
            await expect(mine.page.locator(".free-times__time").first).to_be_visible()
            assert await mine.page.evaluate(TOO_SMALL, least) == []


async def test_2_4_11_what_has_the_focus_is_never_hidden(browser: Browser, day: Day):
    for hours in range(1, 9):
        await day.book(day.first, day.nine + timedelta(hours=hours))
    async with calendar(browser, day.owner, day.on, view="agenda", **PHONE) as mine:
        await mine.page.locator(".shell__skip").focus()
        reached: dict[str, bool] = {}
        while (focused := await _tab(mine.page)) and focused["what"] not in reached:
            reached[focused["what"]] = focused["isSeen"]
        assert [what for what, is_seen in reached.items() if not is_seen] == []
        assert len([what for what in reached if "data-entry" in what]) == 9


async def test_2_4_11_in_a_day_that_is_scrolled_both_ways_what_has_the_focus_is_whole_whatever_is_said_below(
    browser: Browser, day: Day
):
    staff = [
        day.first,
        day.second,
        *[await day.owner.staff(name, HOURS) for name in ("Chloé", "Daniel", "Emre", "Faye")],
    ]
    service = await day.owner.service(staff)
    places = [*pairs(staff[2:4], range(-1, 9)), *pairs([*staff[:2], *staff[4:]], (4,))]
    for member, hours in places:
        await booked(day.owner, service, member, day.nine + timedelta(hours=hours))
    async with calendar(browser, day.owner, day.on, **TABLET) as mine:
        await mine.focus(day.appointment)
        for times in range(1, 4):
            for key in ("m", "ArrowDown", "Enter"):
                await mine.page.keyboard.press(key)
            await expect(mine.page.locator(".toast")).to_have_count(times)
        for key in ("Tab", "Shift+Tab"):
            await mine.page.locator(".rbc-event").nth(0 if key == "Tab" else -1).focus()
            reached: dict[str, bool] = {}
            while "data-entry" in (focused := await _tab(mine.page, key))["what"]:
                reached[focused["what"]] = focused["isWhole"]
            assert [what for what, is_whole in reached.items() if not is_whole] == []
            assert len(reached) == len(places)


async def _tab(page: Page, key: str = "Tab") -> Any:
    await page.keyboard.press(key)
    return await page.evaluate(NEXT)


async def test_3_3_7_what_is_known_is_not_asked_for_again(browser: Browser, day: Day):
    await day.owner.must("POST", "/api/customers", {"name": "Lena Park", "email": "lena@example.com"})
    async with calendar(browser, day.owner, day.on) as mine:
        await mine.page.mouse.click(*await mine.row(day.second, 2 * 60))
        drawer = mine.page.get_by_role("dialog", name="New appointment")
        for label, value in (("Date", str(day.on)), ("Time", "09:00"), ("With", day.second), ("Service", day.service)):
            await expect(drawer.get_by_label(label, exact=True)).to_have_value(value)
        await drawer.get_by_label("Customer").fill("Lena")
        await drawer.get_by_role("button", name="Lena Park").click()
        await drawer.get_by_label("Notes").fill("Brings a mat")
        await day.book(day.second, day.nine)
        await drawer.get_by_role("button", name="Book", exact=True).click()
        await expect(drawer.get_by_role("alert")).to_contain_text("there is another appointment")
        await drawer.get_by_role("button", name="10:00").click()
        await expect(drawer).to_contain_text("lena@example.com")
        await expect(drawer.get_by_label("Notes")).to_have_value("Brings a mat")
        await drawer.get_by_role("button", name="Book", exact=True).click()
        await expect(mine.page.locator(f'[data-column="{day.second}"]', has_text="Lena Park")).to_contain_text("10:00")
