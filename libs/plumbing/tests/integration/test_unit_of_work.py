"""The unit of work, on a real database."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import ClassVar
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import insert, select

from contracts.envelope import Event
from contracts.ids import BusinessId
from plumbing.db import UnitOfWork
from plumbing.problems import ServiceUnavailable
from plumbing.sqlstates import Contended
from plumbing.testing import eventually
from sundial_local.databases import Database

from .things import NameTaken, create, names, thing, things, unit_of_work

OTHERS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'tests' AND datname = current_database()"


class Happened(Event):
    """Something happened."""

    type: ClassVar[str] = "thing.happened"
    source: ClassVar[str] = "tests"

    @property
    def subject(self) -> UUID:
        """The business."""
        return self.business_id


@pytest.fixture(scope="module")
async def database(new_database: Callable[[str], Database]) -> Database:
    database = new_database("appointments")
    await create(database)
    return database


@pytest.fixture
async def uow(database: Database) -> AsyncGenerator[UnitOfWork]:
    async with unit_of_work(database) as made:
        yield made


@pytest.fixture
async def admin(database: Database, postgres_server: str) -> AsyncGenerator[asyncpg.Connection]:
    connection = await asyncpg.connect(postgres_server.rsplit("/", 1)[0] + "/" + database.app_url.rsplit("/", 1)[1])
    yield connection
    await connection.close()


@pytest.fixture
def business() -> BusinessId:
    return BusinessId(uuid4())


async def test_it_is_committed_when_the_block_ends(uow: UnitOfWork, business: BusinessId, admin: asyncpg.Connection):
    count = "SELECT count(*) FROM things WHERE business_id = $1"
    async with uow(business) as tx:
        tx.insert(things, thing(business, 1))
        await tx.flush()
        assert await admin.fetchval(count, business) == 0
    assert await admin.fetchval(count, business) == 1


async def test_an_error_undoes_everything(uow: UnitOfWork, business: BusinessId):
    with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the block is the transaction
        async with uow(business) as tx:
            tx.insert(things, thing(business, 1))
            await tx.execute(insert(things).values(thing(business, 2)))
            raise ZeroDivisionError
    assert await names(uow, business) == []


async def test_composed_and_direct_statements_share_the_transaction(uow: UnitOfWork, business: BusinessId):
    async with uow(business) as tx:
        tx.insert(things, thing(business, 1, "a"))
        assert await tx.scalar(select(things.c.name)) == "a"
        await tx.execute(insert(things).values(thing(business, 2, "b")))
        tx.update(things, {"business_id": business, "id": 1}, {"name": "c"})
        assert [row["name"] for row in await tx.fetch("SELECT name FROM things ORDER BY id")] == ["c", "b"]


async def test_what_is_written_behind_keeps_its_order(uow: UnitOfWork, business: BusinessId):
    async with uow(business) as tx:
        await tx.execute(select(1))
        for number in (3, 1, 2):
            tx.insert(things, thing(business, number))
        await tx.flush()
        found = await tx.fetch("SELECT id FROM things ORDER BY ctid")
    assert [row["id"] for row in found] == [3, 1, 2]


async def test_rows_that_may_be_refused_are_all_there_or_nothing_is(uow: UnitOfWork, business: BusinessId):
    async with uow(business) as tx:
        tx.insert(things, thing(business, 1, "a"), unless="uq_things_name")
        tx.insert(things, thing(business, 2, "b"), unless="uq_things_name")
    with pytest.raises(Contended):  # noqa: PT012  # the block is the transaction
        async with uow(business) as tx:
            tx.insert(things, thing(business, 3, "b"), unless="uq_things_name")
            tx.insert(things, thing(business, 4, "c"), unless="uq_things_name")
            tx.insert(things, thing(business, 5, "d"))
    assert await names(uow, business) == ["a", "b"]


async def test_what_goes_with_the_next_statement_is_done_before_it(uow: UnitOfWork, business: BusinessId):
    async with uow(business) as tx:
        tx.with_next("SET LOCAL application_name = 'changed'")
        assert (await tx.fetch("SHOW application_name"))[0][0] == "changed"


async def test_a_savepoint_fails_alone_with_its_events(database: Database, business: BusinessId):
    hints: list[str] = []
    async with unit_of_work(database, after_commit=lambda: hints.append("hint")) as uow:
        async with uow(business) as tx:
            tx.insert(things, thing(business, 1))
            for fails_after_writing in (True, False):
                with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the block is the transaction
                    async with tx.savepoint():
                        tx.insert(things, thing(business, 2))
                        tx.emit(Happened(business_id=business, revision=1))
                        if fails_after_writing:
                            await tx.flush()
                        raise ZeroDivisionError
            async with tx.savepoint():
                tx.insert(things, thing(business, 3))
        assert await names(uow, business) == ["thing 1", "thing 3"]
        assert hints == []


async def test_a_broken_constraint_in_a_savepoint_can_be_survived(uow: UnitOfWork, business: BusinessId):
    async with uow(business) as tx:
        tx.insert(things, thing(business, 1, "a"))
        with pytest.raises(NameTaken):
            async with tx.savepoint():
                tx.insert(things, thing(business, 2, "a"))
        tx.insert(things, thing(business, 3, "b"))
    assert await names(uow, business) == ["a", "b"]


async def test_a_hint_follows_a_commit_that_told_events(
    database: Database, business: BusinessId, admin: asyncpg.Connection
):
    hints: list[str] = []
    async with unit_of_work(database, after_commit=lambda: hints.append("hint")) as uow:
        async with uow(business) as tx:
            tx.emit(Happened(business_id=business, revision=1))
            assert hints == []
        with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the block is the transaction
            async with uow(business) as tx:
                tx.emit(Happened(business_id=business, revision=2))
                await tx.flush()
                raise ZeroDivisionError
    assert hints == ["hint"]
    told = await admin.fetch("SELECT body FROM outbox WHERE routing_key = $1", f"thing.happened.{business}")
    assert len(told) == 1


async def test_a_transaction_sees_one_business_only(uow: UnitOfWork):
    mine, theirs = uuid4(), uuid4()
    for business in (mine, theirs):
        async with uow(business) as tx:
            tx.insert(things, thing(business, 1))
    async with uow(mine) as tx:
        assert {row["business_id"] for row in await tx.rows(select(things))} == {mine}
    async with uow.across_businesses() as tx:
        assert {mine, theirs} <= {row["business_id"] for row in await tx.rows(select(things))}


async def test_the_scope_ends_with_the_transaction(database: Database, business: BusinessId):
    async with unit_of_work(database, pool_size=1) as uow:
        async with uow.across_businesses() as tx:
            tx.insert(things, thing(business, 1))
        assert await uow.single("SELECT * FROM things") == []
        assert await names(uow, BusinessId(uuid4())) == []


async def test_a_listed_constraint_is_its_problem_whichever_way_it_is_broken(uow: UnitOfWork, business: BusinessId):
    async with uow(business) as tx:
        tx.insert(things, thing(business, 1, "a"))
    with pytest.raises(NameTaken):
        async with uow(business) as tx:
            tx.insert(things, thing(business, 2, "a"))
    with pytest.raises(NameTaken):
        async with uow(business) as tx:
            await tx.execute(insert(things).values(thing(business, 2, "a")))


async def test_a_constraint_that_is_not_listed_is_a_defect(uow: UnitOfWork, business: BusinessId):
    with pytest.raises(asyncpg.CheckViolationError):
        async with uow(business) as tx:
            await tx.fetch("INSERT INTO things VALUES ($1, 1, '')", business)


async def test_connections_that_the_server_ended_are_replaced(
    uow: UnitOfWork, business: BusinessId, admin: asyncpg.Connection
):
    await asyncio.gather(*(names(uow, business) for _ in range(2)))
    for row in await admin.fetch(OTHERS):
        await admin.execute("SELECT pg_terminate_backend($1, 1000)", row["pid"])
    await asyncio.gather(*(names(uow, business) for _ in range(4)))


async def test_a_connection_that_is_lost_under_way_is_an_outage_and_nothing_is_stored(
    uow: UnitOfWork, business: BusinessId, admin: asyncpg.Connection
):
    with pytest.raises(ServiceUnavailable):  # noqa: PT012  # the block is the transaction
        async with uow(business) as tx:
            tx.insert(things, thing(business, 1))
            await tx.flush()
            for row in await admin.fetch(OTHERS):
                await admin.execute("SELECT pg_terminate_backend($1, 1000)", row["pid"])
    assert await names(uow, business) == []


async def test_a_database_that_is_not_there_is_an_outage(database: Database, business: BusinessId):
    nowhere = Database(database.name, "postgresql://nobody@127.0.0.1:1/none", database.owner_url)
    async with unit_of_work(nowhere) as uow:
        with pytest.raises(ServiceUnavailable):
            await names(uow, business)
        with pytest.raises(ServiceUnavailable):
            await uow.single("SELECT 1")


async def test_a_migration_under_way_is_worth_another_try(database: Database, business: BusinessId):
    owner = await asyncpg.connect(database.owner_url)

    async def read(uow: UnitOfWork) -> None:
        async with uow(business) as tx:
            await tx.fetch("SELECT * FROM things")

    async with unit_of_work(database, pool_size=1) as uow:
        await read(uow)
        await owner.execute("ALTER TABLE things ADD COLUMN color text")
        with pytest.raises(Contended):
            await read(uow)
        await read(uow)
    await owner.close()


async def test_waiting_too_long_for_a_lock_is_contention(uow: UnitOfWork, business: BusinessId):
    async with uow(business) as holder:
        await holder.script("SELECT pg_advisory_xact_lock(1)")
        with pytest.raises(Contended):
            async with uow(business) as tx:
                await tx.script("SET LOCAL lock_timeout = '50ms'; SELECT pg_advisory_xact_lock(1)")
    async with uow(business) as tx:
        await tx.script("SELECT pg_advisory_xact_lock(1)")


async def test_a_full_pool_is_an_outage_not_a_queue_for_ever(database: Database, business: BusinessId):
    async with unit_of_work(database, pool_size=1) as uow, uow(business) as tx:
        await tx.execute(select(1))
        with pytest.raises(ServiceUnavailable):
            await names(uow, business)


async def test_a_cancelled_task_leaves_no_transaction_open(
    database: Database, business: BusinessId, admin: asyncpg.Connection
):
    async def sleep(uow: UnitOfWork) -> None:
        async with uow(business) as tx:
            tx.insert(things, thing(business, 1))
            await tx.fetch("SELECT pg_sleep(60)")

    async def sleeping() -> int:
        return await admin.fetchval("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)'")

    async with unit_of_work(database, pool_size=1) as uow:
        task = asyncio.create_task(sleep(uow))
        await eventually(sleeping)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await names(uow, business) == []


async def test_a_transaction_without_a_statement_takes_no_connection(database: Database, business: BusinessId):
    nowhere = Database(database.name, "postgresql://nobody@127.0.0.1:1/none", database.owner_url)
    async with unit_of_work(nowhere) as uow, uow(business):
        pass
