"""Claims kept in memory: what is found with them is what a fresh look at the database finds."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from availability.consumers import keep_claims
from availability.queries.slots import Found, TakenTime, Wish, slots_for
from availability.queries.time import Catalogue, catalogue_of
from availability.queries.time_claims import KeptClaims
from contracts.appointments import ClaimDetails, ClaimsChanged
from contracts.ids import BookableId, OwnerId, ServiceId, StaffId, uuid7
from plumbing.db import UnitOfWork
from scheduling.conflicts import OWNER_GRID_RULES
from scheduling.intervals import Interval

from ..make import MONDAY, Studio, at, claims_changed, no_sessions

WEEK = Interval(MONDAY, MONDAY + timedelta(days=7))
HOURS = [{"dayOfWeek": day, "start": "06:00", "end": "22:00"} for day in range(1, 8)]


async def arrive(uow: UnitOfWork, *events: ClaimsChanged) -> None:
    """A batch of events arrives."""
    async with uow.across_businesses() as tx:
        await keep_claims(tx, events)


def some_claims(random: Random, staff: Sequence[UUID]) -> list[ClaimDetails]:
    """None to three pieces of time of somebody within two weeks."""
    starts = [MONDAY + timedelta(minutes=random.randrange(-1440, 14 * 1440, 5)) for _ in range(random.randrange(4))]
    return [
        ClaimDetails(
            bookable_id=BookableId(random.choice(staff)),
            start=start,
            end=start + timedelta(minutes=random.randrange(5, 600, 5)),
        )
        for start in starts
    ]


class Told:
    """Events about a few owners again and again, some of them late."""

    def __init__(self, random: Random, studio: Studio, staff: Sequence[UUID]) -> None:
        self._random = random
        self._studio = studio
        self._staff = staff
        self._owners = [OwnerId(uuid7()) for _ in range(8)]
        self._revision = 5

    def some(self) -> list[ClaimsChanged]:
        """A batch."""
        self._revision += 1
        return [
            ClaimsChanged(
                business_id=self._studio.id,
                revision=self._random.randrange(self._revision - 4, self._revision),
                owner_id=owner,
                claims=some_claims(self._random, self._staff),
            )
            for owner in self._random.sample(self._owners, 3)
        ]


async def a_service(studio: Studio, **changed: Any) -> tuple[ServiceId, list[UUID]]:
    """Three people who offer it."""
    people = [(await studio.staff(name))["id"] for name in ("Amira", "Noor", "Lena")]
    for person in people:
        await studio.must("PUT", f"/api/staff/{person}/hours", {"blocks": HOURS})
    service = await studio.service(staffIds=people, **changed)
    return ServiceId(UUID(service["id"])), [UUID(person) for person in people]


def some_wish(random: Random, service: ServiceId, staff: Sequence[UUID]) -> Wish:
    """Some days, of one or all, so that some windows come again and some do not."""
    first = MONDAY.date() + timedelta(days=random.randrange(3))
    one = random.choice([None, StaffId(random.choice(staff))])
    return Wish(service, one, first, first + timedelta(days=random.choice((0, 6))), None, random.random() < 0.5)


async def found(kept: KeptClaims, studio: Studio, catalogue: Catalogue, wish: Wish) -> Found:
    """What is found with these kept claims."""
    taken = TakenTime(partial(kept.on, studio.id), no_sessions)
    return await slots_for(taken, catalogue, wish, rules=OWNER_GRID_RULES, now=at(0))


@pytest.mark.parametrize("most_bytes", [50_000, 64_000_000], ids=["few kept", "all kept"])
@pytest.mark.parametrize("seed", range(4))
async def test_whatever_arrives_between_searches_they_find_what_a_fresh_one_finds(
    new_studio: Any, uow: UnitOfWork, seed: int, most_bytes: int
):
    random, studio = Random(seed), new_studio()
    services = [await a_service(studio, bufferAfterMinutes=15), await a_service(studio, slotIntervalMinutes=20)]
    told = Told(random, studio, [person for _, staff in services for person in staff])
    async with uow(studio.id) as tx:
        catalogue = await catalogue_of(tx, studio.id)
    processes = [KeptClaims(uow, most_bytes) for _ in range(2)]
    for _ in range(60):
        if random.random() < 0.4:
            await arrive(uow, *told.some())
        wish = some_wish(random, *random.choice(services))
        kept = await found(random.choice(processes), studio, catalogue, wish)
        assert kept == await found(KeptClaims(uow), studio, catalogue, wish)


@pytest.mark.parametrize("seed", range(3))
async def test_searches_while_claims_arrive_leave_nothing_stale(new_studio: Any, uow: UnitOfWork, seed: int):
    random, studio = Random(seed), new_studio()
    service, staff = await a_service(studio)
    told, kept = Told(random, studio, staff), KeptClaims(uow)
    async with uow(studio.id) as tx:
        catalogue = await catalogue_of(tx, studio.id)
    wishes = [some_wish(random, service, staff) for _ in range(6)]
    for _ in range(10):
        arriving = [arrive(uow, *told.some()) for _ in range(3)]
        await asyncio.gather(*arriving, *(found(kept, studio, catalogue, wish) for wish in wishes))
    for wish in wishes:
        assert await found(kept, studio, catalogue, wish) == await found(KeptClaims(uow), studio, catalogue, wish)


async def test_only_the_claims_that_changed_are_read_again(studio: Studio, uow: UnitOfWork):
    kept, (one, other, nobody) = KeptClaims(uow), [uuid7() for _ in range(3)]
    taken = claims_changed(studio.id, bookable=one)
    await arrive(uow, taken, claims_changed(studio.id, bookable=other))
    first = await kept.on(studio.id, [one, other, nobody], WEEK)
    assert [len(first[each]) for each in (one, other, nobody)] == [1, 1, 0]
    moved = claims_changed(studio.id, taken.owner_id, revision=2, bookable=nobody)
    await arrive(uow, moved)
    second = await kept.on(studio.id, [one, other, nobody], WEEK)
    assert [len(second[each]) for each in (one, other, nobody)] == [0, 1, 1]
    assert second[other] is first[other]


async def test_of_others_nothing_is_kept_for_a_business(studio: Studio, new_studio: Any, uow: UnitOfWork):
    kept, bookable, stranger = KeptClaims(uow), uuid7(), new_studio()
    await arrive(uow, claims_changed(studio.id, bookable=bookable))
    assert len((await kept.on(studio.id, [bookable], WEEK))[bookable]) == 1
    assert len((await kept.on(stranger.id, [bookable], WEEK))[bookable]) == 0


async def test_a_version_rises_for_whoever_lost_or_got_a_claim(
    studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection
):
    one, other, third = sorted(uuid7() for _ in range(3))

    async def versions() -> dict[UUID, int]:
        rows = await sql.fetch("SELECT bookable_id, version FROM claim_versions WHERE business_id = $1", studio.id)
        return {row["bookable_id"]: row["version"] for row in rows}

    taken = claims_changed(studio.id, bookable=one, count=2)
    await arrive(uow, taken, claims_changed(studio.id, bookable=third))
    assert await versions() == {one: 1, third: 1}
    await arrive(uow, claims_changed(studio.id, taken.owner_id, revision=2, bookable=other))
    assert await versions() == {one: 2, other: 1, third: 1}
    await arrive(uow, taken, claims_changed(studio.id, taken.owner_id, revision=3, count=0))
    assert await versions() == {one: 2, other: 2, third: 1}


async def test_batches_about_the_same_bookables_do_not_wait_for_each_other_in_a_circle(
    studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection
):
    random, bookables = Random(3), [uuid7() for _ in range(6)]
    for _ in range(10):
        batches = [random.sample(bookables, 4) for _ in range(6)]
        events = [[claims_changed(studio.id, bookable=one) for one in batch] for batch in batches]
        await asyncio.gather(*(arrive(uow, *batch) for batch in events))
    risen = await sql.fetchval("SELECT sum(version) FROM claim_versions WHERE business_id = $1", studio.id)
    assert risen == 10 * 6 * 4
