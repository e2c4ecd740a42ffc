"""What a guest does by the links that they were given: see, move and cancel an appointment, wait, take what is free."""

import re
from datetime import datetime

from playwright.async_api import expect

from plumbing.testing import eventually
from tests.e2e.guest import guest_of
from tests.e2e.owner import Owner, next_week
from tests.e2e.web.visit import MONTH, Visit, booked_by, full_page
from tests.servers.browser import Tab


async def test_an_appointment_is_moved_and_cancelled_by_its_link(owner: Owner, tab: Tab):
    guest = await guest_of(owner)
    made = await guest.booked(next_week())
    visit, dialog = Visit(tab.page, guest), tab.page.get_by_role("dialog")
    await tab.open(made["manageUrl"])
    await visit.sees("You are booked")

    await visit.press("Change the time")
    await tab.page.locator(".time").nth(2).click()
    await expect(dialog).to_have_accessible_name(re.compile("^Change to "))
    await dialog.get_by_role("button", name="Choose another time").click()
    await tab.page.locator(".time").nth(3).click()
    await dialog.get_by_role("button", name="Change the time").click()
    await visit.sees("The time is changed.")
    [moved] = await booked_by(guest)
    assert datetime.fromisoformat(moved["start"]) < next_week(day=-5)

    await visit.sees("Nothing was paid, so there is nothing to refund.")
    await visit.press("Cancel the appointment")
    await expect(dialog).to_contain_text("Nothing was paid")
    await dialog.get_by_role("button", name="No, keep it").click()
    await visit.press("Cancel the appointment")
    await dialog.get_by_role("button", name="Yes, cancel it").click()
    await visit.sees("This appointment is cancelled")
    assert await booked_by(guest) == []
    await tab.page.reload()
    await visit.sees("This appointment is cancelled")
    assert {address.split("/")[2] for address in tab.asked} == {owner.url.split("/")[2]}
    assert tab.complaints == []


async def test_who_is_too_late_is_told_whom_to_ask(owner: Owner, tab: Tab):
    await owner.must("PUT", "/api/business", {"contactPhone": "+971501234567"})
    guest = await guest_of(owner, cancelWindowMinutes=MONTH, rescheduleWindowMinutes=MONTH)
    made = await guest.booked(next_week())
    visit = Visit(tab.page, guest)
    await tab.open(made["manageUrl"])
    await visit.sees("It is too late to cancel online. Please contact the business.")
    await visit.sees("It is too late to change the time online.")
    await expect(tab.page.get_by_role("link", name=re.compile("^Call "))).to_be_visible()
    await expect(tab.page.get_by_role("button")).to_have_count(0)


async def test_who_waits_on_a_full_page_is_offered_what_is_freed_and_takes_it(owner: Owner, tab: Tab):
    guest, taken = await full_page(owner)
    visit = Visit(tab.page, guest)
    await visit.open()
    await visit.sees("There are no free times to book online right now.")
    await visit.press("Join the waiting list")
    await visit.press("Wait for a time")
    await expect(tab.page.get_by_label("Your name")).to_be_focused()
    await visit.fill()
    await visit.press("Wait for a time")
    await visit.sees("You are on the waiting list")
    await tab.page.get_by_role("link", name="Look after your place in line").click()
    await expect(visit.heading("You are on the waiting list")).to_be_visible()

    await guest.send("POST", f"/api/public/bookings/{taken['manageToken']}/cancel")
    path = f"/api/public/waiting-list/{tab.page.url.rsplit('/', 1)[1]}"

    async def offered() -> bool:
        return (await guest.send("GET", path)).body["offer"] is not None

    await eventually(offered, seconds=20)
    await tab.page.reload()
    await expect(visit.heading("A time is free for you")).to_be_visible()
    await visit.press("Take it")
    await visit.sees("You are booked")
    [made] = await booked_by(guest)
    assert (made["start"], made["customer"]["name"]) == (taken["appointment"]["start"], "Sara Noor")
    assert tab.complaints == []
