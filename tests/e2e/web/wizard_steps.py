"""A guest's way through the wizard of Palm Studio, step by step: pictured, read aloud, and looked through by axe."""

import re
from collections.abc import AsyncGenerator

from playwright.async_api import expect

from tests.e2e.web.palm_studio import NOW, PalmStudio
from tests.e2e.web.visit import fill_in, submit
from tests.servers.browser import Tab

MORNING = NOW.replace(hour=3, minute=45)
"""A quarter to eight in Dubai: nothing of the day is past."""
WITH_A_DEPOSIT = 1
"""Of the services, the one for which something is to be paid at once."""


async def steps(studio: PalmStudio, window: Tab) -> AsyncGenerator[str]:
    """The name of each, while it is shown with all that it says."""
    page = window.page
    await studio.elsewhen.begin(page, MORNING)
    await window.open(f"{studio.owner.url}/booking/{studio.slug}")
    await page.locator(".card").first.wait_for()
    yield "service"
    await page.locator(".card").first.click()
    await expect(page.locator(".chip").first).to_contain_text(re.compile(r"\d"))
    yield "staff"
    await page.locator(".chip").nth(1).click()
    await page.locator(".time").first.wait_for()
    yield "time"
    await page.locator(".time").nth(2).click()
    await page.get_by_text("5:00").first.wait_for()
    yield "details"
    async with page.expect_response(re.compile("/book$")) as booking:
        await fill_in(page, studio.words.customers[0])
        await submit(page)
    await page.locator(".done .chosen").wait_for()
    yield "booked"
    token = (await (await booking.value).json())["manageToken"]
    await window.open(f"{studio.owner.url}/booking/manage/{token}")
    await page.locator(".done .chosen").wait_for()
    yield "manage"
    service = studio.told(studio.services[WITH_A_DEPOSIT])
    await window.open(f"{studio.owner.url}/booking/{studio.slug}?service={service}")
    await page.locator(".time").nth(2).click()
    await fill_in(page, studio.words.customers[0])
    await submit(page)
    await page.locator(".payment-place input").wait_for()
    yield "payment"
