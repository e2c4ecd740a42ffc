"""The calendar, with mouse and keyboard: who drags is answered, and who looks on sees it."""

from datetime import timedelta

from playwright.async_api import Browser, expect

from plumbing.testing import eventually
from tests.e2e.members import join
from tests.e2e.web.days import Day
from tests.e2e.web.screens import calendar


async def test_what_is_dragged_is_moved_and_undone_and_another_browser_follows_within_a_second(
    browser: Browser, day: Day
):
    async with calendar(browser, day.owner, day.on) as mine, calendar(browser, day.owner, day.on) as theirs:
        await mine.drag(day.appointment, day.second, 4 * 60)
        waits = [await theirs.follows(day.appointment, "11:00–11:30", day.second)]
        await mine.shows(day.appointment, "11:00–11:30", day.second)
        said = await mine.toast("Omar moved to")
        assert await day.stored() == (day.nine + timedelta(hours=2), day.second)
        await said.get_by_role("button", name="Undo").click()
        waits.append(await theirs.follows(day.appointment, "09:00–09:30", day.first))
        for hours in (5, 7):
            await mine.drag(day.appointment, day.second, hours * 60)
            await mine.shows(day.appointment, f"{7 + hours:02}:00", day.second)
        waits.append(await theirs.follows(day.appointment, "14:00–14:30", day.second))
        for when, staff in (("12:00–12:30", day.second), ("09:00–09:30", day.first)):
            await mine.page.keyboard.press("Control+z")
            waits.append(await theirs.follows(day.appointment, when, staff))
            await mine.shows(day.appointment, when, staff)
        assert min(waits) < 1.0
        assert mine.tab.complaints == []
        assert all(address.startswith((day.owner.url, "ws")) for address in mine.tab.asked)


async def test_a_move_in_the_way_of_another_is_told_before_and_put_back_after_the_drop(browser: Browser, day: Day):
    other = await day.book(day.second, day.nine)
    async with calendar(browser, day.owner, day.on) as mine:
        await mine.shows(other, "09:00–09:30", day.second)
        await mine.hold(day.appointment, day.second, 2 * 60 + 15)
        await expect(mine.page.locator('[data-preview="clash"]')).to_contain_text("Overlaps Omar · Pilates")
        await mine.page.mouse.up()
        said = await mine.toast("Omar was put back: there is another appointment")
        await expect(mine.page.locator(".rbc-event.is-clashing")).to_have_count(1)
        await mine.shows(day.appointment, "09:00–09:30", day.first)
        await expect(said).to_contain_text("Next free:")
        await said.get_by_role("button", name="Take it").click()
        await mine.toast("Omar moved to")


async def test_what_is_dropped_where_something_was_just_said_is_moved_all_the_same(browser: Browser, day: Day):
    async with calendar(browser, day.owner, day.on) as mine:
        await mine.drag(day.appointment, day.first, 3 * 60)
        said = await (await mine.toast("Omar moved to")).bounding_box()
        assert said
        rows = {minutes: (await mine.row(day.first, minutes))[1] for minutes in range(8 * 60, 11 * 60, 15)}
        below = next(minutes for minutes, y in rows.items() if said["y"] < y < said["y"] + said["height"])
        await mine.drag(day.appointment, day.first, below)
        start = day.nine + timedelta(minutes=below - 2 * 60)
        await eventually(day.stored, until=lambda stored: stored == (start, day.first))


async def test_of_two_who_drag_one_appointment_one_is_told_and_both_see_what_is(browser: Browser, day: Day):
    colleague = await join(day.owner, "manager")
    async with calendar(browser, day.owner, day.on) as mine, calendar(browser, colleague, day.on) as theirs:
        await mine.hold(day.appointment, day.second, 4 * 60)
        await theirs.hold(day.appointment, day.second, 6 * 60)
        await mine.page.mouse.up()
        await mine.toast("Omar moved to")
        await expect(theirs.page.locator("[data-preview]")).to_contain_text("13:00–13:30")
        await theirs.page.mouse.up()
        await theirs.toast("Somebody else changed this meanwhile")
        for each in (mine, theirs):
            await each.shows(day.appointment, "11:00–11:30", day.second)
            await expect(each.page.locator("[data-entry]")).to_have_count(1)
        assert await day.stored() == (day.nine + timedelta(hours=2), day.second)


async def test_a_person_books_by_choosing_a_free_time(browser: Browser, day: Day):
    async with calendar(browser, day.owner, day.on) as mine:
        x, y = await mine.row(day.second, 3 * 60)
        await mine.page.mouse.move(x, y + 2)
        await mine.page.mouse.down()
        await mine.page.mouse.move(x, y + 20, steps=3)
        await mine.page.mouse.up()
        drawer = mine.page.get_by_role("dialog", name="New appointment")
        await expect(drawer.get_by_label("Time", exact=True)).to_have_value("10:00")
        await drawer.get_by_role("button", name="10:30").click()
        await drawer.get_by_label("Customer").fill("Lena")
        await drawer.get_by_role("button", name="New customer “Lena”").click()
        await drawer.get_by_role("button", name="Book", exact=True).click()
        await expect(drawer).to_be_hidden()
        await expect(mine.page.locator(f'[data-column="{day.second}"]', has_text="Lena")).to_contain_text("10:30–11:00")


async def test_an_appointment_is_moved_by_keys_and_each_step_is_said(browser: Browser, day: Day):
    await day.book(day.second, day.nine)
    async with calendar(browser, day.owner, day.on) as mine:
        await mine.focus(day.appointment)
        said = mine.page.locator(".calendar__body [role=alert]")
        for key, says in (
            ("m", "Grabbed: Omar · Pilates, 09:00–09:30, Amira. Arrow keys move it"),
            ("ArrowDown", "Omar · Pilates, 09:15–09:45, Amira. Free"),
            ("ArrowRight", "Omar · Pilates, 09:15–09:45, Bilal. Overlaps Omar · Pilates"),
            ("ArrowDown", "Omar · Pilates, 09:30–10:00, Bilal. Free"),
            ("Shift+ArrowDown", "Omar · Pilates, 09:30–10:15, Bilal. Free"),
            ("Enter", "Dropped: Omar · Pilates, 09:30–10:15, Bilal"),
        ):
            await mine.page.keyboard.press(key)
            await expect(said).to_contain_text(says)
        await mine.toast("Omar moved to")
        await mine.shows(day.appointment, "09:30–10:15", day.second)
        for key in ("m", "ArrowUp", "Enter"):
            await mine.page.keyboard.press(key)
        await mine.toast("Omar was put back: there is another appointment")
        await mine.shows(day.appointment, "09:30–10:15", day.second)
        await mine.page.keyboard.press("Enter")
        await expect(mine.page.get_by_role("dialog")).to_contain_text("09:30–10:15")
