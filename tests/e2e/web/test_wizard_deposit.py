"""Deposits in the wizard: every card says what to do next, and the time is kept meanwhile."""

import re

from playwright.async_api import expect

from tests.e2e.guest import guest_of
from tests.e2e.owner import Owner
from tests.e2e.web.visit import CARD, DEPOSIT, Visit, booked_by
from tests.servers.browser import Tab

DECLINED = {
    "4000 0000 0000 0002": "Your bank declined this card",
    "4000 0000 0000 9995": "There is not enough money",
    "4000 0000 0000 0069": "This card has expired",
    "4000 0000 0000 0127": "The security code of this card is wrong",
    "4000 0000 0000 0119": "Your bank could not be asked just now",
    "4242": "This is not a complete card number",
}


async def at_the_till(owner: Owner, tab: Tab) -> Visit:
    """A guest who has booked, and has to pay."""
    visit = Visit(tab.page, await guest_of(owner, service=DEPOSIT))
    await visit.open()
    await visit.choose_time()
    await visit.fill()
    await visit.press("Go on to payment")
    await expect(visit.heading("Pay the deposit")).to_be_focused()
    await tab.page.get_by_label("Card number").wait_for()
    return visit


async def test_a_declined_card_is_followed_by_another_and_the_time_stays(owner: Owner, tab: Tab):
    visit = await at_the_till(owner, tab)
    for card, says in DECLINED.items():
        await visit.pay(card)
        await visit.sees(says)
    await tab.page.reload()
    await visit.pay(CARD)
    await visit.is_booked()
    await visit.sees("Deposit paid: AED 30")
    await visit.sees("To be paid at your visit: AED 120")
    [made] = await booked_by(visit.guest)
    assert made["status"] == "CONFIRMED"
    assert {address.split("/")[2] for address in tab.asked} == {owner.url.split("/")[2]}


async def test_a_bank_that_asks_is_answered_or_asked_again(owner: Owner, tab: Tab):
    visit = await at_the_till(owner, tab)
    await visit.pay("4000 0025 0000 3155")
    await visit.press("Fail")
    await visit.sees("Your bank could not confirm that it is you")
    await visit.press(re.compile("^Pay "))
    await visit.press("Complete")
    await visit.is_booked()


async def test_who_thinks_better_of_it_gives_the_time_back(owner: Owner, tab: Tab):
    visit = await at_the_till(owner, tab)
    await visit.press("Don’t book, choose another time")
    await expect(visit.heading("Choose a time")).to_be_visible()
    assert await booked_by(visit.guest) == []


async def test_what_comes_back_is_said_before_it_is_cancelled(owner: Owner, tab: Tab):
    visit = await at_the_till(owner, tab)
    await visit.pay(CARD)
    await visit.is_booked()
    await tab.page.get_by_role("link", name="Change or cancel").click()
    await visit.sees("You get back AED 30")
    await visit.press("Cancel the appointment")
    await expect(tab.page.get_by_role("dialog")).to_contain_text("You get back AED 30")
    await visit.press("Yes, cancel it")
    await visit.sees("This appointment is cancelled")
    await visit.sees("AED 30 is on its way back to your card")
    await expect(tab.page.get_by_text("To be paid at your visit")).to_have_count(0)
    assert await booked_by(visit.guest) == []
