"""Customers who were two and are one, who are blocked, and who are to be forgotten."""

import asyncio
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from appointments.domain import NotBookable
from appointments.use_cases.book import Booking, book
from appointments.use_cases.customers import NewCustomer
from contracts.appointments import Source
from contracts.offers import OfferRequest
from plumbing.auth import Actor

from ..files import column, done
from ..make import Catalogue, Studio, at

PATH = "/api/customers"
LINA = {"name": "Lina Haddad", "email": "lina.haddad@example.com", "phone": "+971501234567"}


async def merged(studio: Studio, gone: Any, kept: Any) -> Any:
    """What is left of two customers."""
    answer = await studio.client.post(f"{PATH}/{gone}/merge", json={"intoId": kept})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def two(studio: Studio) -> tuple[Any, Any]:
    """Lina, twice, each with an appointment."""
    first = await studio.booked(at(9), customer={"name": "Lina", "phone": LINA["phone"]})
    second = await studio.booked(at(11), customer={"name": "Lina Haddad", "email": LINA["email"]})
    return first, second


async def test_all_of_one_becomes_the_others(studio: Studio):
    first, second = await two(studio)
    await studio.client.put(f"{PATH}/{first['customerId']}", json={"notes": "Left knee."})
    kept = await merged(studio, first["customerId"], second["customerId"])
    assert (kept["name"], kept["email"], kept["phone"]) == tuple(LINA[name] for name in ("name", "email", "phone"))
    assert kept["notes"] == "Left knee."
    moved = await studio.read(first)
    assert (moved["customerId"], moved["customer"]["name"]) == (kept["id"], "Lina Haddad")
    last = (await studio.history(first))[-1]
    assert (last["change"], last["cause"], last["after"]) == ("details", "merge", {"customerId": kept["id"]})
    assert len((await studio.client.get(PATH)).json()["items"]) == 1


async def test_the_old_id_names_who_is_left(studio: Studio):
    first, second = await two(studio)
    third = (await studio.booked(at(13), customer={"name": "L."}))["customerId"]
    await merged(studio, first["customerId"], second["customerId"])
    await merged(studio, second["customerId"], third)
    for old in (first["customerId"], second["customerId"]):
        assert (await studio.client.get(f"{PATH}/{old}")).json()["id"] == third
        assert (await studio.booked(at(15 if old == first["customerId"] else 17), customerId=old))[
            "customerId"
        ] == third


async def test_a_customer_is_not_merged_into_themselves_or_nobody(studio: Studio):
    first, second = await two(studio)
    for into in (first["customerId"], str(studio.id)):
        answer = await studio.client.post(f"{PATH}/{first['customerId']}/merge", json={"intoId": into})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/intoId")
    await merged(studio, first["customerId"], second["customerId"])
    back = await studio.client.post(f"{PATH}/{second['customerId']}/merge", json={"intoId": first["customerId"]})
    assert back.status_code == 422


async def test_who_books_while_two_are_merged_gets_the_one_that_is_left(studio: Studio):
    first, second = await two(studio)
    bookings = [studio.book(at(hour, day=1), customerId=first["customerId"]) for hour in range(9, 15)]
    merge = studio.client.post(f"{PATH}/{first['customerId']}/merge", json={"intoId": second["customerId"]})
    *answers, last = await asyncio.gather(*bookings, merge)
    assert {answer.status_code for answer in answers} == {201}, [answer.text for answer in answers]
    assert last.status_code == 200, last.text
    page = (await studio.client.get(f"{PATH}/{second['customerId']}/appointments")).json()
    assert len(page["items"]) == 8


