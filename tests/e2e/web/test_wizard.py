"""A stranger books on a phone: the wizard on the real product, in a real browser."""

import asyncio
import json
import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Route, expect

from tests.e2e.guest import Guest, guest_of
from tests.e2e.owner import Owner
from tests.e2e.web.visit import MOST_SHIFTED, MOST_TAPS, PHONE, Visit, booked_by, keep_for_three_seconds, lose
from tests.servers.browser import Tab, opened


async def studio(owner: Owner, **page: Any) -> Guest:
    """A page with two services and two people, one of whom gives one of them."""
    both = [await owner.staff("Amira"), await owner.staff("Chloé")]
    await owner.service(both, description="An hour by the sea")
    service_id = await owner.service(both[:1], name="Massage", price={"amount": 0, "currency": "AED"})
    slug = f"studio-{uuid4().hex[:12]}"
    await owner.must("POST", "/api/booking-pages", {"slug": slug, **page})
    return Guest(owner, slug, service_id, both[0])


async def test_a_guest_books_for_free(owner: Owner, tab: Tab):
    await tab.size(**PHONE)
    visit = Visit(tab.page, await studio(owner))
    await visit.open()
    await visit.press(re.compile("Pilates"))
    await expect(visit.heading("Choose who it is with")).to_be_focused()
    await visit.press(re.compile("Anyone"))
    await tab.page.locator(".time").first.wait_for()
    start = await visit.choose_time()
    await visit.press("Book", exact=True)
    await expect(tab.page.get_by_label("Your name")).to_be_focused()
    await visit.fill(phone="+971 50 123 4567")
    await visit.press("Book", exact=True)
    await visit.is_booked()
    assert await tab.run("window.taps") <= MOST_TAPS
    assert await visit.shifted() <= MOST_SHIFTED, await tab.run("window.shifted")
    [made] = await booked_by(visit.guest)
    assert (made["start"], made["customer"]["name"], made["status"]) == (start, "Sara Noor", "CONFIRMED")
    assert {address.split("/")[2] for address in tab.asked} == {owner.url.split("/")[2]}
    assert tab.complaints == []


async def test_a_link_chooses_and_what_leaves_no_choice_is_not_asked(owner: Owner, tab: Tab):
    guest = await studio(owner)
    visit = Visit(tab.page, guest)
    await visit.open(f"?service={guest.service_id}")
    await expect(visit.heading("Choose a time")).to_be_visible()
    await visit.choose_time()
    assert (await visit.kept())["choices"]["staffId"] == guest.staff_id
    assert await visit.shifted() <= MOST_SHIFTED, await tab.run("window.shifted")


async def test_a_phone_number_of_another_country_is_told_at_its_field(owner: Owner, tab: Tab):
    guest = await guest_of(owner)
    visit, country = Visit(tab.page, guest), tab.page.get_by_label("Country code")
    await visit.open()
    await visit.choose_time()
    await country.select_option("AE")
    await visit.fill(phone="020 7946 0958")
    await tab.press("Tab")
    phone = tab.page.get_by_label("Phone")
    await expect(phone).to_have_accessible_description(re.compile("no phone number in United Arab Emirates"))
    await country.select_option("GB")
    await expect(phone).to_have_accessible_description("")
    await visit.press("Book", exact=True)
    await visit.is_booked()
    [customer] = (await owner.must("GET", "/api/customers"))["items"]
    assert customer["phone"] == "+442079460958"


async def test_what_was_chosen_survives_a_refresh_and_who_books_is_kept_nowhere(owner: Owner, tab: Tab):
    visit = Visit(tab.page, await studio(owner))
    await visit.open()
    await visit.press(re.compile("Pilates"))
    await tab.page.reload()
    await expect(visit.heading("Choose who it is with")).to_be_visible()
    await visit.press(re.compile("Chloé"))
    await tab.page.reload()
    start = await visit.choose_time(2)
    await visit.sees("This time is kept for you")
    await visit.fill()
    kept = json.dumps(await tab.page.evaluate("[Object.entries(sessionStorage), Object.entries(localStorage)]"))
    assert not [secret for secret in ("Sara", "example.com", visit.hold_token) if secret in kept]
    first = visit.hold_token
    await tab.page.reload()
    await visit.sees("This time is kept for you")
    assert (await visit.chosen(), visit.hold_token) == (start, first)
    await visit.fill()
    await visit.press("Book", exact=True)
    await visit.is_booked()
    await tab.page.reload()
    await visit.is_booked()


async def test_going_back_gives_the_time_back_and_keeps_what_was_filled_in(owner: Owner, tab: Tab):
    visit = Visit(tab.page, await studio(owner))
    await visit.open()
    await visit.press(re.compile("Pilates"))
    await visit.press(re.compile("Anyone"))
    start = await visit.choose_time()
    await visit.sees("This time is kept for you")
    await visit.fill()
    async with tab.page.expect_request(lambda request: request.method == "DELETE"):
        await tab.page.go_back()
    steps = ["Choose a service", "Choose who it is with", "Choose a time"]
    for step in reversed(steps):
        await expect(visit.heading(step)).to_be_focused()
        if step != steps[0]:
            await tab.page.go_back()
    for step in steps[1:]:
        await tab.page.go_forward()
        await expect(visit.heading(step)).to_be_focused()
    await tab.page.go_forward()
    await expect(tab.page.get_by_label("Your name")).to_have_value("Sara Noor")
    await visit.sees("This time is kept for you")
    assert await visit.chosen() == start


