"""Nobody is kept out of the wizard: axe on every screen of a guest beside the steps (test_screen_readers.py)."""

from datetime import datetime
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from plumbing.testing import eventually
from tests.e2e.guest import guest_of
from tests.e2e.owner import Owner, next_week
from tests.e2e.web.axe import Look
from tests.e2e.web.conftest import LANGUAGES
from tests.e2e.web.visit import (
    DEPOSIT,
    MONTH,
    PHONE,
    Visit,
    fill_in,
    full_page,
    keep_for_three_seconds,
    submit,
)
from tests.servers.browser import Tab, opened


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Of the page, and so of its guest."""
    return request.param


async def test_no_form_and_no_dialog_on_the_way_to_a_booking_breaks_a_rule(owner: Owner, tab: Tab, language: str):
    await tab.size(**PHONE)
    guest = await guest_of(owner, locale=language)
    page, look, visit, dialog = tab.page, Look(tab.page), Visit(tab.page, guest), tab.page.get_by_role("dialog")
    await page.route("**/hold", lambda route: route.abort())
    await visit.open()
    await page.locator(".time").nth(5).click()
    await submit(page)
    await expect(page.locator("[aria-invalid=true]")).not_to_have_count(0)
    await look.at("not filled in")
    await page.locator(".bottom button").click()
    await look.at("summary")
    await page.keyboard.press("Escape")
    await fill_in(page)
    await guest.another().booked(datetime.fromisoformat(await visit.chosen()))
    await submit(page)
    await dialog.wait_for()
    await look.at("time lost")
    await page.unroute("**/hold")
    await page.route("**/hold", keep_for_three_seconds, times=1)
    await dialog.get_by_role("button").last.click()
    await page.locator(".time").nth(3).click()
    await dialog.wait_for()
    await look.at("hold over")
    look.is_clean()


async def test_no_screen_behind_a_guests_links_breaks_a_rule(owner: Owner, tab: Tab, language: str):
    page, look, dialog = tab.page, Look(tab.page), tab.page.get_by_role("dialog")
    guest = await guest_of(owner, locale=language)
    await tab.open((await guest.booked(next_week(), locale=language))["manageUrl"])
    await part(page, "reschedule").get_by_role("button").click()
    await page.locator(".time").nth(2).click()
    await dialog.wait_for()
    await look.at("another time")
    await dialog.get_by_role("button").first.click()
    await expect(dialog).to_have_count(0)
    await look.at("changed")
    await part(page, "cancel").get_by_role("button").click()
    await dialog.wait_for()
    await look.at("whether to cancel")
    await dialog.get_by_role("button").first.click()
    await expect(part(page, "cancel")).to_have_count(0)
    await look.at("cancelled")

    firm = await guest_of(owner, locale=language, cancelWindowMinutes=MONTH, rescheduleWindowMinutes=MONTH)
    await tab.open((await firm.booked(next_week(), locale=language))["manageUrl"])
    await page.locator(".chosen").wait_for()
    await look.at("too late")

    costly = await guest_of(owner, service=DEPOSIT, locale=language)
    await tab.open((await costly.booked(next_week(), locale=language))["manageUrl"])
    await page.get_by_label("Card number").wait_for()
    await look.at("unpaid")
    look.is_clean()


async def test_no_screen_of_who_waits_breaks_a_rule(owner: Owner, tab: Tab, language: str):
    page, look = tab.page, Look(tab.page)
    guest, taken = await full_page(owner, locale=language)
    await Visit(page, guest).open()
    await page.locator("p .link").click()
    await look.at("wish")
    await fill_in(page)
    await submit(page)
    await page.locator(".done").wait_for()
    await look.at("in line")
    await page.locator(".done a").click()
    await page.locator(".done h1").wait_for()
    await look.at("waiting")
    await guest.send("POST", f"/api/public/bookings/{taken['manageToken']}/cancel")
    path = f"/api/public/waiting-list/{page.url.rsplit('/', 1)[1]}"

    async def offered() -> bool:
        return (await guest.send("GET", path)).body["offer"] is not None

    await eventually(offered, seconds=20)
    await page.reload()
    await page.locator(".done .chosen").wait_for()
    await look.at("offered")
    await page.locator(".done .button:not(.main)").click()
    await expect(page.locator(".done button")).to_have_count(0)
    await look.at("left")
    look.is_clean()


async def test_no_document_breaks_a_rule(owner: Owner, browser: Browser, language: str):
    guest = await guest_of(owner, locale=language)
    closed = await owner.must("POST", "/api/booking-pages", {"slug": f"studio-{uuid4().hex[:12]}", "locale": language})
    await owner.must("PUT", f"/api/booking-pages/{closed['id']}", {"active": False})
    here = f"{owner.url}/booking"
    async with opened(browser, locale=LANGUAGES[language]) as tab:
        look = Look(tab.page)
        await tab.page.route("**/assets/**", lambda route: route.abort())
        for screen, address in (
            ("without a script", guest.slug),
            ("switched off", closed["slug"]),
            ("nobody's", "nobody"),
            ("nobody's link", "manage/nobody"),
        ):
            await tab.open(f"{here}/{address}")
            await look.at(screen)
        await tab.page.unroute("**/assets/**")
        await tab.open(f"{here}/{guest.slug}?embed=inline")
        await tab.page.locator(".time").first.wait_for()
        await look.at("on another site")
    look.is_clean()


def part(page: Page, name: str) -> Locator:
    """Of the page for a booking."""
    return page.locator(f"section[aria-labelledby={name}]")
