"""What row-level security has to look like, read from the catalogue of a migrated database."""

from collections.abc import Mapping

import asyncpg

from plumbing.migrations import wall

TABLES = """
SELECT c.relname AS name,
    c.relrowsecurity AS enabled,
    c.relforcerowsecurity AS forced,
    pg_has_role($1, c.relowner, 'MEMBER') AS owned,
    EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'business_id' AND NOT a.attisdropped
    ) AS of_a_business,
    ARRAY(
        SELECT concat_ws(' | ', polname, polpermissive, polcmd,
            CASE polroles WHEN ARRAY[c.relowner] THEN 'owner' WHEN ARRAY[0::oid] THEN 'all' ELSE polroles::text END,
            pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
        FROM pg_policy WHERE polrelid = c.oid ORDER BY polname
    ) AS policies
FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""

ROLE = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = $1"

DEFINERS = """
SELECT proname AS name FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY proname
"""

OF_NO_BUSINESS = {
    "alembic_version": "the newest migration",
    "outbox": "what is to be published next; the envelopes name their business, and nobody reads them for anybody",
    "inbox": "which messages have arrived",
    "users": "people, who may be members of several businesses",
    "sign_in_failures": "counted by the address that was tried, which may be nobody's",
}
"""The tables without a wall, and why."""

BESIDE = {"customers": "found_by_owner | t | r | owner | true"}
"""The policies beside the one. Of customers: a search by an index, in a function that runs as their owner."""

RUNS_AS_OWNER = {"customers_found"}
"""The functions that see past the walls, and so name the business themselves."""


class _Written:
    """Stands where Alembic's operations do, and keeps what they would run."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def execute(self, statement: str) -> None:
        """Keep it."""
        self.statements.append(statement)


async def the_policy(connection: asyncpg.Connection) -> str:
    """The one policy, as the catalogue shows what plumbing's `wall` makes of an empty table."""
    written = _Written()
    wall(written, "walled_like_this")  # pyright: ignore[reportArgumentType]  # of the operations it only executes
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute("CREATE TABLE walled_like_this (business_id uuid)")
        await connection.execute(";".join(written.statements))
        rows = await connection.fetch(TABLES, "postgres")
        return next(row["policies"][0] for row in rows if row["name"] == "walled_like_this")
    finally:
        await transaction.rollback()


async def breaches(connection: asyncpg.Connection, app_role: str, policy: str) -> Mapping[str, str]:
    """What is wrong with the wall of each table, by its name; and with the role, by its own."""
    wrong = {row["name"]: said for row in await connection.fetch(TABLES, app_role) if (said := _wrong(row, policy))}
    if await connection.fetchval(ROLE, app_role):
        wrong[app_role] = "passes by row-level security"
    definers = {row["name"] for row in await connection.fetch(DEFINERS)} - RUNS_AS_OWNER
    return wrong | dict.fromkeys(definers, "runs as its owner: say why in tests/walls/row_security.py")


def _wrong(row: asyncpg.Record, policy: str) -> str:
    if row["owned"]:
        return "belongs to the role that the service runs as"
    if not row["of_a_business"]:
        return "" if row["name"] in OF_NO_BUSINESS else "has no business_id: say why in tests/walls/row_security.py"
    if not row["enabled"]:
        return "has no row-level security"
    if not row["forced"]:
        return "has row-level security, but not for its owner"
    others = [found for found in row["policies"] if found not in (policy, BESIDE.get(row["name"]))]
    if others or policy not in row["policies"]:
        return f"has other policies than the one: {row['policies']}"
    return ""