async def test_a_time_that_is_lost_is_replaced_by_the_nearest_with_the_form_as_it_is(owner: Owner, tab: Tab):
    guest = await guest_of(owner)
    visit = Visit(tab.page, guest)
    await tab.page.route("**/hold", lambda route: route.abort())
    await visit.open()
    start = await visit.choose_time(5)
    await visit.fill()
    await guest.another().booked(datetime.fromisoformat(start))
    await visit.press("Book", exact=True)
    await visit.sees("This time was just taken")
    dialog = tab.page.get_by_role("dialog")
    await expect(dialog.get_by_role("button")).to_have_count(4)
    await dialog.get_by_role("button").first.click()
    await expect(tab.page.get_by_label("Your name")).to_have_value("Sara Noor")
    await visit.press("Book", exact=True)
    await visit.is_booked()
    assert len(await booked_by(guest)) == 2


async def test_a_hold_that_runs_out_can_be_had_again(owner: Owner, tab: Tab):
    visit = Visit(tab.page, await guest_of(owner))
    await tab.page.route("**/hold", keep_for_three_seconds, times=1)
    await visit.open()
    await visit.choose_time()
    await visit.fill()
    first = visit.hold_token
    await visit.sees("Your time is no longer kept")
    await visit.press("Keep it again")
    await expect(tab.page.get_by_role("dialog")).to_have_count(0)
    await visit.press("Book", exact=True)
    await visit.is_booked()
    assert visit.hold_token != first


async def test_who_is_quicker_than_the_hold_does_not_lose_to_it(owner: Owner, tab: Tab):
    pressed = asyncio.Event()

    async def late(route: Route) -> None:
        answer = await route.fetch()
        await pressed.wait()
        await route.fulfill(response=answer)

    visit = Visit(tab.page, await guest_of(owner))
    await tab.page.route("**/hold", late)
    await visit.open()
    await visit.choose_time()
    await visit.fill()
    await visit.press("Book", exact=True)
    await expect(tab.page.get_by_role("button", name="Booking")).to_be_disabled()
    pressed.set()
    await visit.is_booked()
    assert (visit.sent.count("hold"), visit.sent.count("book"), len(await booked_by(visit.guest))) == (1, 1, 1)


async def test_what_was_sent_and_not_answered_is_booked_once(owner: Owner, tab: Tab):
    visit = Visit(tab.page, await guest_of(owner))
    await tab.page.route("**/book", lose, times=2)
    await visit.open()
    await visit.choose_time()
    await visit.fill()
    await visit.press("Book", exact=True)
    await visit.is_booked()
    assert (visit.sent.count("book"), len(await booked_by(visit.guest))) == (3, 1)


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Apia"])
async def test_whoever_lives_elsewhere_sees_both_times(owner: Owner, browser: Browser, zone: str):
    guest = await guest_of(owner)
    async with opened(browser, timezone_id=zone, locale="en-GB") as tab:
        visit = Visit(tab.page, guest)
        await visit.open()
        await visit.sees("Times in UTC")
        there = zone.split("/")[1].replace("_", " ")
        await visit.press(f"Show times in {there}")
        await visit.sees(f"Times in {there}")
        await tab.page.get_by_text("24 h").click()
        start = await visit.choose_time()
        told = await tab.page.locator(".summary").inner_text()
        shown = await tab.page.evaluate(
            "([start, zone]) => new Date(start).toLocaleTimeString('en-GB', {timeZone: zone, timeStyle: 'short'})",
            [start, zone],
        )
        assert f"{shown}, {there}" in told
        assert f"{start[11:16]}, UTC" in told
        await visit.fill()
        await visit.press("Book", exact=True)
        await visit.is_booked()
    [made] = await booked_by(guest)
    assert made["start"] == start


async def test_a_page_in_arabic_is_arabic_throughout(owner: Owner, tab: Tab):
    visit = Visit(tab.page, await guest_of(owner, locale="ar"))
    await visit.open()
    await expect(tab.page.locator("html[dir=rtl]")).to_have_count(1)
    await tab.page.locator(".time").first.click()
    await tab.page.get_by_label("اسمك").fill("نور")
    await tab.page.get_by_label("البريد الإلكتروني").fill("noor@example.com")
    await visit.press("احجز", exact=True)
    await visit.is_booked("تم حجزك")
    words = await tab.page.locator("main").inner_text()
    assert set(re.findall("[A-Za-z]{4,}", words)) <= {"Studio", "Pilates", "Amira", "Google", "Outlook"}


async def test_a_keyboard_is_enough(owner: Owner, tab: Tab):
    visit = Visit(tab.page, await studio(owner))
    await visit.open()
    await visit.reach(".card")
    await tab.press("Enter")
    await visit.reach(".chip")
    await tab.press("Enter")
    await tab.page.locator(".time").first.wait_for()
    await visit.reach(".time")
    await tab.press("Enter")
    await visit.reach("input[autocomplete=name]")
    await tab.page.keyboard.type("Sara Noor")
    await tab.press("Tab")
    await tab.page.keyboard.type("sara@example.com")
    await tab.press("Enter")
    await visit.is_booked()
