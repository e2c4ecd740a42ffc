"""Taking some rows of a queue, on a real database."""

from collections.abc import Callable
from uuid import uuid4

import asyncpg
from sqlalchemy import insert, select, tuple_, update

from plumbing.batches import taken
from sundial_local.databases import Database

from .things import create, thing, things, unit_of_work


async def test_no_more_are_taken_than_asked_for_though_the_table_is_believed_to_be_empty(
    new_database: Callable[[str], Database],
):
    database, business = new_database("appointments"), uuid4()
    await create(database)
    c = things.c
    some = select(c.business_id, c.id).order_by(c.id).limit(2)
    change = update(things).where(tuple_(c.business_id, c.id).in_(taken(some)))
    change = change.values(name=c.name + " taken").returning(c.id)
    owner = await asyncpg.connect(database.owner_url)
    async with unit_of_work(database) as uow:
        async with uow(business) as tx:
            await tx.execute(insert(things), [thing(business, 1)])
        await owner.execute("ANALYZE things")
        async with uow(business) as tx:
            await tx.execute(insert(things), [thing(business, number) for number in range(2, 10)])
        async with uow(business) as tx:
            first = {row["id"] for row in await tx.rows(change)}
            async with uow(business) as beside:
                second = {row["id"] for row in await beside.rows(change)}
    await owner.close()
    assert (first, second) == ({1, 2}, {3, 4})
