"""What a guest meets where a captcha is on, is refused, or is silent, and where no payments are set up."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Route, expect

from plumbing.testing import eventually
from sundial_local.product import Product
from tests.e2e.guest import guest_of
from tests.e2e.inbox import received
from tests.e2e.owner import Owner
from tests.e2e.web.axe import violations
from tests.e2e.web.conftest import LANGUAGES
from tests.e2e.web.visit import DEPOSIT, Visit, booked_by, fill_in, submit
from tests.servers.browser import Tab

SCRIPT = "https://js.hcaptcha.com/1/api.js*"
WIDGET = """
window.hcaptcha = {
  render: (place, { callback }) => {
    const box = Object.assign(document.createElement("button"), { type: "button", textContent: "I am human" });
    box.onclick = () => { box.disabled = true; callback("token-" + crypto.randomUUID()); };
    place.append(box);
    return "0";
  },
  reset: () => { document.querySelector(".captcha button").disabled = false; },
  remove: () => document.querySelector(".captcha button")?.remove(),
};
"""
"""hCaptcha's script, as much of it as the page uses: stubbed at the edge of the network."""


async def widget(route: Route) -> None:
    """What stands in for the script."""
    await route.fulfill(body=WIDGET, content_type="text/javascript")


@dataclass(slots=True)
class Verifier:
    """hCaptcha's verification on this machine: how it answers, and the tokens that it was asked about."""

    success: bool = True
    status: int = 200
    asked: list[str] = field(default_factory=list)

    async def verify(self, request: web.Request) -> web.Response:
        """POST /siteverify."""
        self.asked.append(str((await request.post())["response"]))
        return web.json_response({"success": self.success, "hostname": "localhost"}, status=self.status)


@asynccontextmanager
async def told(product: Product, changed: Mapping[str, str], *without: str) -> AsyncGenerator[None]:
    """booking-public with another environment, and afterwards as it was."""
    process = product.service("booking-public")
    usual = dict(process.env)

    def again(env: Mapping[str, str]) -> None:
        process.stop()
        process.env.clear()
        process.env.update(env)
        process.start()

    again({name: value for name, value in {**usual, **changed}.items() if name not in without})
    try:
        yield
    finally:
        again(usual)


@pytest.fixture
async def verifier(product: Product) -> AsyncGenerator[Verifier]:
    """The product asks for a captcha meanwhile."""
    made, app = Verifier(), web.Application()
    app.router.add_post("/siteverify", made.verify)
    async with TestServer(app) as server:
        keys = {"HCAPTCHA_SITE_KEY": "site", "HCAPTCHA_SECRET": "0xsecret"}
        async with told(product, {**keys, "HCAPTCHA_VERIFY_URL": str(server.make_url("/siteverify"))}):
            yield made


async def test_a_captcha_is_solved_again_until_it_is_taken_and_a_code_takes_its_place_when_it_is_silent(
    owner: Owner, tab: Tab, verifier: Verifier
):
    visit = Visit(tab.page, await guest_of(owner))
    book = tab.page.get_by_role("button", name="Book", exact=True)
    await tab.page.route(SCRIPT, widget)
    await visit.open()
    await visit.choose_time()
    await visit.fill()
    await expect(book).to_be_disabled()
    verifier.success = False
    await visit.press("I am human")
    await book.click()
    await visit.sees("That did not work. Please try it once more.")
    await expect(book).to_be_disabled()
    verifier.success = True
    await visit.press("I am human")
    await book.click()
    await visit.is_booked()
    assert len(verifier.asked) == len(set(verifier.asked)) == 2
    assert tab.complaints == ["Failed to load resource: the server responded with a status of 400 (Bad Request)"]

    # Neither the widget nor its verification answers: a code proves the address.
    await tab.page.unroute(SCRIPT)
    await tab.page.route(SCRIPT, lambda route: route.abort())
    verifier.status = 503
    await visit.press("Book something else")
    await tab.page.reload()
    await visit.choose_time(4)
    lena = f"lena-{uuid4().hex[:8]}@example.com"
    await visit.fill("Lena", lena)
    await visit.sees("The check that you are a person could not be loaded.")
    await book.click()
    await expect(visit.heading("Enter the code from your email")).to_be_focused()
    await tab.page.reload()
    code = tab.page.get_by_role("textbox", name="Code")
    await code.fill("12")
    await visit.press("Confirm")
    await visit.sees("The code has six digits.")
    digits = (await eventually(lambda: codes(owner, lena)))[0]
    await code.fill(f"{(int(digits) + 1) % 1_000_000:06}")
    await visit.press("Confirm")
    await visit.sees("That is not the code. You can try 4 more times.")
    await code.fill(digits)
    await visit.press("Confirm")
    await visit.is_booked()
    assert {made["status"] for made in await booked_by(visit.guest)} == {"CONFIRMED"}


async def test_no_check_of_a_guest_breaks_a_rule_of_accessibility(owner: Owner, tab: Tab, verifier: Verifier):
    page, found = tab.page, {}
    verifier.status = 503
    for language in LANGUAGES:
        await page.route(SCRIPT, widget)
        guest = await guest_of(owner, locale=language)
        await Visit(page, guest).open(f"?service={guest.service_id}")
        await page.locator(".time").nth(3).click()
        await page.locator(".captcha button").wait_for()
        found[language, "captcha"] = await violations(page)
        await page.unroute(SCRIPT)
        await page.route(SCRIPT, lambda route: route.abort())
        await page.reload()
        await page.locator(".captcha .error").wait_for()
        found[language, "silent"] = await violations(page)
        await fill_in(page)
        await submit(page)
        await page.locator("input[autocomplete=one-time-code]").wait_for()
        found[language, "code"] = await violations(page)
        await page.unroute(SCRIPT)
    assert {screen: broken for screen, broken in found.items() if broken} == {}


async def test_without_payments_the_page_says_to_pay_there_and_asks_nobody_else_for_anything(
    owner: Owner, product: Product, tab: Tab
):
    guest, arabic = [await guest_of(owner, service=DEPOSIT, locale=language) for language in LANGUAGES]
    keys = ("STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRETS", "STRIPE_SCRIPT_PATH")
    visit = Visit(tab.page, guest)
    async with told(product, {}, *keys):
        await Visit(tab.page, arabic).open(f"?service={arabic.service_id}")
        await tab.page.locator(".time").nth(3).click()
        await tab.page.locator(".submit .notice").wait_for()
        assert await violations(tab.page) == []
        await visit.open(f"?service={guest.service_id}")
        await visit.choose_time()
        await visit.sees("Online payment is not set up here: pay AED 150 at your visit.")
        assert await violations(tab.page) == []
        await visit.fill()
        await visit.press("Book", exact=True)
        await visit.is_booked()
        await expect(tab.page.get_by_text("Deposit")).to_have_count(0)
    [made] = await booked_by(guest)
    assert made["status"] == "CONFIRMED"
    assert {address.split("/")[2] for address in tab.asked} == {owner.url.split("/")[2]}
    assert tab.complaints == []


async def codes(owner: Owner, to: str) -> list[str]:
    """Those that were sent there: other mails may come before."""
    subjects = [each["subject"] or "" for each in await received(owner, to)]
    return [subject[:6] for subject in subjects if " is your code " in subject]
