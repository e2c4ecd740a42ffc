"""The servers that the tests get are real, and what they promise holds."""

from collections.abc import Callable

import aio_pika
import asyncpg
import pytest

from sundial_local.databases import Database, Roles, Server
from sundial_local.layout import Service, state_folder


@pytest.fixture(scope="module")
def database(postgres_server: str) -> Database:
    server = Server(postgres_server, state_folder())
    roles = Roles(Service.ACCOUNTS, "p'assword of the owner", "pass/word", prefix="sundial_test_roles_")
    server.create("sundial_test_roles", roles)
    return server.create("sundial_test_roles", roles)


async def test_a_database_has_the_extensions_that_claims_need(database: Database):
    connection = await asyncpg.connect(database.owner_url)
    found = {row["extname"] for row in await connection.fetch("SELECT extname FROM pg_extension")}
    await connection.close()
    assert {"btree_gist", "pg_trgm"} <= found


async def test_the_runtime_role_reads_and_writes_what_the_owner_made_and_makes_nothing(database: Database):
    owner = await asyncpg.connect(database.owner_url)
    await owner.execute("CREATE TABLE made (id bigint GENERATED ALWAYS AS IDENTITY, x int)")
    await owner.close()
    runtime = await asyncpg.connect(database.app_url)
    assert await runtime.fetchval("INSERT INTO made (x) VALUES (7) RETURNING x") == 7
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await runtime.execute("CREATE TABLE mine ()")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await runtime.execute("DROP TABLE made")
    await runtime.close()


async def test_no_other_role_may_connect(database: Database, postgres_server: str):
    other = Server(postgres_server, state_folder()).create(
        "sundial_test_roles_other", Roles(Service.ACCOUNTS, "a", "b", prefix="sundial_test_roles_other_")
    )
    stranger = f"{other.app_url.rpartition('/')[0]}/sundial_test_roles"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(stranger)


async def test_virtual_hosts_do_not_see_each_other(new_virtual_host: Callable[[], str]):
    first, second = new_virtual_host(), new_virtual_host()
    async with await aio_pika.connect(first) as one, await aio_pika.connect(second) as two:
        await (await one.channel()).declare_queue("jobs", durable=True)
        with pytest.raises(aio_pika.exceptions.ChannelNotFoundEntity):
            await (await two.channel()).declare_queue("jobs", passive=True)
