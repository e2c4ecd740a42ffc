"""What a business wants of its messages."""

from email import message_from_string, policy
from typing import Any

import pytest

from plumbing.auth import Role

from ..make import Studio, an_appointment, created
from ..post import Post

PATH = "/api/notification-settings"


async def test_a_business_that_said_nothing_has_sensible_ones(studio: Studio):
    found = await studio.call("GET", PATH)
    assert found.headers["etag"] == '"1"'
    assert found.json() == {
        "channels": {"email": True, "sms": True, "whatsapp": False},
        "reminderOffsetsMinutes": [1440, 120],
        "quietHours": {"start": "21:00", "end": "08:00"},
        "senderName": None,
        "replyTo": None,
        "notifyEmail": None,
        "muted": [],
        "revision": 1,
    }


async def test_what_is_sent_changes_and_the_rest_stays(studio: Studio):
    await studio.must("PUT", PATH, {"channels": {"sms": False}, "senderName": "Amira at the Studio"})
    after = await studio.must("PUT", PATH, {"quietHours": None})
    assert (after["channels"]["sms"], after["channels"]["email"]) == (False, True)
    assert (after["senderName"], after["quietHours"], after["revision"]) == ("Amira at the Studio", None, 3)
    assert await studio.must("PUT", PATH, {"quietHours": None}) == after


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"reminderOffsetsMinutes": [4]}, "/reminderOffsetsMinutes/0"),
        ({"reminderOffsetsMinutes": list(range(10, 21))}, "/reminderOffsetsMinutes"),
        ({"quietHours": {"start": "21:00", "end": "21:00"}}, "/quietHours"),
        ({"quietHours": {"start": "25:00", "end": "08:00"}}, "/quietHours/start"),
        ({"replyTo": "nobody"}, "/replyTo"),
        ({"replyTo": "a@example.com\r\nBcc: b@example.com"}, "/replyTo"),
        ({"muted": ["nothing"]}, "/muted/0"),
        ({"channels": {"fax": True}}, "/channels/fax"),
        ({"channels": None}, "/channels"),
    ],
)
async def test_what_cannot_be_is_refused(studio: Studio, changes: Any, pointer: str):
    answer = await studio.call("PUT", PATH, changes)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_stale_change_is_refused(studio: Studio):
    await studio.must("PUT", PATH, {"senderName": "One"})
    answer = await studio.call("PUT", PATH, {"senderName": "Two"}, if_match='"1"')
    assert (answer.status_code, answer.json()["current"]["senderName"]) == (412, "One")


async def test_staff_may_look_only(studio: Studio):
    studio.act_as(Role.STAFF)
    assert (await studio.call("GET", PATH)).status_code == 200
    assert (await studio.call("PUT", PATH, {"senderName": "x"})).status_code == 403


async def test_mails_come_from_one_address_in_the_name_of_the_business(studio: Studio, post: Post):
    await studio.known(revision=2, contact_email="hello@studio.example")
    await studio.must("PUT", PATH, {"senderName": 'Amira "the best", <b>'})
    made = await studio.books()
    await studio.send()
    [mail] = await post.to(made.customer.email)
    read = message_from_string(await post.source(mail), policy=policy.default)
    [sender] = read["From"].addresses
    assert (sender.addr_spec, sender.display_name) == ("bookings@sundial.example", 'Amira "the best", <b>')
    assert read["Reply-To"] == "hello@studio.example"
    assert [each.addr_spec for each in read["To"].addresses] == [made.customer.email]


async def test_what_is_muted_or_switched_off_is_not_sent(studio: Studio, post: Post):
    await studio.must("PUT", PATH, {"muted": ["staffBooked"], "channels": {"sms": False}})
    made = an_appointment(studio.id)
    await studio.employs(made.staff_id, f"amira-{studio.id}@example.com")
    await studio.hear(created(made))
    await studio.send()
    assert {(each["kind"], each["channel"]) for each in await studio.messages()} == {("booked", "email")}
