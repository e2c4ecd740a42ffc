"""What is kept of other services' events: in any order, any number of times."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from availability import jobs
from availability.consumers import keep_business, keep_claims
from contracts.accounts import BusinessChanged, BusinessDetails
from contracts.appointments import ClaimsChanged
from contracts.ids import BusinessId, uuid7
from plumbing.db import UnitOfWork

from ..make import Accounts, Studio, at, claims_changed

Keep = Callable[..., Any]


@pytest.fixture
def keep(uow: UnitOfWork) -> Keep:
    """`await keep(event, …)`: a batch of events arrives."""

    async def arrive(*events: ClaimsChanged) -> None:
        async with uow.across_businesses() as tx:
            await keep_claims(tx, events)

    return arrive


async def kept(sql: asyncpg.Connection, business_id: UUID) -> list[tuple[Any, ...]]:
    """Owner and start of the claims that are kept."""
    rows = await sql.fetch(
        "SELECT owner_id, starts_at FROM claims_copy WHERE business_id = $1 ORDER BY owner_id, starts_at", business_id
    )
    return [tuple(row) for row in rows]


def told(event: ClaimsChanged) -> list[tuple[Any, ...]]:
    """The same, as the event has it."""
    return [(event.owner_id, claim.start) for claim in event.claims]


async def test_claims_are_kept_whole(studio: Studio, keep: Keep, sql: asyncpg.Connection):
    event = claims_changed(studio.id, count=2)
    held = [claim.model_copy(update={"expires_at": at(8)}) for claim in event.claims]
    await keep(event.model_copy(update={"claims": held}))
    rows = await sql.fetch("SELECT * FROM claims_copy WHERE business_id = $1 ORDER BY starts_at", studio.id)
    found = [(row["bookable_id"], row["starts_at"], row["ends_at"], row["expires_at"]) for row in rows]
    assert found == [(claim.bookable_id, claim.start, claim.end, claim.expires_at) for claim in held]


async def test_newer_claims_replace_older_ones(studio: Studio, keep: Keep, sql: asyncpg.Connection):
    first = claims_changed(studio.id, count=3)
    second = claims_changed(studio.id, first.owner_id, revision=2)
    await keep(first)
    await keep(second)
    assert await kept(sql, studio.id) == told(second)


async def test_claims_of_the_same_time_can_be_told_again_with_a_new_end(
    studio: Studio, keep: Keep, sql: asyncpg.Connection
):
    first = claims_changed(studio.id)
    longer = [claim.model_copy(update={"end": claim.end + timedelta(hours=1)}) for claim in first.claims]
    await keep(first)
    await keep(first.model_copy(update={"revision": 2, "claims": longer}))
    assert await sql.fetchval("SELECT ends_at FROM claims_copy WHERE business_id = $1", studio.id) == longer[0].end


async def test_an_older_event_that_arrives_late_changes_nothing(studio: Studio, keep: Keep, sql: asyncpg.Connection):
    old = claims_changed(studio.id, count=3)
    new = claims_changed(studio.id, old.owner_id, revision=2)
    await keep(new)
    await keep(old)
    assert await kept(sql, studio.id) == told(new)


async def test_released_claims_stay_released_when_older_news_arrives(
    studio: Studio, keep: Keep, sql: asyncpg.Connection
):
    taken = claims_changed(studio.id)
    await keep(claims_changed(studio.id, taken.owner_id, revision=2, count=0))
    await keep(taken)
    assert await kept(sql, studio.id) == []


async def test_an_event_that_arrives_twice_has_one_effect(studio: Studio, keep: Keep, sql: asyncpg.Connection):
    event = claims_changed(studio.id, count=2)
    await keep(event, event)
    version = await sql.fetchval("SELECT version FROM versions WHERE business_id = $1", studio.id)
    await keep(event)
    assert await kept(sql, studio.id) == told(event)
    assert await sql.fetchval("SELECT version FROM versions WHERE business_id = $1", studio.id) == version


async def test_of_one_owner_the_newest_in_a_batch_counts(studio: Studio, keep: Keep, sql: asyncpg.Connection):
    owner = uuid7()
    events = [claims_changed(studio.id, owner, revision=revision, count=revision % 4) for revision in range(1, 8)]
    Random(7).shuffle(events)
    await keep(*events)
    assert await kept(sql, studio.id) == told(max(events, key=lambda event: event.revision))


async def test_a_batch_of_many_businesses_is_kept_for_each(
    new_studio: Callable[..., Studio], keep: Keep, sql: asyncpg.Connection
):
    studios = [new_studio() for _ in range(5)]
    events = [claims_changed(studio.id, count=number % 3) for number in range(8) for studio in studios]
    await keep(*events)
    for studio in studios:
        expected = sorted(claim for event in events if event.business_id == studio.id for claim in told(event))
        assert await kept(sql, studio.id) == expected
        row = await sql.fetchrow("SELECT * FROM versions WHERE business_id = $1", studio.id)
        assert row["version"] == 1


async def test_owners_released_long_ago_are_forgotten(
    studio: Studio, keep: Keep, uow: UnitOfWork, sql: asyncpg.Connection
):
    long_ago, lately, held = (
        claims_changed(studio.id, count=0),
        claims_changed(studio.id, count=0),
        claims_changed(studio.id),
    )
    await keep(long_ago, lately, held)
    old = [long_ago.owner_id, held.owner_id]
    await sql.execute(
        "UPDATE claim_owners_copy SET changed_at = now() - interval '61 days' WHERE owner_id = ANY($1)", old
    )
    await jobs.purge(uow)
    rows = await sql.fetch("SELECT owner_id FROM claim_owners_copy WHERE business_id = $1", studio.id)
    assert {row["owner_id"] for row in rows} == {lately.owner_id, held.owner_id}


@pytest.fixture
def business(accounts: Accounts) -> BusinessId:
    """A business that has just signed up."""
    return accounts.sign_up()


def business_changed(business_id: BusinessId, revision: int, **changed: str) -> BusinessChanged:
    """What accounts tells."""
    fields = {"name": "Studio", "timezone": "Asia/Dubai", "currency": "AED", "locale": "en", **changed}
    return BusinessChanged(business_id=business_id, revision=revision, business=BusinessDetails(**fields))


async def test_of_a_business_the_newest_news_counts(business: BusinessId, uow: UnitOfWork, sql: asyncpg.Connection):
    for revision, zone in ((2, "Europe/Berlin"), (1, "Asia/Dubai"), (3, "Asia/Tokyo"), (2, "Europe/Berlin")):
        async with uow.across_businesses() as tx:
            await keep_business(tx, business_changed(business, revision, timezone=zone))
    row = await sql.fetchrow("SELECT revision, timezone FROM businesses_copy WHERE business_id = $1", business)
    assert tuple(row) == (3, "Asia/Tokyo")


async def test_republishing_tells_all_of_the_catalogue(studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection):
    staff = await studio.staff()
    service = await studio.service(staffIds=[staff["id"]])
    await studio.must("DELETE", f"/api/services/{service['id']}")
    await sql.execute("DELETE FROM outbox")
    assert await jobs.republish(uow) >= 3
    rows = await sql.fetch(
        "SELECT body::jsonb ->> 'type' AS type, body::jsonb ->> 'revision' AS revision FROM outbox"
        " WHERE body::jsonb ->> 'businessid' = $1 ORDER BY type",
        str(studio.id),
    )
    assert [tuple(row) for row in rows] == [("hours.changed", "1"), ("service.changed", "2"), ("staff.changed", "1")]
