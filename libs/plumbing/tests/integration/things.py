"""A table of things behind the wall, for the tests of the unit of work."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

import asyncpg
from alembic.operations import Operations
from sqlalchemy import Column, Integer, MetaData, Table, Text, Uuid

from plumbing.db import UnitOfWork, create_engine
from plumbing.migrations import wall
from plumbing.problems import Problem
from sundial_local.databases import Database

things = Table(
    "things",
    MetaData(),
    Column("business_id", Uuid, primary_key=True),
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
)


class NameTaken(Problem):
    """Somebody has this name."""

    status = 409


class _Statements(list[str]):
    """What `wall` would execute."""

    execute = list.append


async def create(database: Database) -> None:
    """The table, as a migration would make it."""
    statements = _Statements()
    wall(cast(Operations, statements), "things")
    owner = await asyncpg.connect(database.owner_url)
    await owner.execute(
        "CREATE TABLE things (business_id uuid, id int, name text NOT NULL CHECK (name <> ''),"
        " PRIMARY KEY (business_id, id), CONSTRAINT uq_things_name UNIQUE (business_id, name));" + ";".join(statements)
    )
    await owner.close()


@asynccontextmanager
async def unit_of_work(
    database: Database, *, pool_size: int = 2, after_commit: Callable[[], None] = lambda: None
) -> AsyncGenerator[UnitOfWork]:
    """One over the things, which names their constraint."""
    engine = create_engine(database.app_url, name="tests", pool_size=pool_size)
    yield UnitOfWork(engine, constraints={"uq_things_name": NameTaken}, after_commit=after_commit)
    await engine.dispose()


def thing(business_id: UUID, number: int, name: str | None = None) -> dict[str, Any]:
    """A row."""
    return {"business_id": business_id, "id": number, "name": name or f"thing {number}"}


async def names(uow: UnitOfWork, business_id: UUID) -> list[str]:
    """What is stored, by id."""
    async with uow(business_id) as tx:
        return [row["name"] for row in await tx.fetch("SELECT name FROM things ORDER BY id")]
