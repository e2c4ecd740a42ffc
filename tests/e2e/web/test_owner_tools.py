"""An owner's tools: files in and out, webhooks, the words of messages, figures, a booking page beside its editor."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from aiohttp import web
from playwright.async_api import Page, expect

from plumbing.testing import eventually
from tests.e2e.owner import Owner
from tests.e2e.web.axe import violations
from tests.e2e.web.screens import open_screen, sign_in
from tests.servers.browser import Tab

CUSTOMERS = "Name,E-mail,Shoe size\nNoor Haddad,noor@example.com,38\nJames Wood,james@example.com,44\nOmar,omar,43\n"
PAINTED = "one => getComputedStyle(one).backgroundColor"


@asynccontextmanager
async def receiver() -> AsyncGenerator[tuple[str, list[Any]]]:
    """Somebody's own system: where it is, and what it was told."""
    told: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        told.append(await request.json())
        return web.Response(text="thank you")

    app = web.Application()
    app.router.add_post("/hooks", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"{site.name}/hooks", told
    await runner.cleanup()


async def press(page: Page, name: str) -> None:
    """Press a button."""
    await page.get_by_role("button", name=name, exact=True).click()


async def confirm(page: Page, name: str) -> None:
    """Press a button, and the one of the question that it asks."""
    await press(page, name)
    await page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


async def bring_in_customers(page: Page, owner: Owner) -> str:
    """Check a file, write it, and take it back; where it is."""
    await open_screen(page, owner, "imports")
    file: Any = {"name": "customers.csv", "mimeType": "text/csv", "buffer": CUSTOMERS.encode()}
    await page.get_by_label("File", exact=True).set_input_files(file)
    await press(page, "Check the file")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Import: Customers")
    await expect(page.get_by_text("so they are left out: Shoe size")).to_be_visible()
    await expect(page.get_by_role("region", name="Rows").get_by_role("listitem")).to_have_text(
        ["Line 4email: is not an email addressWith an error"]
    )
    await press(page, "Write 2 rows")
    await expect(page.get_by_text("Written", exact=True)).to_be_visible()
    assert len((await owner.must("GET", "/api/customers"))["items"]) == 2
    await confirm(page, "Take it back")
    await expect(page.get_by_text("Taken back").first).to_be_visible()
    await eventually(lambda: owner.must("GET", "/api/customers"), until=lambda found: found["items"] == [])
    async with page.expect_download() as download:
        await open_screen(page, owner, "imports")
        await press(page, "All customers (CSV)")
    assert (await download.value).suggested_filename == "customers.csv"
    return "imports"


async def tell_a_system(page: Page, owner: Owner) -> str:
    """Add an endpoint, try it, send again what it was told, change its secret; where it is."""
    async with receiver() as (url, told):
        await open_screen(page, owner, "webhooks")
        await page.get_by_label("Address").fill(url)
        await page.get_by_label("Everything, also what is still to come").uncheck()
        await press(page, "Add an endpoint")
        await expect(page.get_by_text("Choose at least one event.")).to_be_visible()
        await page.get_by_label("Appointment booked").check()
        await press(page, "Add an endpoint")
        await expect(page.get_by_text("whsec_")).to_be_visible()
        await page.get_by_role("link", name=url).click()
        await press(page, "Send a test")
        deliveries = page.get_by_role("region", name="Deliveries")
        await expect(deliveries.get_by_role("listitem")).to_contain_text("Answer 200")
        await press(page, "Send again: Test")
        await eventually(_length(told), until=lambda count: count == 2)
        assert {each["type"] for each in told} == {"webhook.test"}
        await confirm(page, "Change the secret")
        await expect(page.get_by_text("whsec_")).to_be_visible()
        await press(page, "Switch off")
        await expect(page.get_by_role("button", name="Switch on")).to_be_visible()
    [made] = (await owner.must("GET", "/api/webhook-endpoints"))["items"]
    assert (made["enabled"], made["events"]) == (False, ["appointment.created"])
    return f"webhooks/{made['id']}"


def _length(found: list[Any]) -> Any:
    async def look() -> int:
        return len(found)

    return look


async def word_a_message(page: Page, owner: Owner) -> str:
    """Write what cannot be filled in, then what can; see it, keep it, go back; where it is."""
    where = "templates/booked?channel=email&locale=en"
    await open_screen(page, owner, where)
    subject = page.get_by_label("Subject")
    await subject.fill("See you, {{ custommer_name }}")
    await expect(page.get_by_text("line 1:")).to_be_visible()
    await subject.fill("See you, ")
    await press(page, "Put in {{ customer_name }}")
    await expect(subject).to_have_value("See you, {{ customer_name }}")
    preview = page.get_by_role("region", name="Preview")
    await expect(preview.get_by_text("See you, Noor Haddad")).to_be_visible()
    action = preview.frame_locator("iframe").locator("td[bgcolor] a")
    await expect(action).to_be_visible()
    assert await action.evaluate(PAINTED) == "rgb(39, 103, 73)"
    await press(page, "Save")
    await expect(page.get_by_text("Your own words")).to_be_visible()
    await confirm(page, "Back to the standard words")
    await expect(page.get_by_text("Standard words", exact=True)).to_be_visible()
    await expect(subject).not_to_have_value("See you, {{ customer_name }}")
    return where


async def look_at_figures(page: Page, owner: Owner) -> str:
    """One was booked, and nobody came; where that is."""
    staff = await owner.staff()
    service = await owner.service([staff])
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)  # noqa: TID251  # a test's own clock
    made = (await owner.book(service, staff, today)).body
    await owner.must("PUT", f"/api/appointments/{made['id']}/status", {"status": "NO_SHOW"})
    await open_screen(page, owner, "home")
    missed = page.get_by_role("region", name="No-shows")
    await expect(missed).to_contain_text("1 of 1")
    await missed.get_by_text("As a table").click()
    await expect(missed.get_by_role("row").last).to_contain_text("1")
    await expect(page.get_by_role("region", name="Occupancy").get_by_role("row", name="Amira")).to_contain_text(
        "0.5h of"
    )
    return "home"


