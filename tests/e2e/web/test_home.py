"""The owner's first screen: who waits is answered there."""

from datetime import timedelta

from playwright.async_api import Browser, expect

from tests.e2e.web.axe import violations
from tests.e2e.web.days import Day
from tests.e2e.web.screens import come_in, open_screen
from tests.servers.browser import opened


async def test_who_waits_is_confirmed_at_once_and_declined_after_a_question_as_in_the_calendar(
    browser: Browser, day: Day
):
    made: dict[str, str] = {}
    for hours, name in enumerate(("Lena", "Noor"), start=1):
        start, customer = day.nine + timedelta(hours=hours), {"name": name}
        reply = await day.owner.book(day.service, day.first, start, customer=customer, status="PENDING")
        made[name] = reply.body["id"]
    async with opened(browser, locale="en-GB") as tab:
        await come_in(tab, day.owner)
        await open_screen(tab.page, day.owner, "home")
        waiting = tab.page.get_by_role("region", name="Waiting for you")
        await waiting.get_by_role("button", name="Confirm: Lena").click()
        await expect(tab.page.get_by_text("Lena is confirmed")).to_be_visible()
        await waiting.get_by_role("button", name="Decline: Noor").click()
        asked = tab.page.get_by_role("dialog", name="Decline: Noor · Pilates")
        await asked.get_by_role("button", name="Keep it").click()
        await expect(asked).to_have_count(0)
        await waiting.get_by_role("button", name="Decline: Noor").click()
        await asked.get_by_label("Why? The customer is told.").fill("Ill")
        assert await violations(tab.page) == []
        await asked.get_by_role("button", name="Decline", exact=True).click()
        await expect(tab.page.get_by_text("Noor is declined")).to_be_visible()
        await expect(waiting.get_by_text("Nothing waits for you.")).to_be_visible()
        assert tab.complaints == []
    stored = {name: await day.owner.must("GET", f"/api/appointments/{id_}") for name, id_ in made.items()}
    assert stored["Lena"]["status"] == "CONFIRMED"
    assert (stored["Noor"]["status"], stored["Noor"]["cancellationReason"]) == ("CANCELLED", "Ill")
