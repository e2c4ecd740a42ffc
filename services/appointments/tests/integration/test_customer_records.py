"""Customers by themselves: kept, changed, found again, and what came of their appointments."""

import asyncio
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from plumbing.auth import Role

from ..make import Studio, at

PATH = "/api/customers"
LINA = {"name": "Lina Haddad", "email": "Lina@Example.com", "phone": "+971 50 123 4567"}


async def added(studio: Studio, **fields: Any) -> Any:
    """The body of a customer who has to be added."""
    answer = await studio.client.post(PATH, json={"name": "Somebody", **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def found(studio: Studio, search: str) -> list[str]:
    """The names that a search finds, in its order."""
    answer = await studio.client.get(PATH, params={"search": search})
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


async def test_a_customer_is_kept_as_they_were_added(studio: Studio):
    consent = {"given": True, "text": "May we write to you about offers?"}
    fields = {"locale": "ar-AE", "notes": "Left knee.", "blocked": False}
    made = await added(studio, **LINA, **fields, marketingConsent=consent)
    read = await studio.client.get(f"{PATH}/{made['id']}")
    assert read.headers["etag"] == '"1"'
    totals = read.json().pop("totals")
    assert {name: value for name, value in read.json().items() if name != "totals"} == made
    assert (made["email"], made["phone"]) == ("lina@example.com", "+971501234567")
    assert made["marketingConsent"] == {**consent, "at": made["createdAt"]}
    assert totals == {
        "visits": 0,
        "noShows": 0,
        "cancelled": 0,
        "upcoming": 0,
        "spent": [],
        "lastVisit": None,
        "nextAppointment": None,
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "not an address"),
        ("phone", "0501234567"),
        ("locale", "English!"),
        ("notes", "x" * 5001),
        ("blocked", "yes"),
        ("marketingConsent", {"given": True}),
        ("vip", True),
    ],
)
async def test_what_cannot_be_kept_is_refused_by_its_pointer(studio: Studio, field: str, value: Any):
    answer = await studio.client.post(PATH, json={"name": "Lina", field: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "Invalid")
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{field}")


async def test_an_address_or_a_number_belongs_to_one_customer(studio: Studio):
    lina = await added(studio, **LINA)
    other = await added(studio)
    for fields in ({"email": "LINA@example.com"}, {"phone": "+971501234567"}):
        for answer in (
            await studio.client.post(PATH, json={"name": "X", **fields}),
            await studio.client.put(f"{PATH}/{other['id']}", json=fields),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "CustomerExists")
            assert answer.json()["customerId"] == lina["id"]


async def test_of_many_who_add_one_customer_at_once_one_succeeds(studio: Studio, sql: asyncpg.Connection):
    answers = await asyncio.gather(*(studio.client.post(PATH, json=LINA) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 7]
    assert await sql.fetchval("SELECT count(*) FROM customers WHERE business_id = $1", studio.id) == 1


async def test_what_is_sent_changes_and_null_clears(studio: Studio):
    made = await added(studio, **LINA, notes="Old")
    answer = await studio.client.put(f"{PATH}/{made['id']}", json={"name": "Lina H.", "phone": None, "notes": "New"})
    after = answer.json()
    assert (after["name"], after["email"], after["phone"], after["notes"]) == (
        "Lina H.",
        "lina@example.com",
        None,
        "New",
    )
    assert after["revision"] == 2
    again = await studio.client.put(f"{PATH}/{made['id']}", json={"name": "Lina H."})
    assert again.json() == after


async def test_a_change_from_a_stale_reading_is_refused(studio: Studio):
    made = await added(studio)
    await studio.client.put(f"{PATH}/{made['id']}", json={"notes": "x"})
    stale = await studio.client.put(f"{PATH}/{made['id']}", json={"notes": "y"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"], stale.json()["current"]["notes"]) == (412, "StaleRevision", "x")


async def test_every_consent_is_kept_with_its_words(studio: Studio):
    made = await added(studio, marketingConsent={"given": True, "text": "Offers by email?"})
    path = f"{PATH}/{made['id']}"
    changed = await studio.client.put(path, json={"marketingConsent": {"given": False, "text": "Offers by email?"}})
    assert changed.json()["marketingConsent"]["given"] is False
    exported = (await studio.client.get(f"{path}/export")).json()
    assert [one["given"] for one in exported["consents"]] == [True, False]


async def test_a_consent_may_be_told_of_later_and_the_last_one_counts(studio: Studio):
    said = {"given": True, "text": "On paper?", "at": "2026-01-05T09:00:00Z"}
    made = await added(studio, marketingConsent=said)
    path = f"{PATH}/{made['id']}"
    assert made["marketingConsent"] == said
    assert (await studio.client.put(path, json={"marketingConsent": said})).json() == made
    refused = {"given": False, "text": "By phone?"}
    await studio.client.put(path, json={"marketingConsent": refused})
    older = {"given": True, "text": "At the fair?", "at": "2026-02-01T09:00:00Z"}
    for answer in (await studio.client.put(path, json={"marketingConsent": older}), await studio.client.get(path)):
        assert answer.json()["marketingConsent"]["text"] == "By phone?"
    to_come = {"given": True, "text": "x", "at": "2199-01-01T00:00:00Z"}
    answer = await studio.client.put(path, json={"marketingConsent": to_come})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/marketingConsent/at")


async def test_appointments_to_come_show_a_new_name_and_tell_of_it(studio: Studio, sql: asyncpg.Connection):
    booked = await studio.booked(at(9), customer={"name": "Lena", "email": "lena@example.com"})
    await studio.client.put(f"{PATH}/{booked['customerId']}", json={"name": "Lina"})
    after = await studio.read(booked)
    assert (after["customer"]["name"], after["revision"]) == ("Lina", 2)
    told = await sql.fetchval(
        "SELECT body FROM outbox WHERE routing_key LIKE 'appointment.updated.%' AND body LIKE '%' || $1 || '%'",
        booked["id"],
    )
    assert '"name":"Lina"' in told
    assert [one["change"] for one in await studio.history(booked)] == ["created", "details"]


async def test_totals_tell_what_came_of_the_appointments(studio: Studio):
    customer = (await studio.booked(at(9), customer=LINA))["customerId"]
    ids = [await studio.booked(at(9, day=day), customerId=customer) for day in range(1, 5)]
    await studio.set_status(ids[0], "COMPLETED")
    await studio.set_status(ids[1], "NO_SHOW")
    await studio.set_status(ids[2], "CANCELLED")
    totals = (await studio.client.get(f"{PATH}/{customer}")).json()["totals"]
    assert totals == {
        "visits": 1,
        "noShows": 1,
        "cancelled": 1,
        "upcoming": 2,
        "spent": [{"amount": 15000, "currency": "AED"}],
        "lastVisit": ids[0]["start"],
        "nextAppointment": "2027-03-01T09:00:00Z",
    }


async def test_the_history_is_read_in_pages_the_latest_first(studio: Studio):
    customer = (await studio.booked(at(9), customer=LINA))["customerId"]
    for day in (3, 1, 2):
        await studio.booked(at(9, day=day), customerId=customer)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        query = {"limit": 3, **({"cursor": cursor} if cursor else {})}
        page = (await studio.client.get(f"{PATH}/{customer}/appointments", params=query)).json()
        seen += [item["start"] for item in page["items"]]
        if (cursor := page["nextCursor"]) is None:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 4


async def test_the_list_is_by_name_in_pages(studio: Studio):
    for name in ("Zoe", "amal", "Émile", "Basma"):
        await added(studio, name=name)
    first = (await studio.client.get(PATH, params={"limit": 3})).json()
    rest = (await studio.client.get(PATH, params={"limit": 3, "cursor": first["nextCursor"]})).json()
    assert [item["name"] for item in first["items"] + rest["items"]] == ["amal", "Basma", "Émile", "Zoe"]
    assert rest["nextCursor"] is None
    assert (await studio.client.get(PATH, params={"cursor": "AAAA"})).status_code == 422


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Lina Haddad", "lina"),
        ("Lina Haddad", "hadad"),
        ("Lina Haddad", "LI"),
        ("Lina Haddad", "ha"),
        ("José Núñez", "jose nunez"),
        ("أحمد", "احمد"),
        ("فاطمة الزهراء", "فاطمه"),
        ("هُدى", "هدي"),
        ("محـــمد", "محمد"),
    ],
)
async def test_names_are_found_however_they_are_written(studio: Studio, name: str, typed: str):
    for other in ("Omar Said", "خالد", "Sven Olsson"):
        await added(studio, name=other)
    await added(studio, name=name)
    assert await found(studio, typed) == [name]


async def test_addresses_and_numbers_are_found_by_a_part(studio: Studio):
    await added(studio, **LINA)
    await added(studio, name="Omar", email="omar@example.org", phone="+971559876543")
    assert await found(studio, "123456") == ["Lina Haddad"]
    assert await found(studio, "omar@ex") == ["Omar"]
    assert await found(studio, "٥٠١٢٣٤") == ["Lina Haddad"]
    assert await found(studio, "%_") == []


async def test_staff_read_and_add_customers_and_change_none(studio: Studio):
    made = await added(studio)
    studio.act_as(Role.STAFF, studio.staff[0])
    assert (await studio.client.get(f"{PATH}/{made['id']}")).status_code == 200
    assert (await studio.client.get(f"{PATH}/{made['id']}/appointments")).status_code == 200
    assert (await added(studio, name="Walked in"))["name"] == "Walked in"
    for method, path, body in (
        ("POST", PATH, {"name": "x", "blocked": True}),
        ("PUT", f"{PATH}/{made['id']}", {"name": "x"}),
        ("POST", f"{PATH}/{made['id']}/merge", {"intoId": made["id"]}),
        ("GET", f"{PATH}/{made['id']}/export", None),
        ("POST", f"{PATH}/{made['id']}/erase", None),
    ):
        answer = await studio.client.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "NotAllowed"), path


async def test_another_businesss_customer_does_not_exist(new_studio: Callable[..., Studio]):
    mine, theirs = new_studio(), new_studio()
    other, own = await added(theirs, **LINA), await added(mine)
    for method, path, body in (
        ("GET", "", None),
        ("PUT", "", {"name": "x"}),
        ("GET", "/appointments", None),
        ("POST", "/merge", {"intoId": own["id"]}),
        ("GET", "/export", None),
        ("POST", "/erase", None),
    ):
        answer = await mine.client.request(method, f"{PATH}/{other['id']}{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound"), path
    into = await mine.client.post(f"{PATH}/{own['id']}/merge", json={"intoId": other["id"]})
    assert (into.status_code, into.json()["errors"][0]["pointer"]) == (422, "/intoId")
    assert await found(mine, "lina") == []
    assert (await added(mine, **LINA))["id"] != other["id"]


async def test_a_list_takes_the_same_number_of_statements_whatever_its_length(studio: Studio, statements: list[str]):
    await added(studio)
    statements.clear()
    await studio.client.get(PATH)
    few = len(statements)
    for _ in range(20):
        await added(studio)
    statements.clear()
    await studio.client.get(PATH)
    assert len(statements) == few
