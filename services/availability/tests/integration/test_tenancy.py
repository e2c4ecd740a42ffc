"""Nobody sees another business: not by an id, not past a forgotten condition, not with a foreign key."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from sqlalchemy import func, select

from availability.consumers import keep_booking_page, keep_claims
from availability.tables import metadata
from plumbing.db import UnitOfWork
from sundial_local.databases import Database

from ..make import NINE_TO_FIVE, Studio, claims_changed, session_changed
from ..pages import page_changed
from .hours import a_closure, a_season
from .test_time_off import RANGE, off

HOURS = {"blocks": [NINE_TO_FIVE]}
NOT_WORKING: dict[str, Any] = {"blocks": []}


async def filled(studio: Studio, uow: UnitOfWork) -> tuple[Any, Any]:
    """A studio with something in every table; its staff member and service."""
    staff = await studio.staff()
    service = await studio.service(staffIds=[staff["id"]], resourceNeeds=[{"kind": "bed", "quantity": 1}])
    await studio.resource("bed")
    await studio.must("PUT", f"/api/staff/{staff['id']}/hours", HOURS)
    await studio.must("PUT", f"/api/staff/{staff['id']}/overrides/2027-03-02", NOT_WORKING)
    async with uow.across_businesses() as tx:
        await keep_claims(tx, [claims_changed(studio.id), session_changed(studio.id)])
        await keep_booking_page(tx, page_changed(studio.id, f"page-{studio.id}"))
    return staff, service


async def planned(studio: Studio, staff: Any) -> dict[str, str]:
    """A closure, a season and time off: the path of each."""
    made = {
        "/api/closures": a_closure(),
        "/api/seasons": a_season(),
        "/api/time-off": off(staff["id"]),
    }
    return {path: f"{path}/{(await studio.must('POST', path, body))['id']}" for path, body in made.items()}


async def test_another_business_s_ids_name_nothing(studio: Studio, new_studio: Callable[..., Studio], uow: UnitOfWork):
    staff, service = await filled(studio, uow)
    plans = await planned(studio, staff)
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
        ("GET", f"/api/staff/{staff['id']}/overrides", None),
        ("PUT", f"/api/staff/{staff['id']}/overrides/2027-03-02", NOT_WORKING),
        ("DELETE", f"/api/staff/{staff['id']}/overrides/2027-03-02", None),
        *((method, path, body) for path in plans.values() for method, body in (("GET", None), ("DELETE", None))),
        ("PUT", plans["/api/closures"], {"name": "Mine"}),
        ("PUT", plans["/api/seasons"], {"name": "Mine"}),
        ("PUT", plans["/api/time-off"], {"reason": "Mine"}),
    ):
        answer = await stranger.call(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound"), f"{method} {path}"
    for path in ("/api/closures", "/api/seasons", f"/api/time-off?{RANGE}"):
        assert (await stranger.must("GET", path))["items"] == []
        assert len((await studio.must("GET", path))["items"]) == 1
    assert (await stranger.must("GET", "/api/services"))["items"] == []
    assert (await stranger.must("GET", "/api/staff"))["items"] == []
    assert (await stranger.must("GET", "/api/resources"))["items"] == []


async def test_the_database_hides_every_row_of_another_business(
    studio: Studio, new_studio: Callable[..., Studio], uow: UnitOfWork
):
    staff, _ = await filled(studio, uow)
    await planned(studio, staff)
    for table in metadata.sorted_tables:
        count = select(func.count()).select_from(table)
        async with uow(new_studio().id) as tx:
            assert await tx.scalar(count) == 0, table.name
        async with uow(studio.id) as tx:
            assert await tx.scalar(count) > 0, table.name


async def test_a_session_that_names_no_business_sees_nothing(studio: Studio, uow: UnitOfWork, database: Database):
    staff, _ = await filled(studio, uow)
    await planned(studio, staff)
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
