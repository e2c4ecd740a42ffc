"""An owner sets up a business and changes it: the screens beside the calendar, on the real product."""

import asyncio
from uuid import uuid4

from playwright.async_api import expect

from plumbing.auth import PLAIN_COOKIE
from plumbing.testing import eventually
from tests.e2e.owner import Owner, next_week
from tests.e2e.web.screens import PATIENCE, open_screen, sign_in
from tests.servers.browser import Tab


async def test_an_owner_sets_up_from_nothing_to_a_page_where_one_can_be_booked(product_url: str, tab: Tab):
    page, slug = tab.page, f"palm-{uuid4().hex[:12]}"
    await page.goto(f"{product_url}/sign-up")
    await page.get_by_label("Name of your business").fill("Palm Studio")
    await page.get_by_label("Your name").fill("Amira Haddad")
    await page.get_by_label("Email").fill(f"amira-{uuid4().hex[:12]}@example.com")
    await page.get_by_label("Password").fill("correct horse battery")
    await page.get_by_role("button", name="Create your calendar").click()

    await expect(page.get_by_role("heading", name="When are you open?")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("textbox", name="Name of person 1")).to_have_value("Amira Haddad", timeout=PATIENCE)
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("textbox", name="Service").fill("Pilates")
    await page.get_by_label("Price in AED").fill("150")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("Address").fill(slug)
    await page.get_by_role("button", name="Open my booking page").click()
    await expect(page.get_by_role("heading", name="You can be booked")).to_be_visible(timeout=PATIENCE)
    assert tab.complaints == []

    services = await page.request.get(f"{product_url}/api/public/booking/{slug}/services")
    [service] = (await services.json())["items"]
    assert (service["name"], service["price"]["amount"], service["staff"][0]["name"]) == (
        "Pilates",
        15000,
        "Amira Haddad",
    )


async def test_a_new_price_of_a_service_is_on_its_page_and_time_off_takes_the_slots(owner: Owner, tab: Tab):
    staff = await owner.staff()
    service = await owner.service([staff])
    slug, start = f"studio-{uuid4().hex[:12]}", next_week(9)
    await owner.must("POST", "/api/booking-pages", {"slug": slug})
    await sign_in(tab, owner, "/home")
    page = tab.page

    await open_screen(page, owner, f"services/{service}")
    await page.get_by_label("Price (AED)").fill("175.50")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved")).to_be_visible(timeout=PATIENCE)

    async def offered() -> int:
        services = await owner.must("GET", f"/api/public/booking/{slug}/services")
        return services["items"][0]["price"]["amount"]

    await eventually(offered, until=lambda amount: amount == 17550, seconds=5)

    assert start in await owner.starts(service, staff, start.date())
    await open_screen(page, owner, f"staff/{staff}")
    off = page.get_by_role("region", name="Time off")
    await off.get_by_label("From").fill(start.date().isoformat())
    await off.get_by_label("To", exact=True).fill(start.date().isoformat())
    await off.get_by_role("button", name="Add time off").click()
    await expect(off.get_by_role("listitem")).to_have_count(1, timeout=PATIENCE)
    await eventually(lambda: owner.starts(service, staff, start.date()), until=lambda starts: starts == [], seconds=5)
    assert tab.complaints == []


async def test_a_customer_whose_address_another_has_leads_to_that_one(owner: Owner, tab: Tab):
    await owner.must("POST", "/api/customers", {"name": "Noor Haddad", "email": "noor@example.com"})
    await sign_in(tab, owner, "/home")
    page = tab.page
    await open_screen(page, owner, "customers/new")
    await page.get_by_label("Name").fill("N. Haddad")
    await page.get_by_label("Email").fill("noor@example.com")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("link", name="See that customer").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Noor Haddad", timeout=PATIENCE)


async def test_files_come_to_who_has_been_away(owner: Owner, tab: Tab):
    noor = await owner.must("POST", "/api/customers", {"name": "Noor Haddad"})
    await sign_in(tab, owner, "/home")
    for screen, button in (("customers", "Download as CSV"), (f"customers/{noor['id']}", "Download all")):
        await open_screen(tab.page, owner, screen)
        await tab.page.context.clear_cookies(name=PLAIN_COOKIE)
        async with tab.page.expect_download() as download:
            await tab.page.get_by_role("button", name=button).click()
        assert "Noor Haddad" in await asyncio.to_thread((await (await download.value).path()).read_text)
