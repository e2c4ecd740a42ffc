"""Strangers book over the gateway: one effect for each key, one winner for each time, and no way around the owner."""

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from plumbing.testing import eventually
from sundial_local.product import Product
from tests.e2e.guest import Guest, guest_of
from tests.e2e.owner import Owner, Reply, next_week


async def appointments(guest: Guest, start: datetime, hours: int = 24) -> list[Any]:
    """What is booked there, as the owner sees it, in any status."""
    wanted = {"rangeStart": start.isoformat(), "rangeEnd": (start + timedelta(hours=hours)).isoformat()}
    found: list[Any] = []
    for status in ("PENDING", "CONFIRMED", "CANCELLED"):
        found += (await guest.owner.must("GET", "/api/appointments", status=status, **wanted))["items"]
    return found


async def test_a_guest_books_without_a_deposit(owner: Owner):
    guest = await guest_of(owner)
    made = await guest.booked(next_week(), notes="By the window")
    assert (made["appointment"]["status"], made["payment"]) == ("CONFIRMED", None)
    assert len(made["manageToken"]) == 43
    assert made["manageUrl"].endswith(made["manageToken"])
    [seen] = await appointments(guest, next_week())
    assert (seen["source"], seen["notes"], seen["customer"]["name"]) == ("public", "By the window", "Sara")
    assert seen["bookingPageId"] == made["appointment"]["bookingPageId"] is not None


async def test_on_a_manual_page_the_owner_has_to_confirm(owner: Owner):
    guest = await guest_of(owner, confirmation="manual")
    first = (await guest.booked(next_week()))["appointment"]
    assert first["status"] == "PENDING"
    assert (await guest.another().book(next_week())).code == "SlotTaken"


async def test_of_fifty_guests_who_want_one_time_one_gets_it_and_the_others_can_have_another(owner: Owner):
    guest = await guest_of(owner)
    replies = await asyncio.gather(*(guest.another().book(next_week()) for _ in range(50)))
    refused = [reply for reply in replies if reply.status == 409]
    assert sorted(reply.status for reply in replies) == [201] + [409] * 49
    assert {reply.code for reply in refused} == {"SlotTaken"}
    alternatives = {one["start"] for reply in refused for one in reply.body["alternatives"]}
    assert all(1 <= len(reply.body["alternatives"]) <= 5 for reply in refused)
    assert all(set(one) <= {"kind", "detail"} for reply in refused for one in reply.body["conflicts"])
    [start, *_] = [one["start"] for one in refused[0].body["alternatives"]]
    assert start in alternatives
    assert (await guest.another().book(datetime.fromisoformat(start))).status == 201


async def test_what_is_held_is_taken_and_cannot_be_lost(owner: Owner):
    guest = await guest_of(owner)
    held = await guest.hold(next_week())
    assert (held.status, held.body["staffId"]) == (201, guest.staff_id)
    replies = await asyncio.gather(
        guest.book(next_week(), holdToken=held.body["holdToken"]),
        *(guest.another().book(next_week()) for _ in range(10)),
    )
    assert [reply.status for reply in replies] == [201] + [409] * 10
    assert len(await appointments(guest, next_week())) == 1


async def test_what_is_given_back_can_be_booked_at_once(owner: Owner):
    guest = await guest_of(owner)
    held = (await guest.hold(next_week())).body
    assert (await guest.another().book(next_week())).status == 409
    path = f"{guest.page}/hold/{held['holdToken']}"
    assert [(await guest.send("DELETE", path)).status for _ in range(2)] == [204, 204]
    assert (await guest.another().book(next_week())).status == 201
    assert (await guest.send("DELETE", f"{guest.page}/hold/{'a' * 43}")).status == 404


async def test_the_same_key_is_the_same_booking(owner: Owner):
    guest, key = await guest_of(owner), str(uuid4())

    async def asked() -> Reply:
        """Whoever waited for the first in vain, as may be where much is going on, asks again."""
        return await eventually(lambda: guest.book(next_week(), key=key), until=lambda reply: reply.status != 409)

    replies = await asyncio.gather(*(asked() for _ in range(5)))
    again = await guest.book(next_week(), key=key)
    assert [reply.status for reply in [*replies, again]] == [201] * 6
    assert all(reply.body == again.body for reply in replies)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(await appointments(guest, next_week())) == 1
    assert (await guest.book(next_week(12), key=key)).code == "IdempotencyKeyReused"


async def test_the_same_key_is_the_same_hold_and_the_same_refusal(owner: Owner):
    guest, key, other = await guest_of(owner), str(uuid4()), str(uuid4())
    first, again = [await guest.hold(next_week(), key=key) for _ in range(2)]
    assert (first.status, first.body) == (again.status, again.body)
    refused = await guest.another().book(next_week(), key=other)
    assert refused.status == 409
    assert (await guest.hold(next_week(13), key=key)).code == "IdempotencyKeyReused"


