"""Everybody concerned is told: from the call at the gateway to the mail in the inbox."""

from typing import Any
from uuid import uuid4

from plumbing.testing import eventually
from tests.e2e.guest import guest_of
from tests.e2e.inbox import arrives, received
from tests.e2e.owner import Owner, next_week
from tests.servers.browser import Tab

_SHOWN = """(() => {
    const mail = document.getElementById('html').contentDocument;
    const text = mail && mail.body && mail.body.innerText;
    const painted = (one) => getComputedStyle(one).backgroundColor;
    return text ? [text, ...[...mail.querySelectorAll('body, body *')].map(painted)] : [];
})()"""
"""What the mail in the page says, and the background of each part of it."""


def somebody() -> dict[str, str]:
    """A customer whom nobody else is."""
    some = uuid4().int
    return {"name": "Noor", "email": f"noor-{some % 10**12}@example.com", "phone": f"+97150{some % 10**7:07}"}


async def booked(owner: Owner, customer: dict[str, str], hour: int = 9) -> Any:
    staff_id = await owner.staff()
    made = await owner.book(await owner.service([staff_id]), staff_id, next_week(hour), customer=customer)
    assert made.status == 201, made.body
    return made.body


async def test_whoever_is_booked_gets_one_mail_and_one_sms(owner: Owner):
    customer = somebody()
    made = await booked(owner, customer)
    mail = await arrives(owner, customer["email"], "You are booked")
    [attached] = mail["attachments"]
    assert attached["name"] == "appointment.ics"
    assert "Pilates" in mail["text"]
    assert "Pilates" in mail["html"]
    sms = await eventually(lambda: received(owner, customer["phone"]), seconds=20)
    assert [each["channel"] for each in sms] == ["sms"]

    async def sent() -> Any:
        return (await owner.must("GET", "/api/messages", appointmentId=made["id"], status="sent"))["items"]

    listed = await eventually(sent, until=lambda seen: len(seen) == 2)
    assert {(each["channel"], each["recipient"]) for each in listed} == {
        ("email", customer["email"]),
        ("sms", customer["phone"]),
    }
    assert len(await received(owner, customer["email"])) == 1


async def test_each_change_is_told_once(owner: Owner):
    customer = somebody()
    made = await booked(owner, customer)
    await arrives(owner, customer["email"], "You are booked")
    await owner.must("PUT", f"/api/appointments/{made['id']}", {"start": next_week(15).isoformat()})
    await arrives(owner, customer["email"], "Moved")
    await owner.must("PUT", f"/api/appointments/{made['id']}/status", {"status": "CANCELLED"})
    await arrives(owner, customer["email"], "Cancelled")
    assert len(await received(owner, customer["email"])) == 3


async def test_a_mail_is_shown_as_it_looks(owner: Owner, product_url: str, tab: Tab):
    customer = somebody()
    await booked(owner, customer)
    await arrives(owner, customer["email"], "You are booked")
    await tab.open(f"{product_url}/dev/inbox")
    chosen = f"""[...document.querySelectorAll('#list button')]
        .filter((one) => one.innerText.includes('{customer["email"]}')).map((one) => one.click()).length"""
    await eventually(lambda: tab.run(chosen))
    text, *backgrounds = await eventually(lambda: tab.run(_SHOWN))
    assert "Pilates" in text
    assert len(set(backgrounds)) > 1, "its styles are not applied"
    assert tab.complaints == []


async def test_the_business_and_whoever_gives_the_service_are_told(owner: Owner):
    contact, amira = f"studio-{uuid4().hex}@example.com", f"amira-{uuid4().hex}@example.com"
    await owner.must("PUT", "/api/business", {"contactEmail": contact})
    guest = await guest_of(owner)
    await owner.must("PUT", f"/api/staff/{guest.staff_id}", {"email": amira})
    await eventually(lambda: owner.must("GET", "/api/business"), until=lambda seen: seen["contactEmail"] == contact)
    await guest.another().booked(next_week())
    for told in (contact, amira):
        assert "Guest" in (await arrives(owner, told, "Booked"))["text"]


async def test_whoever_is_invited_gets_the_link(owner: Owner):
    email = f"lina-{uuid4().hex}@example.com"
    made = await owner.must("POST", "/api/invitations", {"email": email, "role": "manager"})
    mail = await arrives(owner, email, "You are invited to Studio")
    assert made["acceptUrl"] in mail["text"]
    listed = await eventually(
        lambda: owner.must("GET", "/api/messages", status="sent"), until=lambda seen: seen["items"]
    )
    assert [(each["kind"], each["text"]) for each in listed["items"]] == [("invitation", None)]
