"""Two businesses with things of the same ids: every statement that forgets its business finds, or changes, a twin.

Ids are unique in the world, so that a statement without a condition on the business would hardly ever be noticed: it
still finds what it looks for by its id. In a database of its own a test may give the other business a copy of
everything, with the same ids and other words in it.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import asyncpg

MARK = "of the twin"
"""What all words of the twin end with."""

_TABLES = """
SELECT c.relname AS name,
    ARRAY(
        SELECT a.attname FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum
    ) AS columns,
    ARRAY(
        SELECT a.attname FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            AND a.atttypid = 'text'::regtype AND NOT EXISTS (
                SELECT FROM pg_constraint k
                WHERE k.conrelid = c.oid AND k.contype IN ('c', 'p') AND a.attnum = ANY (k.conkey)
            )
    ) AS words
FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'alembic_version'
ORDER BY c.relname
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `words` are its columns of free text."""

    name: str
    columns: Sequence[str]
    words: Sequence[str]

    @property
    def of_a_business(self) -> bool:
        """Whether its rows belong to one."""
        return "business_id" in self.columns

    @property
    def listed(self) -> str:
        """Its columns."""
        return ", ".join(self.columns)


class Twins:
    """What there is of two businesses, kept in a schema of its own and put back before every step of a probe."""

    def __init__(self, admin: asyncpg.Connection, mine: UUID, theirs: UUID) -> None:
        self._admin = admin
        self.mine = mine
        self.theirs = theirs
        self._restore = ""
        self._lock = ""
        self._look = ""
        self._kept: Mapping[str, str] = {}

    async def keep(self, poisoned: Mapping[str, Sequence[Mapping[str, str]]], *, alone: Sequence[str] = ()) -> None:
        """Keep what there is now, and a twin of all that is mine.

        `poisoned`: SQL for columns of the twin, by table and column; as many rows as there are ways, where they differ
        in the key. `alone`: tables whose rows have no twin.
        """
        tables = [Table(row["name"], row["columns"], row["words"]) for row in await self._admin.fetch(_TABLES)]
        await self._admin.execute("SET session_replication_role = replica; CREATE SCHEMA kept")
        for table in tables:
            await self._copy(table, () if table.name in alone else poisoned.get(table.name, ({},)))
        self._restore = ";".join(self._put_back(table) for table in tables)
        self._lock = ";".join(
            f"PERFORM FROM public.{table.name} WHERE business_id = '{self.theirs}' FOR UPDATE"
            for table in tables
            if table.of_a_business
        )
        self._look = " UNION ALL ".join(self._digest(table) for table in tables if table.of_a_business)
        await self.restore()
        self._kept = await self.digests()

    async def restore(self) -> None:
        """As it was when it was kept."""
        await self._admin.execute(self._restore)

    @asynccontextmanager
    async def held(self, *, locked: bool = True) -> AsyncGenerator[None]:
        """Restore all, and hold a lock on every row of the other business: whoever wants one waits in vain."""
        await self.restore()
        async with self._admin.transaction():
            if locked:
                await self._admin.execute(f"DO $do$ BEGIN {self._lock}; END $do$")
            yield

    async def digests(self) -> Mapping[str, str]:
        """What is stored of the other business: a digest, by table."""
        return {row["name"]: row["digest"] for row in await self._admin.fetch(self._look, self.theirs)}

    async def changed(self) -> list[str]:
        """The tables in which something of the other business has changed."""
        seen = await self.digests()
        return [name for name, digest in self._kept.items() if seen[name] != digest]

    async def told(self) -> list[tuple[str, str]]:
        """The events of the step."""
        return [(row["routing_key"], row["body"]) for row in await self._admin.fetch("TABLE outbox")]

    async def without_a_twin(self) -> list[str]:
        """The tables of a business in which there is nothing of the other's."""
        return [name for name, digest in self._kept.items() if digest == ""]

    async def _copy(self, table: Table, ways: Sequence[Mapping[str, str]]) -> None:
        kept = f"kept.{table.name}"
        await self._admin.execute(f"CREATE TABLE {kept} (LIKE public.{table.name} INCLUDING ALL)")
        insert = f"INSERT INTO {kept} ({table.listed}) OVERRIDING SYSTEM VALUE SELECT "  # names only
        if not table.of_a_business:
            if table.name not in ("outbox", "inbox"):
                await self._admin.execute(f"{insert} {table.listed} FROM public.{table.name}")
            return
        own = f"{insert} {table.listed} FROM public.{table.name} WHERE business_id = $1"
        await self._admin.execute(own, self.theirs)
        marked = {"business_id": f"'{self.theirs}'::uuid", **{word: f"{word} || ' {MARK}'" for word in table.words}}
        for way in ways:
            values = {**marked, **way}
            columns = ", ".join(values.get(column, column) for column in table.columns)
            twin = f"{insert} {columns} FROM public.{table.name} WHERE business_id = $1 ON CONFLICT DO NOTHING"
            await self._admin.execute(twin, self.mine)
        await self._admin.execute(own, self.mine)

    def _put_back(self, table: Table) -> str:
        return (
            f"DELETE FROM public.{table.name};"  # names only
            f"INSERT INTO public.{table.name} ({table.listed}) OVERRIDING SYSTEM VALUE "
            f"SELECT {table.listed} FROM kept.{table.name}"
        )

    def _digest(self, table: Table) -> str:
        return (
            f"SELECT '{table.name}' AS name, coalesce(md5(string_agg(x::text, ';' ORDER BY x::text)), '') AS digest "
            f"FROM public.{table.name} x WHERE business_id = $1"
        )