async def test_without_a_key_nothing_is_done(owner: Owner):
    guest = await guest_of(owner)
    replies = [
        await guest.send("POST", f"{guest.page}/book", guest.order(next_week())),
        await guest.send("POST", f"{guest.page}/hold", guest.wish(next_week())),
    ]
    assert [(reply.status, reply.code) for reply in replies] == [(400, "IdempotencyKeyMissing")] * 2
    assert await appointments(guest, next_week()) == []


async def test_the_price_that_was_shown_counts(owner: Owner):
    guest = await guest_of(owner)
    wrong = await guest.book(next_week(), quotedPrice={"amount": 1, "currency": "AED"})
    assert (wrong.status, wrong.code) == (409, "PriceChanged")
    assert wrong.body["price"] == {"amount": 15000, "currency": "AED"}
    right = await guest.booked(next_week(), quotedPrice={"amount": 15000, "currency": "AED"})
    assert right["appointment"]["price"] == {"amount": 15000, "currency": "AED"}


@pytest.mark.parametrize(
    "smuggled",
    [
        {"price": {"amount": 1, "currency": "AED"}},
        {"status": "CONFIRMED"},
        {"businessId": str(uuid4())},
        {"role": "owner"},
        {"end": "2030-01-01T00:00:00Z"},
        {"deposit": None},
    ],
)
async def test_what_a_guest_must_not_say_is_refused(owner: Owner, smuggled: dict[str, Any]):
    guest = await guest_of(owner, confirmation="manual")
    reply = await guest.book(next_week(), **smuggled)
    assert (reply.status, reply.body["errors"][0]["pointer"]) == (422, f"/{next(iter(smuggled))}")
    assert await appointments(guest, next_week()) == []


async def test_a_guest_is_not_told_how_a_customer_is_called(owner: Owner):
    guest = await guest_of(owner)
    customer = {"name": "Her Real Name", "email": guest.email}
    await owner.must("POST", "/api/customers", customer)
    made = await guest.book(next_week())
    assert "Her Real Name" not in str(made.body)
    [seen] = await appointments(guest, next_week())
    assert seen["customer"]["name"] == "Her Real Name"


async def test_questions_are_answered_as_they_are_asked(owner: Owner):
    questions = [
        {"label": "Your size", "kind": "choice", "options": ["S", "M"], "required": True},
        {"label": "First time", "kind": "checkbox"},
    ]
    guest = await guest_of(owner, intakeQuestions=questions)
    shown = (await guest.send("GET", f"{guest.page}/services")).body
    size, first = [question["id"] for question in shown["items"][0]["intakeQuestions"]]
    missing = await guest.book(next_week())
    wrong = await guest.book(next_week(), answers={size: "XL", str(uuid4()): "?"})
    assert [error["pointer"] for error in missing.body["errors"]] == [f"/answers/{size}"]
    assert f"/answers/{size}" in [error["pointer"] for error in wrong.body["errors"]]
    await guest.booked(next_week(), answers={size: "M", first: True}, notes="Hello")
    [seen] = await appointments(guest, next_week())
    assert seen["notes"] == "Hello\nYour size: M\nFirst time: yes"


async def test_only_what_is_on_the_page_can_be_booked(owner: Owner):
    guest = await guest_of(owner, serviceIds=[], staffIds=[])
    assert (await guest.book(next_week())).body["errors"][0]["pointer"] == "/serviceId"
    unknown = await guest_of(owner)
    reply = await unknown.book(next_week(), serviceId=str(uuid4()))
    assert (reply.status, reply.body["errors"][0]["pointer"]) == (422, "/serviceId")


async def test_a_guest_is_bound_by_the_rules(owner: Owner):
    guest = await guest_of(owner, service={"minNoticeMinutes": 10_000 * 6, "maxAdvanceDays": 365})
    reply = await guest.book(next_week())
    assert (reply.status, reply.code) == (409, "NotBookable")
    assert reply.body["conflicts"][0]["kind"] == "notice"
    assert (await guest.book(next_week(minute=7))).status == 409


async def test_a_guest_sees_moves_and_cancels_by_the_link(owner: Owner):
    guest = await guest_of(owner)
    made = await guest.booked(next_week())
    link = f"/api/public/bookings/{made['manageToken']}"
    seen = (await guest.send("GET", link)).body
    assert seen["appointment"]["id"] == made["appointment"]["id"]
    assert seen["refundIfCancelledNow"] is None
    moved = await guest.send("POST", f"{link}/reschedule", {"start": next_week(14).isoformat()})
    assert (moved.status, moved.body["appointment"]["start"][11:13]) == (200, "14")
    assert (await guest.another().book(next_week())).status == 201
    taken = await guest.send("POST", f"{link}/reschedule", {"start": next_week().isoformat()})
    assert (taken.status, taken.code) == (409, "SlotTaken")
    assert taken.body["alternatives"]
    gone = [await guest.send("POST", f"{link}/cancel") for _ in range(2)]
    assert [(reply.status, reply.body["appointment"]["status"]) for reply in gone] == [(200, "CANCELLED")] * 2
    assert (await guest.send("POST", f"{link}/reschedule", {"start": next_week(15).isoformat()})).code == "AlreadyOver"


