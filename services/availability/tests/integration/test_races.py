"""Two changes at once: each sees the other's, and neither is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from availability.consumers import keep_claims
from availability.use_cases.edit_service import edit_service
from contracts.appointments import ClaimsChanged
from contracts.ids import ServiceId
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.testing import eventually

from ..make import Studio, claims_changed

_WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database() AND usename <> current_user
"""


async def meanwhile(
    sql: asyncpg.Connection, uow: UnitOfWork, studio: Studio, service: Any, change: Callable[[], Awaitable[Any]]
) -> Any:
    """What `change` answers when it has to wait for somebody who takes all staff from the service."""
    async with uow(studio.id) as tx:
        service_id = ServiceId(UUID(service["id"]))
        await edit_service(tx, studio.id, service_id, {"staff_ids": []}, now=utc_now())
        waiting = asyncio.ensure_future(change())
        await eventually(lambda: sql.fetchval(_WAITING))
    return await waiting


async def test_a_change_that_had_to_wait_is_made_to_what_the_other_left(
    studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection
):
    staff = await studio.staff()
    service = await studio.service(staffIds=[staff["id"]])
    path = f"/api/services/{service['id']}"
    answer = await meanwhile(sql, uow, studio, service, lambda: studio.must("PUT", path, {"name": "Yoga"}))
    assert (answer["staffIds"], answer["revision"]) == ([], 3)
    assert await studio.must("GET", path) == answer


async def test_staff_can_go_while_their_service_is_changed(studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection):
    staff, other = await studio.staff(), await studio.staff()
    service = await studio.service(staffIds=[staff["id"], other["id"]])
    await meanwhile(sql, uow, studio, service, lambda: studio.must("DELETE", f"/api/staff/{staff['id']}"))
    assert (await studio.must("GET", f"/api/services/{service['id']}"))["staffIds"] == []


async def test_no_service_names_staff_who_left_at_the_same_moment(studio: Studio):
    for _ in range(5):
        staff = (await studio.staff())["id"]
        services = [(await studio.service())["id"] for _ in range(4)]
        answers = await asyncio.gather(
            *(studio.call("PUT", f"/api/services/{one}", {"staffIds": [staff]}) for one in services),
            studio.call("DELETE", f"/api/staff/{staff}"),
        )
        assert {answer.status_code for answer in answers} <= {200, 204, 422}
        assert all(staff not in one["staffIds"] for one in (await studio.must("GET", "/api/services"))["items"])


async def test_consumers_side_by_side_keep_the_newest_of_the_same_owners(
    studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection
):
    async def keep(batch: list[ClaimsChanged]) -> None:
        async with uow.across_businesses() as tx:
            await keep_claims(tx, batch)

    owners = [claims_changed(studio.id).owner_id for _ in range(40)]
    events = [claims_changed(studio.id, owner, revision=revision) for owner in owners for revision in range(1, 11)]
    Random(7).shuffle(events)
    await asyncio.gather(*(keep(events[start::8]) for start in range(8)))
    rows = await sql.fetch("SELECT owner_id, bookable_id FROM claims_copy WHERE business_id = $1", studio.id)
    newest = {(one.owner_id, one.claims[0].bookable_id) for one in events if one.revision == 10}
    assert {tuple(row) for row in rows} == newest
    assert len(rows) == len(owners)
