"""Where every statement of an engine passes on its way to the driver: noted, or sent without a condition."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.walls.mutants import Mutant

NO_SQL = "42"
"""The class of errors of what is no SQL at all: a mutant that gets one says nothing of the tests."""

PATIENCE_MS = "15"
"""How long a statement waits for a lock: nobody has one that it may want."""

_REFUSED = "42501"


class Desk:
    """What is sent by the connections of an engine."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.mutant: Mutant | None = None
        self.broken: list[str] = []
        """What the database could not read of a mutant."""

    def sit_at(self, engine: AsyncEngine) -> None:
        """Look at all that the engine's connections send, from the next that is opened on."""
        watched = type("Watched", (_Watched,), {"desk": self})

        def connect(_: object, __: object, ___: object, parameters: dict[str, Any]) -> None:
            parameters |= {"connection_class": watched, "prepared_statement_cache_size": 0}
            parameters["server_settings"] |= {"lock_timeout": PATIENCE_MS}

        event.listen(engine.sync_engine, "do_connect", connect)

    def sent(self, statement: str) -> str:
        """What goes to the driver."""
        self.statements.append(statement)
        mutant = self.mutant
        return mutant.text if mutant is not None and mutant.statement == statement else statement

    @asynccontextmanager
    async def watching(self) -> AsyncGenerator[None]:
        """Note what is no SQL."""
        try:
            yield
        except asyncpg.PostgresError as error:
            state = error.sqlstate or ""
            if state.startswith(NO_SQL) and state != _REFUSED:
                self.broken.append(f"{state} {error}")
            raise


class _Watched(asyncpg.Connection):
    """A connection whose statements pass over a desk."""

    desk: Desk

    async def prepare(self, query: str, **more: Any) -> Any:
        async with self.desk.watching():
            return await super().prepare(self.desk.sent(query), **more)

    async def fetch(self, query: str, *args: Any, **more: Any) -> Any:
        async with self.desk.watching():
            return await super().fetch(self.desk.sent(query), *args, **more)

    async def execute(self, query: str, *args: Any, **more: Any) -> Any:
        async with self.desk.watching():
            return await super().execute(self.desk.sent(query), *args, **more)