async def test_two_merges_of_a_pair_against_each_other_leave_one(studio: Studio):
    first, second = await two(studio)
    ids = [first["customerId"], second["customerId"]]
    answers = await asyncio.gather(
        studio.client.post(f"{PATH}/{ids[0]}/merge", json={"intoId": ids[1]}),
        studio.client.post(f"{PATH}/{ids[1]}/merge", json={"intoId": ids[0]}),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert len((await studio.client.get(PATH)).json()["items"]) == 1


async def test_a_blocked_guest_is_refused_and_told_nothing(app: FastAPI, studio: Studio, catalogue: Catalogue):
    made = (await studio.client.post(PATH, json={**LINA, "blocked": True})).json()
    offer = await catalogue.ask(OfferRequest(business_id=studio.id, service_id=studio.service.id, start=at(9)))
    for contact in ({"email": LINA["email"]}, {"phone": LINA["phone"]}):
        guest = Booking(NewCustomer("Guest", **contact), source=Source.PUBLIC)
        with pytest.raises(NotBookable) as refused:
            async with app.state.uow(studio.id) as tx:
                await book(tx, offer, guest, by=Actor("guest"), now=at(8))
        assert "block" not in str(refused.value.body(instance="", trace_id="")).lower()
    assert (await studio.booked(at(9), customer=LINA))["customerId"] == made["id"]


async def test_nobody_is_forgotten_while_something_is_booked(studio: Studio):
    booked = await studio.booked(at(9), customer=LINA)
    path = f"{PATH}/{booked['customerId']}"
    answer = await studio.client.post(f"{path}/erase")
    assert (answer.status_code, answer.json()["code"]) == (409, "CustomerIsBooked")
    await studio.set_status(booked, "CANCELLED", reason="Lina is ill")
    assert (await studio.client.post(f"{path}/erase")).status_code == 204


async def test_no_table_knows_a_forgotten_customer(studio: Studio, sql: asyncpg.Connection):
    booked = await studio.booked(at(9), customer=LINA, notes="Lina Haddad has a bad knee", key="once")
    customer = booked["customerId"]
    await studio.client.put(
        f"{PATH}/{customer}", json={"notes": "Haddad", "marketingConsent": {"given": True, "text": "Dear Ms Haddad?"}}
    )
    await studio.change(booked, notes="Haddad again")
    await studio.set_status(booked, "CANCELLED", reason="Ms Haddad is ill")
    before = (await studio.client.get(f"{PATH}/{customer}")).json()["totals"]
    assert (await studio.client.post(f"{PATH}/{customer}/erase")).status_code == 204
    assert await _tables_with(sql, studio, "haddad", "501234567") == set()
    after = (await studio.client.get(f"{PATH}/{customer}")).json()
    assert (after["name"], after["erased"], after["totals"]) == ("Erased customer", True, before)
    assert (after["email"], after["phone"], after["notes"], after["marketingConsent"]) == (None, None, "", None)
    assert (await studio.client.get(PATH)).json()["items"] == []
    again = await studio.book(at(9), customer=LINA, notes="Lina Haddad has a bad knee", key="once")
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json()["customer"]["name"] == "Erased customer"


async def test_nothing_knows_by_which_names_a_forgotten_customer_was_kept_before(
    studio: Studio, sql: asyncpg.Connection
):
    first = await studio.booked(at(9), customer={"name": "Lina Haddad", "phone": LINA["phone"]}, key="first")
    second = await studio.booked(at(11), customer={"name": "L. H.", "email": LINA["email"]}, key="second")
    await merged(studio, first["customerId"], second["customerId"])
    for made in (first, second):
        await studio.set_status(made, "CANCELLED")
    assert (await studio.client.post(f"{PATH}/{first['customerId']}/erase")).status_code == 204
    assert await _tables_with(sql, studio, "haddad", "501234567") == set()
    for old in (first["customerId"], second["customerId"]):
        assert (await studio.client.get(f"{PATH}/{old}")).json()["name"] == "Erased customer"


@pytest.mark.parametrize("state", ["checked", "applying"])
async def test_a_file_that_is_not_applied_yet_forgets_them_too(
    app: FastAPI, studio: Studio, sql: asyncpg.Connection, state: str
):
    made = (await studio.client.post(PATH, json=LINA)).json()
    rows = "name,email,phone\nLina H.,Lina.Haddad@Example.com,\nLina,,+971 50 123 4567\nOmar,omar@example.com,\n"
    form = {"data": {"kind": "customers"}, "files": {"file": ("people.csv", rows.encode(), "text/csv")}}
    checked = await studio.client.post("/api/imports", **form)
    assert checked.status_code == 201, checked.text
    if state == "applying":
        assert (await studio.client.post(f"/api/imports/{checked.json()['id']}/apply")).status_code == 202
    assert (await studio.client.post(f"{PATH}/{made['id']}/erase")).status_code == 204
    assert await _tables_with(sql, studio, "haddad", "501234567", "50 123 4567") == set()
    assert await _tables_with(sql, studio, "omar") == {"import_rows"}
    applied = await done(app, studio, checked.json(), "apply")
    assert (applied["done"], column(applied, "outcome")) == (3, ["skipped", "failed", "added"])  # one person twice
    assert await _tables_with(sql, studio, "haddad", "501234567", "50 123 4567") == set()


@pytest.mark.parametrize("by", ["id", "contact"])
async def test_nobody_books_for_a_customer_who_is_forgotten_in_the_same_instant(
    studio: Studio, sql: asyncpg.Connection, by: str
):
    made = (await studio.client.post(PATH, json=LINA)).json()
    who = {"customerId": made["id"]} if by == "id" else {"customer": {**LINA, "name": "Somebody"}}
    bookings = [studio.book(at(hour), staff=hour % 3, **who) for hour in range(9, 15)]
    erased, *answers = await asyncio.gather(studio.client.post(f"{PATH}/{made['id']}/erase"), *bookings)
    assert erased.status_code in {204, 409}
    assert {answer.status_code for answer in answers} <= {201, 422}, [answer.text for answer in answers]
    booked = [answer.json()["customer"]["id"] for answer in answers if answer.status_code == 201]
    assert len(booked) == 6 or by == "id"
    named = await sql.fetch(
        "SELECT c.erased_at FROM appointments a JOIN customers c ON c.id = a.customer_id WHERE a.business_id = $1",
        studio.id,
    )
    assert [row["erased_at"] for row in named] == [None] * len(booked)


async def test_an_erasure_waits_for_a_booking_and_is_refused(app: FastAPI, studio: Studio, catalogue: Catalogue):
    made = (await studio.client.post(PATH, json=LINA)).json()
    offer = await catalogue.ask(OfferRequest(business_id=studio.id, service_id=studio.service.id, start=at(9)))
    async with app.state.uow(studio.id) as tx:
        await book(tx, offer, Booking(NewCustomer("Lina", LINA["email"])), by=Actor("member"), now=at(8))
        await tx.flush()
        erasing = asyncio.create_task(studio.client.post(f"{PATH}/{made['id']}/erase"))
        await asyncio.wait({erasing}, timeout=0.3)
        assert not erasing.done()
    assert (await erasing).json()["code"] == "CustomerIsBooked"


async def test_a_forgotten_customer_is_a_new_one_when_they_come_again(studio: Studio):
    booked = await studio.booked(at(9), customer=LINA)
    await studio.client.delete(f"/api/appointments/{booked['id']}")
    assert (await studio.client.post(f"{PATH}/{booked['customerId']}/erase")).status_code == 204
    assert (await studio.book(at(9), customerId=booked["customerId"])).status_code == 422
    assert (await studio.booked(at(9), customer=LINA))["customerId"] != booked["customerId"]


async def test_who_is_forgotten_stays_so_and_cannot_be_changed(studio: Studio):
    made, other = [(await studio.client.post(PATH, json={"name": name})).json()["id"] for name in ("Lina", "Noor")]
    assert (await studio.client.post(f"{PATH}/{made}/erase")).status_code == 204
    after = (await studio.client.get(f"{PATH}/{made}")).json()
    assert (await studio.client.post(f"{PATH}/{made}/erase", headers={"If-Match": '"1"'})).status_code == 204
    assert (await studio.client.get(f"{PATH}/{made}")).json() == after
    for method, path, body in (("PUT", "", {"name": "Lina"}), ("POST", "/merge", {"intoId": other})):
        answer = await studio.client.request(method, f"{PATH}/{made}{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound"), answer.text
        assert "has been erased" in answer.json()["detail"]


async def test_activity_can_lose_what_was_written_and_nothing_else(studio: Studio, sql: asyncpg.Connection):
    await studio.booked(at(9), notes="x")
    for change in ("at = now()", "after = after - 'start'", "actor = '{}'", "change = 'moved'"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await sql.execute(f"UPDATE appointment_activity SET {change} WHERE business_id = $1", studio.id)
    with pytest.raises(asyncpg.RestrictViolationError):
        await sql.execute("DELETE FROM appointment_activity WHERE business_id = $1", studio.id)


async def test_an_export_has_all_that_is_known(studio: Studio):
    booked = await studio.booked(at(9), customer=LINA, notes="Bring a towel")
    await studio.set_status(booked, "CANCELLED", reason="ill")
    answer = await studio.client.get(f"{PATH}/{booked['customerId']}/export")
    assert answer.headers["content-disposition"].startswith("attachment")
    exported = answer.json()
    assert exported["customer"]["email"] == LINA["email"]
    assert [one["id"] for one in exported["appointments"]] == [booked["id"]]
    assert [one["change"] for one in exported["activity"]] == ["created", "cancelled"]
    assert exported["activity"][1]["after"]["cancellationReason"] == "ill"


async def _tables_with(sql: asyncpg.Connection, studio: Studio, *words: str) -> set[str]:
    """The tables that hold any of these words in a row of the business."""
    tables = await sql.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found: set[str] = set()
    for name in (row["tablename"] for row in tables):
        rows = await sql.fetch(
            f"SELECT t::text AS row FROM {name} AS t WHERE t::text LIKE '%' || $1 || '%'", str(studio.id)
        )
        bodies = [row["row"].lower() for row in rows]
        if name == "idempotency_keys":
            kept = await sql.fetch("SELECT body FROM idempotency_keys WHERE business_id = $1", studio.id)
            bodies += [bytes(row["body"] or b"").decode().lower() for row in kept]
        found |= {name for body in bodies if any(word in body for word in words)}
    return found
