"""The first wall: row-level security on every table with a business, and a test that notices when it is missing."""

from collections.abc import AsyncGenerator, Callable
from urllib.parse import urlsplit

import asyncpg
import pytest

from sundial_local.databases import Database
from sundial_local.layout import KEEPING
from tests.walls.row_security import TABLES, breaches, the_policy

MUTANTS = {
    "not enabled": "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "not forced": "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY",
    "no policy": "DROP POLICY one_business ON {}",
    "open to all": "DROP POLICY one_business ON {0}; CREATE POLICY one_business ON {0} USING (true)",
    "one more policy": "CREATE POLICY another ON {} USING (true)",
    "owned by the app": 'ALTER TABLE {} OWNER TO "{app}"',
}


@pytest.fixture(params=KEEPING, ids=str)
def migrated(request: pytest.FixtureRequest, new_database: Callable[[str], Database]) -> Database:
    """A service's database, as the migrations made it."""
    return new_database(str(request.param))


@pytest.fixture
def app_role(migrated: Database) -> str:
    """What the service runs as."""
    return urlsplit(migrated.app_url).username or ""


@pytest.fixture
async def admin(migrated: Database, postgres_server: str) -> AsyncGenerator[asyncpg.Connection]:
    """A superuser's connection to that database."""
    connection = await asyncpg.connect(postgres_server.rsplit("/", 1)[0] + "/" + migrated.name)
    yield connection
    await connection.close()


async def test_every_table_of_a_business_is_behind_the_one_policy(admin: asyncpg.Connection, app_role: str):
    assert await breaches(admin, app_role, await the_policy(admin)) == {}


async def test_a_wall_that_is_taken_away_from_any_table_is_noticed(admin: asyncpg.Connection, app_role: str):
    policy = await the_policy(admin)
    tables = [row["name"] for row in await admin.fetch(TABLES, app_role) if row["of_a_business"]]
    assert len(tables) > 1
    for table in tables:
        for name, mutant in MUTANTS.items():
            found = await _with(admin, mutant.format(table, app=app_role), app_role, policy)
            assert found == {table}, (table, name, found)


async def test_a_new_table_without_a_business_is_noticed(admin: asyncpg.Connection, app_role: str):
    found = await _with(admin, "CREATE TABLE forgotten (id uuid)", app_role, await the_policy(admin))
    assert found == {"forgotten"}


async def test_a_new_function_that_runs_as_its_owner_is_noticed(admin: asyncpg.Connection, app_role: str):
    function = "CREATE FUNCTION forgotten() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
    assert await _with(admin, function, app_role, await the_policy(admin)) == {"forgotten"}


async def test_a_role_that_passes_by_is_noticed(admin: asyncpg.Connection, app_role: str):
    found = await _with(admin, f'ALTER ROLE "{app_role}" BYPASSRLS', app_role, await the_policy(admin))
    assert found == {app_role}


async def _with(admin: asyncpg.Connection, mutant: str, app_role: str, policy: str) -> set[str]:
    """What is wrong once this was done, which is undone."""
    transaction = admin.transaction()
    await transaction.start()
    try:
        await admin.execute(mutant)
        return set(await breaches(admin, app_role, policy))
    finally:
        await transaction.rollback()
