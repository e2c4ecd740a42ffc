"""Nobody sees another business: not by an id, not past a forgotten condition."""

from collections.abc import Callable

import asyncpg
from sqlalchemy import func, select

from booking_public.tables import booking_pages, businesses_copy, catalogue_copy, metadata, page_slugs, versions
from plumbing.db import UnitOfWork

from ..make import Studio


async def test_every_table_has_its_wall(sql: asyncpg.Connection):
    walled = {
        row["relname"]
        for row in await sql.fetch("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    }
    assert {table.name for table in metadata.sorted_tables if "business_id" in table.c} <= walled


async def test_the_database_hides_every_row_of_another_business(
    studio: Studio, new_studio: Callable[..., Studio], uow: UnitOfWork
):
    await studio.page()
    for table in (booking_pages, page_slugs, businesses_copy, catalogue_copy, versions):
        count = select(func.count()).select_from(table)
        async with uow(new_studio().id) as tx:
            assert await tx.scalar(count) == 0, table.name
        async with uow(studio.id) as tx:
            assert await tx.scalar(count) > 0, table.name


async def test_another_business_s_slug_cannot_be_taken_by_its_row(
    studio: Studio, new_studio: Callable[..., Studio], uow: UnitOfWork
):
    page = await studio.page()
    mine = page_slugs.update().where(page_slugs.c.slug == page["slug"]).values(until=func.now())
    async with uow(new_studio().id) as tx:
        assert (await tx.execute(mine)).rowcount == 0
