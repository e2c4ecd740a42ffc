"""What a guest does by the links that they were given: see, move and cancel an appointment, wait, take what is free."""

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

from playwright.async_api import expect

from plumbing.testing import eventually
from tests.e2e.guest import Guest, guest_of
from tests.e2e.owner import Owner, next_week
from tests.e2e.web.axe import violations
from tests.e2e.web.visit import Visit, booked_by
from tests.servers.browser import Tab

MONTH = 30 * 24 * 60  # minutes


async def test_an_appointment_is_moved_and_cancelled_by_its_link(owner: Owner, tab: Tab):
    guest = await guest_of(owner)
    made = await guest.booked(next_week())
    visit, dialog = Visit(tab.page, guest), tab.page.get_by_role("dialog")
    await tab.open(made["manageUrl"])
    await visit.sees("You are booked")
    assert await violations(tab.page) == []

    await visit.press("Change the time")
    await tab.page.locator(".time").nth(2).click()
    await expect(dialog).to_have_accessible_name(re.compile("^Change to "))
    await dialog.get_by_role("button", name="Choose another time").click()
    await tab.page.locator(".time").nth(3).click()
    assert await violations(tab.page) == []
    await dialog.get_by_role("button", name="Change the time").click()
    await visit.sees("The time is changed.")
    [moved] = await booked_by(guest)
    assert datetime.fromisoformat(moved["start"]) < next_week(day=-5)

    await visit.sees("Nothing was paid, so there is nothing to refund.")
    await visit.press("Cancel the appointment")
    assert await violations(tab.page) == []
    await expect(dialog).to_contain_text("Nothing was paid")
    await dialog.get_by_role("button", name="No, keep it").click()
    await visit.press("Cancel the appointment")
    await dialog.get_by_role("button", name="Yes, cancel it").click()
    await visit.sees("This appointment is cancelled")
    assert await booked_by(guest) == []
    await tab.page.reload()
    await visit.sees("This appointment is cancelled")
    assert await violations(tab.page) == []
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
    assert await violations(tab.page) == []


async def full(owner: Owner) -> tuple[Guest, Any]:
    """A guest of a page that has one time, and what took that."""
    at = next_week(12, day=-6)
    hours = [{"dayOfWeek": at.isoweekday(), "start": "12:00", "end": "12:30"}]
    staff_id = await owner.staff(blocks=hours)
    service_id = await owner.service([staff_id], maxAdvanceDays=5)
    slug = f"studio-{uuid4().hex[:12]}"
    await owner.must("POST", "/api/booking-pages", {"slug": slug})
    guest = Guest(owner, slug, service_id, staff_id)
    return guest, await guest.another().booked(at)


async def test_who_waits_on_a_full_page_is_offered_what_is_freed_and_takes_it(owner: Owner, tab: Tab):
    guest, taken = await full(owner)
    visit = Visit(tab.page, guest)
    await visit.open()
    await visit.sees("There are no free times to book online right now.")
    assert await violations(tab.page) == []
    await visit.press("Join the waiting list")
    await visit.press("Wait for a time")
    await expect(tab.page.get_by_label("Your name")).to_be_focused()
    await visit.fill()
    assert await violations(tab.page) == []
    await visit.press("Wait for a time")
    await visit.sees("You are on the waiting list")
    await tab.page.get_by_role("link", name="Look after your place in line").click()
    await expect(visit.heading("You are on the waiting list")).to_be_visible()
    assert await violations(tab.page) == []

    await guest.send("POST", f"/api/public/bookings/{taken['manageToken']}/cancel")
    path = f"/api/public/waiting-list/{tab.page.url.rsplit('/', 1)[1]}"

    async def offered() -> bool:
        return (await guest.send("GET", path)).body["offer"] is not None

    await eventually(offered, seconds=20)
    await tab.page.reload()
    await expect(visit.heading("A time is free for you")).to_be_visible()
    assert await violations(tab.page) == []
    await visit.press("Take it")
    await visit.sees("You are booked")
    [made] = await booked_by(guest)
    assert (made["start"], made["customer"]["name"]) == (taken["appointment"]["start"], "Sara Noor")
    assert tab.complaints == []
