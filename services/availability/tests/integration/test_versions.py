"""The version of a business rises with everything that a slot answer depends on."""

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from availability.consumers import keep_business, keep_claims
from contracts.accounts import BusinessChanged, BusinessDetails
from plumbing.db import UnitOfWork

from ..make import NINE_TO_FIVE, Studio, a_service, claims_changed

Change = Callable[[Studio, Any, Any], Awaitable[Any]]

CHANGES: dict[str, Change] = {
    "service added": lambda studio, service, staff: studio.service(),
    "service edited": lambda studio, service, staff: studio.must("PUT", f"/api/services/{service}", {"name": "Yoga"}),
    "staff of a service": lambda studio, service, staff: studio.must(
        "PUT", f"/api/services/{service}", {"staffIds": []}
    ),
    "service archived": lambda studio, service, staff: studio.must("DELETE", f"/api/services/{service}"),
    "staff added": lambda studio, service, staff: studio.staff(),
    "staff edited": lambda studio, service, staff: studio.must("PUT", f"/api/staff/{staff}", {"active": False}),
    "staff archived": lambda studio, service, staff: studio.must("DELETE", f"/api/staff/{staff}"),
    "hours set": lambda studio, service, staff: studio.must(
        "PUT", f"/api/staff/{staff}/hours", {"blocks": [NINE_TO_FIVE]}
    ),
}


async def versions(sql: asyncpg.Connection, studio: Studio) -> tuple[int, int]:
    """The version, and that of the catalogue."""
    return tuple(
        await sql.fetchrow("SELECT version, catalogue_version FROM versions WHERE business_id = $1", studio.id)
    )


@pytest.mark.parametrize("change", CHANGES)
async def test_a_change_of_the_catalogue_raises_both_versions(studio: Studio, sql: asyncpg.Connection, change: str):
    staff = (await studio.staff())["id"]
    service = (await studio.service(staffIds=[staff]))["id"]
    version, catalogue_version = await versions(sql, studio)
    await CHANGES[change](studio, service, staff)
    assert await versions(sql, studio) == (version + 1, catalogue_version + 1)


async def test_news_of_the_business_raises_both_versions(studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection):
    await studio.service()
    version, catalogue_version = await versions(sql, studio)
    details = BusinessDetails(name="Studio", timezone="Asia/Tokyo", currency="AED", locale="en")
    async with uow.across_businesses() as tx:
        await keep_business(tx, BusinessChanged(business_id=studio.id, revision=2, business=details))
    assert await versions(sql, studio) == (version + 1, catalogue_version + 1)


async def test_claims_raise_the_version_and_not_the_catalogue_s(
    studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection
):
    await studio.service()
    version, catalogue_version = await versions(sql, studio)
    taken = claims_changed(studio.id)
    for event in (taken, claims_changed(studio.id, taken.owner_id, revision=2, count=0)):
        async with uow.across_businesses() as tx:
            await keep_claims(tx, [event])
        version += 1
        assert await versions(sql, studio) == (version, catalogue_version)


async def test_what_changes_nothing_raises_nothing(studio: Studio, sql: asyncpg.Connection):
    staff = await studio.staff()
    service = await studio.service()
    before = await versions(sql, studio)
    await studio.must("PUT", f"/api/services/{service['id']}", a_service())
    await studio.must("PUT", f"/api/staff/{staff['id']}", {"name": "Amira"})
    await studio.must("PUT", f"/api/staff/{staff['id']}/hours", {"blocks": []})
    assert (
        await studio.call("PUT", f"/api/services/{service['id']}", {"staffIds": [service["id"]]})
    ).status_code == 422
    assert await versions(sql, studio) == before