async def see_a_page_beside_its_editor(page: Page, owner: Owner) -> str:
    """Its colour follows what is chosen; where it is."""
    made = await owner.must("POST", "/api/booking-pages", {"slug": f"studio-{uuid4().hex[:12]}", "title": "Marina"})
    where = f"booking-pages/{made['id']}"
    await open_screen(page, owner, where)
    shown = page.frame_locator(f'iframe[src="/booking/{made["slug"]}"]')
    await expect(shown.get_by_role("heading", name="Marina")).to_be_visible()
    await page.get_by_label("Accent colour").fill("#b91c1c")
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
    await eventually(lambda: shown.locator("html").evaluate(f"() => {accent}"), until=lambda seen: seen == "#b91c1c")
    await page.get_by_label("It is shown").select_option("floating")
    await expect(page.get_by_label("Code for your website")).to_have_value(
        f'<script async src="{owner.url}/embed.js"\n    data-sundial-floating="{made["slug"]}" '
        'data-sundial-label="Book now" data-sundial-color="#b91c1c"></script>'
    )
    return where


async def test_an_owner_uses_every_tool_and_no_screen_breaks_a_rule_of_accessibility(owner: Owner, tab: Tab):
    page = tab.page
    await sign_in(tab, owner, "/home")
    tools = (bring_in_customers, tell_a_system, word_a_message, look_at_figures, see_a_page_beside_its_editor)
    broken: dict[str, Any] = {}
    for tool in tools:
        screen = await tool(page, owner)
        broken[screen] = await violations(page)
    complaints = [each for each in tab.complaints if "422" not in each]  # that is what cannot be filled in
    assert complaints == []
    assert {address.split("/")[2] for address in tab.asked if address.startswith("http")} == {owner.url.split("/")[2]}
    [made] = (await owner.must("GET", "/api/imports"))["items"]
    for screen in (f"imports/{made['id']}", "webhooks", "templates"):
        await open_screen(page, owner, screen)
        broken[screen] = await violations(page)
    assert {screen: found for screen, found in broken.items() if found} == {}
