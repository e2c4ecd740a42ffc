"""Strangers who wait: in line once however often they ask, by what their page offers, and offered what is freed."""

import asyncio
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from contracts.ids import uuid7
from plumbing.testing import TestKeys

from ..guests import SARA, Guests
from ..line import full, read
from ..make import Sold, Studio, at, iso

pytestmark = pytest.mark.usefixtures("month_before")


@pytest.fixture
def guests(studio: Studio, keys: TestKeys) -> Guests:
    """Guests of the studio."""
    return Guests(studio, keys)


async def wait(guests: Guests, service: Sold, **fields: Any) -> Any:
    """Ask to get in line: for a seat with `sessionId`, else for that Monday."""
    span = {} if "sessionId" in fields else {"from": iso(at(0)), "to": iso(at(24))}
    body = {"id": str(uuid7()), "serviceId": str(service.id), "customer": SARA, **span, **fields}
    return await guests.ask("/waiting-list", **body)


async def look(guests: Guests, waiting_id: str) -> Any:
    """The wish as a guest may see it."""
    return (await guests.ask(f"/waiting-list/{waiting_id}"))["waiting"]


async def test_a_full_session_is_named_to_a_guest_who_cannot_have_it(studio: Studio, guests: Guests):
    yoga, made = await full(studio)
    refused = (await guests.book(at(9), service=yoga))["refusal"]
    [conflict] = refused["conflicts"]
    assert (conflict["kind"], conflict["sessionId"]) == ("full", made[0]["sessionId"])
    assert conflict.get("appointmentId") is None


async def test_a_guest_in_line_is_offered_the_freed_seat_and_takes_it_by_confirming_it(studio: Studio, guests: Guests):
    yoga, made = await full(studio)
    wish = (await wait(guests, yoga, sessionId=made[0]["sessionId"]))["waiting"]
    assert (wish["state"], wish["appointment"]) == ("waiting", None)
    await studio.set_status(made[0], "CANCELLED")
    offered = await look(guests, wish["id"])
    assert (offered["state"], offered["appointment"]["status"]) == ("offered", "PENDING")
    assert offered["offeredUntil"] == offered["appointment"]["expiresAt"]
    path = f"/bookings/{offered['appointment']['id']}"
    assert (await guests.ask(f"{path}/waiting"))["waiting"] == offered
    taken = await guests.ask(f"{path}/confirm", status="CONFIRMED")
    assert taken["appointment"]["status"] == "CONFIRMED"
    assert (await look(guests, wish["id"]))["state"] == "accepted"


async def test_an_offer_may_be_kept_for_the_owner_to_confirm(studio: Studio, guests: Guests):
    yoga, made = await full(studio)
    wish = (await wait(guests, yoga, sessionId=made[0]["sessionId"]))["waiting"]
    await studio.set_status(made[0], "CANCELLED")
    seat = (await look(guests, wish["id"]))["appointment"]
    kept = (await guests.ask(f"/bookings/{seat['id']}/confirm", status="PENDING"))["appointment"]
    assert (kept["status"], kept["expiresAt"]) == ("PENDING", None)
    assert (await look(guests, wish["id"]))["state"] == "accepted"


async def test_the_same_wish_asked_for_many_times_is_in_line_once(
    studio: Studio, guests: Guests, sql: asyncpg.Connection
):
    one = str(uuid7())
    answers = await asyncio.gather(*(wait(guests, studio.service, id=one) for _ in range(5)))
    assert {answer["waiting"]["id"] for answer in answers} == {one}
    assert await sql.fetchval("SELECT count(*) FROM waiting_list WHERE business_id = $1", studio.id) == 1


async def test_who_leaves_frees_what_was_offered_and_may_leave_again(studio: Studio, guests: Guests):
    yoga, made = await full(studio, seats=2)
    first = (await wait(guests, yoga, sessionId=made[0]["sessionId"]))["waiting"]
    noor = {"name": "Noor", "email": "noor@example.com"}
    second = (await wait(guests, yoga, sessionId=made[0]["sessionId"], customer=noor))["waiting"]
    await studio.set_status(made[0], "CANCELLED")
    for _ in range(2):
        left = await guests.ask(f"/waiting-list/{first['id']}/withdraw")
        assert left["waiting"]["state"] == "withdrawn"
    assert (await look(guests, second["id"]))["state"] == "offered"


