"""The second wall: what the database itself hides from a session that named no business, or another one."""

from collections.abc import AsyncGenerator
from typing import Any

import asyncpg
import pytest

from sundial_local.databases import Database

from ..make import Browser, an_email

WALLED = ("businesses", "members", "sessions", "refresh_tokens", "invitations", "api_keys")
tables = pytest.mark.parametrize("table", WALLED)


@pytest.fixture
async def app_role(database: Database) -> AsyncGenerator[asyncpg.Connection]:
    """A connection as the service's runtime role."""
    connection = await asyncpg.connect(database.app_url)
    yield connection
    await connection.close()


async def _visible(connection: asyncpg.Connection, table: str, business_id: str = "") -> set[str]:
    async with connection.transaction():
        if business_id:
            await connection.execute("SELECT set_config('app.business_id', $1, true)", business_id)
        return {str(row["business_id"]) for row in await connection.fetch(f"SELECT business_id FROM {table}")}


@tables
async def test_a_session_that_named_no_business_sees_nothing(
    browser: Browser, app_role: asyncpg.Connection, table: str
):
    await _with_everything(browser)
    assert await _visible(app_role, table) == set()


@tables
async def test_a_session_sees_the_business_that_it_named_and_no_other(
    browser: Browser, app_role: asyncpg.Connection, table: str
):
    mine = await _with_everything(browser)
    assert await _visible(app_role, table, mine) == {mine}
    assert await _visible(app_role, table) == set()


async def test_nothing_can_be_written_into_another_business(browser: Browser, app_role: asyncpg.Connection):
    made: Any = await browser.signed_up()
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        await app_role.execute(
            "INSERT INTO members VALUES ($1, gen_random_uuid(), $2, 'owner', NULL, now(), now(), 1, NULL)",
            made["business"]["id"],
            made["user"]["id"],
        )


async def test_every_table_with_a_business_is_walled_for_its_owner_too(sql: asyncpg.Connection):
    rows = await sql.fetch("""
        SELECT relname, relrowsecurity AND relforcerowsecurity AS walled FROM pg_class
        JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'business_id'
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    """)
    assert {row["relname"] for row in rows} >= set(WALLED)
    assert all(row["walled"] for row in rows)


async def test_every_key_of_a_walled_table_begins_with_the_business(sql: asyncpg.Connection):
    rows = await sql.fetch(
        """
        SELECT conname, (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) AS first
        FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid::regclass::text = ANY($1)
    """,
        list(WALLED),
    )
    assert rows
    assert {row["first"] for row in rows} == {"business_id"}


async def _with_everything(browser: Browser) -> str:
    """A business with a row in every table; its id."""
    made = await browser.signed_up()
    await browser.invited(an_email())
    await browser.call("POST", "/api/api-keys", {"name": "Robot", "scopes": ["read"]})
    return made["business"]["id"]
