"""Nobody sees another business: not by an id, not past a forgotten condition, not with a foreign key."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from sqlalchemy import func, select

from availability.consumers import keep_claims
from availability.tables import metadata
from plumbing.db import UnitOfWork
from sundial_local.databases import Database

from ..make import NINE_TO_FIVE, Studio, claims_changed, session_changed

HOURS = {"blocks": [NINE_TO_FIVE]}


async def filled(studio: Studio, uow: UnitOfWork) -> tuple[Any, Any]:
    """A studio with something in every table; its staff member and service."""
    staff = await studio.staff()
    service = await studio.service(staffIds=[staff["id"]], resourceNeeds=[{"kind": "bed", "quantity": 1}])
    await studio.resource("bed")
    await studio.must("PUT", f"/api/staff/{staff['id']}/hours", HOURS)
    async with uow.across_businesses() as tx:
        await keep_claims(tx, [claims_changed(studio.id), session_changed(studio.id)])
    return staff, service


async def test_another_business_s_ids_name_nothing(studio: Studio, new_studio: Callable[..., Studio], uow: UnitOfWork):
    staff, service = await filled(studio, uow)
    stranger = new_studio()
    for method, path, body in (
        ("GET", f"/api/services/{service['id']}", None),
        ("PUT", f"/api/services/{service['id']}", {"name": "Mine"}),
        ("DELETE", f"/api/services/{service['id']}", None),
        ("GET", f"/api/staff/{staff['id']}", None),
        ("PUT", f"/api/staff/{staff['id']}", {"name": "Mine"}),
        ("DELETE", f"/api/staff/{staff['id']}", None),
        ("GET", f"/api/staff/{staff['id']}/hours", None),
        ("PUT", f"/api/staff/{staff['id']}/hours", HOURS),
    ):
        answer = await stranger.call(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound"), f"{method} {path}"
    assert (await stranger.must("GET", "/api/services"))["items"] == []
    assert (await stranger.must("GET", "/api/staff"))["items"] == []
    assert (await stranger.must("GET", "/api/resources"))["items"] == []


async def test_the_database_hides_every_row_of_another_business(
    studio: Studio, new_studio: Callable[..., Studio], uow: UnitOfWork
):
    await filled(studio, uow)
    for table in metadata.sorted_tables:
        count = select(func.count()).select_from(table)
        async with uow(new_studio().id) as tx:
            assert await tx.scalar(count) == 0, table.name
        async with uow(studio.id) as tx:
            assert await tx.scalar(count) > 0, table.name


async def test_a_session_that_names_no_business_sees_nothing(studio: Studio, uow: UnitOfWork, database: Database):
    await filled(studio, uow)
    connection = await asyncpg.connect(database.app_url)
    try:
        for table in metadata.sorted_tables:
            assert await connection.fetchval(f"SELECT count(*) FROM {table.name}") == 0, table.name
    finally:
        await connection.close()


async def test_a_foreign_key_reaches_into_no_other_business(
    studio: Studio, new_studio: Callable[..., Studio], uow: UnitOfWork, sql: asyncpg.Connection
):
    staff, _ = await filled(studio, uow)
    other = new_studio()
    service = await other.service()
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await sql.execute("INSERT INTO staff_services VALUES ($1, $2, $3)", other.id, service["id"], staff["id"])


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}])
async def test_without_a_token_nothing_is_answered(studio: Studio, headers: dict[str, str]):
    del studio.client.headers["Authorization"]
    for path in ("/api/services", "/api/staff", "/api/resources"):
        answer = await studio.client.get(path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")


async def test_a_list_takes_the_same_number_of_statements_whatever_its_length(studio: Studio, statements: list[str]):
    async def count(path: str, expected: int) -> int:
        statements.clear()
        assert len((await studio.must("GET", path))["items"]) == expected
        return len(statements)

    staff = [(await studio.staff())["id"]]
    await studio.service(staffIds=staff, resourceNeeds=[{"kind": "bed", "quantity": 1}])
    few = [await count("/api/services", 1), await count("/api/staff", 1)]
    staff += [(await studio.staff())["id"] for _ in range(49)]
    for _ in range(49):
        await studio.service(staffIds=staff, resourceNeeds=[{"kind": "bed", "quantity": 1}])
    assert [await count("/api/services", 50), await count("/api/staff", 50)] == few
    assert few[0] >= 1
