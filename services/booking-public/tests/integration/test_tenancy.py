"""Nobody sees another business: not by an id, not past a forgotten condition."""

import asyncpg

from booking_public.tables import metadata


async def test_every_table_has_its_wall(sql: asyncpg.Connection):
    walled = {
        row["relname"]
        for row in await sql.fetch("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    }
    assert {table.name for table in metadata.sorted_tables} <= walled
