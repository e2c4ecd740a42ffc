"""Who is erased at appointments is forgotten here: no table knows them any more; what was paid is known as before."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from booking_public.clients.captcha import HCaptcha
from booking_public.consumers import let_go_of_customer
from contracts.appointments import CustomerErased
from contracts.ids import BusinessId, CustomerId, uuid7
from contracts.money import Money

from ...desk import Booked, Cards, Stranger
from .conftest import Verifier

START = datetime(2027, 3, 5, 9, tzinfo=UTC)
SARA = {"name": "Zuleikha", "email": "zuleikha@example.com", "phone": "+971509876543"}
CANARIES = ("Zuleikha", "zuleikha", "+971509876543", "arthritis", "Penicillin")

type NewApp = Callable[..., FastAPI]
type StrangerOf = Callable[..., Awaitable[Stranger]]


async def everything(sql: asyncpg.Connection) -> str:
    """All that any table knows."""
    tables = await sql.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    rows = [await sql.fetch(f"SELECT to_jsonb(t)::text AS row FROM {one['tablename']} t") for one in tables]
    return json.dumps([row["row"] for table in rows for row in table])


async def erase(app: FastAPI, business_id: UUID, customer_id: UUID) -> None:
    """What appointments tells, twice."""
    event = CustomerErased(business_id=BusinessId(business_id), revision=2, customer_id=CustomerId(customer_id))
    for _ in range(2):
        async with app.state.uow.across_businesses() as tx:
            await let_go_of_customer(tx, event)


async def business_of(sql: asyncpg.Connection, stranger: Stranger) -> UUID:
    """Whose page it is."""
    return await sql.fetchval("SELECT business_id FROM page_slugs WHERE slug = $1", stranger.page.rsplit("/", 1)[1])


@pytest.fixture
async def app(new_app: NewApp, captcha: HCaptcha, verifier: Verifier) -> FastAPI:
    """A process whose captcha nobody verifies: so a code is on its way."""
    verifier.status = 500
    return new_app(captcha=captcha, payments=Cards())


@pytest.mark.parametrize("is_due", [False, True], ids=["code", "deposit"])
async def test_no_table_knows_a_forgotten_customer(
    app: FastAPI, stranger_of: StrangerOf, booked: Booked, sql: asyncpg.Connection, is_due: bool
):
    stranger = await stranger_of(app, intakeQuestions=[{"label": "Allergies?"}])
    question = (await stranger.client.get(f"{stranger.page}/services")).json()["items"][0]["intakeQuestions"][0]["id"]
    booked.deposit, booked.customer_id = Money(amount=5_000, currency="AED") if is_due else None, CustomerId(uuid7())
    answers = {"notes": "arthritis", "answers": {question: "Penicillin"}}
    made = await stranger.book(START, captchaToken="unsure", customer=SARA, **answers)
    assert made.status_code == 201, made.text
    business_id = await business_of(sql, stranger)
    if is_due:
        await sql.execute(
            "INSERT INTO refunds (business_id, id, deposit_id, amount, currency, reason, state, asked_by, created_at,"
            " looked_at) SELECT business_id, $2, id, 1, currency, 'Zuleikha was ill', 'asked', 'owner', now(), now()"
            " FROM deposits WHERE business_id = $1",
            business_id,
            uuid7(),
        )
    before = await everything(sql)
    assert any(canary in before for canary in CANARIES)
    await erase(app, business_id, booked.customer_id)
    known = await everything(sql)
    assert [canary for canary in CANARIES if canary in known] == []
    row = await sql.fetchrow("SELECT * FROM bookings WHERE business_id = $1", business_id)
    assert (row["start_at"], row["appointment_id"]) == (START, UUID(made.json()["appointment"]["id"]))
    kept = await sql.fetchval("SELECT amount FROM deposits WHERE business_id = $1", business_id)
    assert kept == (5_000 if is_due else None)


async def test_others_are_known_as_before(
    app: FastAPI, stranger_of: StrangerOf, booked: Booked, sql: asyncpg.Connection
):
    first, second = await stranger_of(app), await stranger_of(app)
    booked.customer_id = CustomerId(uuid7())
    mine = {"name": "Noor", "email": "noor.h@example.com"}
    for stranger, hour in ((first, 9), (second, 11)):
        answer = await stranger.book(START.replace(hour=hour), captchaToken="unsure", customer=mine)
        assert answer.status_code == 201
    theirs = await business_of(sql, second)
    own: Any = "SELECT count(*) FROM outbox WHERE routing_key = 'booking.code_requested.' || $1::text"
    await erase(app, await business_of(sql, first), booked.customer_id)
    assert await sql.fetchval(own, str(theirs)) == 1
    assert await sql.fetchval("SELECT count(*) FROM booking_codes WHERE business_id = $1", theirs) == 1
    assert len(await sql.fetchval("SELECT contacts FROM bookings WHERE business_id = $1", theirs)) == 1