async def test_only_whom_the_page_offers_is_offered(studio: Studio, guests: Guests):
    only = [str(studio.staff[1])]
    wish = (await wait(guests, studio.service, staffIds=only))["waiting"]
    others = await studio.booked(at(9), staff=0)
    await studio.set_status(others, "CANCELLED")
    assert (await look(guests, wish["id"]))["state"] == "waiting"
    ours = await studio.booked(at(10), staff=1)
    await studio.set_status(ours, "CANCELLED")
    assert (await look(guests, wish["id"]))["appointment"]["staffId"] == only[0]


async def test_a_session_that_the_page_does_not_offer_is_none(studio: Studio, guests: Guests):
    yoga, made = await full(studio)
    session = made[0]["sessionId"]
    for fields in (
        {"sessionId": session, "staffIds": [str(studio.staff[2])]},
        {"sessionId": str(uuid7())},
    ):
        answer = await wait(guests, yoga, **fields)
        assert (answer["waiting"], answer["unknown"]) == (None, ["sessionId"])
    assert (await wait(guests, studio.service, sessionId=session))["unknown"] == ["sessionId"]


async def test_what_is_in_the_way_is_said(studio: Studio, guests: Guests):
    yoga, made = await full(studio)
    session = made[0]["sessionId"]
    await wait(guests, yoga, sessionId=session)
    assert (await wait(guests, yoga, sessionId=session))["refused"] == "AlreadyWaiting"
    seated = {"name": "Lea", "email": "lea@example.com"}
    await studio.set_status(made[0], "CANCELLED")  # Sara is offered it
    other, rest = await full(studio, hour=12)
    await studio.set_status(rest[0], "CANCELLED")
    assert (await wait(guests, other, sessionId=rest[0]["sessionId"], customer=seated))["refused"] == "SeatsLeft"
    await guests.book(at(12), service=other, customer=seated)
    again = await wait(guests, other, sessionId=rest[0]["sessionId"], customer=seated)
    assert again["refused"] == "AlreadyInSession"


async def test_who_is_blocked_waits_for_nothing(studio: Studio, guests: Guests):
    made = (await guests.book(at(9)))["appointment"]
    blocked = await studio.client.put(f"/api/customers/{made['customerId']}", json={"blocked": True})
    assert blocked.status_code == 200
    assert (await wait(guests, studio.service))["refused"] == "NotBookable"


async def test_who_is_blocked_elsewhere_may_wait_here(
    studio: Studio, guests: Guests, new_studio: Callable[..., Studio], keys: TestKeys
):
    elsewhere = new_studio()
    made = (await Guests(elsewhere, keys).book(at(9)))["appointment"]
    await elsewhere.client.put(f"/api/customers/{made['customerId']}", json={"blocked": True})
    assert (await wait(Guests(elsewhere, keys), elsewhere.service))["refused"] == "NotBookable"
    assert (await wait(guests, studio.service))["waiting"]["state"] == "waiting"


async def test_a_service_that_is_none_is_said_so(studio: Studio, guests: Guests):
    answer = await guests.ask(
        "/waiting-list",
        **{"id": str(uuid7()), "serviceId": str(uuid7()), "customer": SARA, "from": iso(at(0)), "to": iso(at(24))},
    )
    assert answer["unknown"] == ["serviceId"]


async def test_another_business_s_wish_is_none(studio: Studio, guests: Guests, sql: asyncpg.Connection):
    wish = (await wait(guests, studio.service))["waiting"]
    body = {"businessId": str(uuid7())}
    answer = await guests.ask(f"/waiting-list/{wish['id']}", **body)
    assert answer["waiting"] is None
    assert (await read(studio, wish))["state"] == "waiting"
