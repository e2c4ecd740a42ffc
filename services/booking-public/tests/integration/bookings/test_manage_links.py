"""The links that notifications puts into what it sends: made anew each time, and only their hashes are kept."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from contracts.ids import WaitingId, uuid7
from contracts.money import Money
from plumbing.failpoints import FailpointReached
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from ...desk import Booked, Cards, Stranger
from ...line import InLine

START = datetime(2027, 3, 3, 9, tzinfo=UTC)
DAY = {"from": "2027-03-03T00:00:00Z", "to": "2027-03-04T00:00:00Z"}
LINK = "/api/public/bookings/"

type NewApp = Callable[..., FastAPI]
type StrangerOf = Callable[..., Awaitable[Stranger]]
type Ask = Callable[[Any], Awaitable[Any]]


@pytest.fixture
async def stranger(new_app: NewApp, stranger_of: StrangerOf) -> Stranger:
    """A guest where deposits are taken."""
    return await stranger_of(new_app(payments=Cards()), locale="ar")


@pytest.fixture
async def business_id(stranger: Stranger, sql: asyncpg.Connection) -> UUID:
    """Whose page it is."""
    return await sql.fetchval("SELECT business_id FROM page_slugs WHERE slug = $1", stranger.page.rsplit("/", 1)[1])


@pytest.fixture
def ask(stranger: Stranger, business_id: UUID, keys: TestKeys) -> Ask:
    """What notifications is answered about an appointment."""
    token = ServiceToken(keys.private_json, audience="booking-public").current()

    async def asked(appointment_id: Any, business: UUID = business_id) -> Any:
        body = {"businessId": str(business), "appointmentId": str(appointment_id)}
        headers = {"Authorization": f"Bearer {token}"}
        answer = await stranger.client.post("/internal/manage-links", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return asked


async def test_only_a_service_that_is_trusted_may_ask(stranger: Stranger, business_id: UUID):
    body = {"businessId": str(business_id), "appointmentId": str(uuid7())}
    assert (await stranger.client.post("/internal/manage-links", json=body)).status_code == 401


async def test_a_link_that_is_sent_is_as_good_as_the_first(stranger: Stranger, ask: Ask):
    booked = (await stranger.book(START)).json()
    links = [await ask(booked["appointment"]["id"]) for _ in range(2)]
    assert {link["locale"] for link in links} == {"ar"}
    tokens = [link["url"].removeprefix("http://test/booking/manage/") for link in links]
    assert len({*tokens, booked["manageToken"]}) == 3
    for token in (booked["manageToken"], *tokens):
        seen = await stranger.client.get(LINK + token)
        assert seen.json()["appointment"]["id"] == booked["appointment"]["id"]


async def test_no_secret_of_a_link_is_kept(stranger: Stranger, ask: Ask, sql: asyncpg.Connection):
    booked = (await stranger.book(START)).json()
    token = (await ask(booked["appointment"]["id"]))["url"].rsplit("/", 1)[1]
    tables = await sql.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for table in tables:
        rows = await sql.fetch(f"SELECT to_jsonb(t) AS row FROM {table['tablename']} t")
        kept = json.dumps([row["row"] for row in rows])
        assert token not in kept
        assert token.encode().hex() not in kept


async def test_nobody_has_a_link_to_what_no_guest_booked(stranger: Stranger, ask: Ask):
    booked = (await stranger.book(START)).json()["appointment"]["id"]
    assert await ask(uuid7()) == {"url": None, "locale": None}
    assert await ask(booked, business=uuid7()) == {"url": None, "locale": None}


@pytest.mark.parametrize("is_due", [False, True])
async def test_a_link_is_there_before_the_guest_has_their_answer(
    stranger: Stranger, booked: Booked, ask: Ask, failing: Callable[[str], None], is_due: bool
):
    booked.deposit = Money(amount=5_000, currency="AED") if is_due else None
    failing("booking_public.after_book")
    with pytest.raises(FailpointReached):
        await stranger.book(START)
    [made] = booked.appointments
    assert (await ask(made))["url"].startswith("http://test/booking/manage/")


async def test_what_is_offered_to_a_guest_who_waits_has_a_link_to_their_wish(
    stranger: Stranger, line: InLine, ask: Ask
):
    body = {"serviceId": stranger.service_id, "customer": {"name": "Sara", "email": "sara@example.com"}, **DAY}
    assert (await stranger.send("/waiting-list", body)).status_code == 201
    made = line.offer(START)
    link = await ask(made.id)
    assert link["locale"] == "ar"
    path = link["url"].replace("http://test/booking/waiting-list/", "/api/public/waiting-list/")
    assert (await stranger.client.get(path)).json()["offer"]["appointment"]["id"] == str(made.id)
    assert (await stranger.client.post(f"{path}/leave")).json()["waiting"]["state"] == "withdrawn"


async def test_what_is_offered_to_whom_the_owner_put_in_line_has_none(stranger: Stranger, line: InLine, ask: Ask):
    body = {"serviceId": stranger.service_id, "customer": {"name": "Sara", "email": "sara@example.com"}, **DAY}
    assert (await stranger.send("/waiting-list", body)).status_code == 201
    [own] = line.wanted
    line.wanted[other := WaitingId(uuid7())] = line.wanted.pop(own)
    made = line.offer(START)
    assert line.offers == {other: made.id}
    assert await ask(made.id) == {"url": None, "locale": None}


async def test_a_link_leads_to_a_document_that_says_nothing_of_its_guest(stranger: Stranger):
    booked = (await stranger.book(START)).json()
    shown = await stranger.client.get(f"/booking/manage/{booked['manageToken']}")
    assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")
    assert "frame-ancestors 'self';" in shown.headers["content-security-policy"]
    assert f'data-slug="{stranger.page.rsplit("/", 1)[1]}"' in shown.text
    assert '<html lang="ar" dir="rtl">' in shown.text
    assert not {"Sara", booked["manageToken"], booked["appointment"]["id"]} & set(shown.text.replace('"', " ").split())
    assert (await stranger.client.get(f"/booking/manage/{'a' * 43}")).status_code == 404