async def test_reading_changes_nothing(owner: Owner):
    guest = await guest_of(owner)
    made = await guest.booked(next_week())
    link = f"/api/public/bookings/{made['manageToken']}"
    for path in ("/cancel", "/reschedule"):
        assert (await guest.send("GET", link + path)).status in {404, 405}
    assert (await guest.send("GET", link)).body["appointment"]["status"] == "CONFIRMED"


async def test_outside_the_windows_it_is_too_late(owner: Owner):
    guest = await guest_of(owner, cancelWindowMinutes=60 * 24 * 30, rescheduleWindowMinutes=60 * 24 * 30)
    made = await guest.booked(next_week())
    link = f"/api/public/bookings/{made['manageToken']}"
    late = [
        await guest.send("POST", f"{link}/cancel"),
        await guest.send("POST", f"{link}/reschedule", {"start": next_week(14).isoformat()}),
    ]
    assert [(reply.status, reply.code) for reply in late] == [(409, "TooLate")] * 2
    assert late[0].body["policy"]["cancelWindowMinutes"] == 60 * 24 * 30


async def test_the_calendar_file_follows_the_appointment(owner: Owner):
    guest = await guest_of(owner)
    made = await guest.booked(next_week())
    link = f"/api/public/bookings/{made['manageToken']}"
    before = await calendar(guest, link)
    await guest.send("POST", f"{link}/reschedule", {"start": next_week(14).isoformat()})
    after = await calendar(guest, link)
    uid = f"UID:{made['appointment']['id']}@sundial"
    assert uid in before
    assert uid in after
    assert "SEQUENCE:0" in before
    assert "SEQUENCE:1" in after


async def calendar(guest: Guest, link: str) -> str:
    """The file behind the link."""
    async with guest.owner.session.get(f"{guest.owner.url}{link}/calendar.ics") as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/calendar")
        return await response.text()


async def test_no_link_but_the_right_one_opens_anything(owner: Owner):
    guest = await guest_of(owner)
    made = await guest.booked(next_week())
    held = (await guest.hold(next_week(14))).body["holdToken"]
    token = made["manageToken"]
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), token[:-1], held, "a" * 43, "é" * 43, "x"):
        assert (await guest.send("GET", f"/api/public/bookings/{wrong}")).status == 404
    assert (await guest.send("DELETE", f"{guest.page}/hold/{token}")).status == 404


async def test_slots_are_free_again_when_a_hold_is_given_back(owner: Owner):
    guest = await guest_of(owner)
    held = (await guest.hold(next_week())).body
    await owner.until_listed(guest.service_id, guest.staff_id, next_week(), listed=False)
    await guest.send("DELETE", f"{guest.page}/hold/{held['holdToken']}")
    await owner.until_listed(guest.service_id, guest.staff_id, next_week(), listed=True)


async def test_a_time_is_listed_again_within_two_seconds_of_the_end_of_its_hold(owner: Owner, product: Product):
    guest = await guest_of(owner)
    held = await guest.hold(next_week())
    await owner.until_listed(guest.service_id, guest.staff_id, next_week(), listed=False)
    sql = await asyncpg.connect(product.database_url("appointments", "admin"))
    for table in ("holds", "claims"):
        await sql.execute(
            f"UPDATE {table} SET expires_at = clock_timestamp() WHERE business_id = $1",  # names of ours
            owner.business["id"],
        )
    ended = time.monotonic()
    await sql.close()
    await owner.until_listed(guest.service_id, guest.staff_id, next_week(), listed=True)
    assert time.monotonic() - ended < 2
    late = await guest.book(next_week(), holdToken=held.body["holdToken"])
    assert (late.status, late.body["appointment"]["status"]) == (201, "CONFIRMED")


async def test_the_owner_sees_what_the_guest_did(owner: Owner):
    guest = await guest_of(owner)
    made = await guest.booked(next_week())
    await guest.send("POST", f"/api/public/bookings/{made['manageToken']}/cancel")

    async def history() -> list[tuple[str, str]]:
        path = f"/api/appointments/{made['appointment']['id']}/activity"
        return [(item["actor"]["kind"], item["change"]) for item in (await owner.must("GET", path))["items"]]

    assert await eventually(history) == [("guest", "created"), ("guest", "cancelled")]
