"""When a change of an appointment was committed, by the clock of the database."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import asyncpg

from tests.load.site import Site

When = Callable[[str], Awaitable[datetime]]
"""`when(appointment_id)`: the last time."""

# A deferred trigger is the last that a transaction does before its commit is written to the disk. The services may not
# write to this table, so the trigger does that as the one who made it.
_NOTE = """
CREATE TABLE bench_commits (id uuid PRIMARY KEY, at timestamptz NOT NULL);
CREATE FUNCTION bench_note_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    INSERT INTO bench_commits VALUES (NEW.id, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET at = clock_timestamp();
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER bench_note_commit AFTER UPDATE ON appointments
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bench_note_commit();
"""
_FORGET = """
DROP TRIGGER bench_note_commit ON appointments;
DROP FUNCTION bench_note_commit();
DROP TABLE bench_commits;
"""


@asynccontextmanager
async def commits_noted(site: Site) -> AsyncGenerator[When]:
    """Every change of an appointment is noted until the end of the block."""
    async with site.database("appointments") as connection:
        await connection.execute(_NOTE)
        try:
            yield lambda appointment_id: _when(connection, appointment_id)
        finally:
            await connection.execute(_FORGET)


async def _when(connection: asyncpg.Connection, appointment_id: str) -> datetime:
    noted = await connection.fetchval("SELECT at FROM bench_commits WHERE id = $1", appointment_id)
    assert noted is not None, "no change of this appointment was noted"
    return noted
