"""One database connection in one transaction of ours, in as few round trips as it can be.

Hot statements go straight to the driver, at a third of the cost of SQLAlchemy's way; composed ones go that way. So that
both share one transaction, SQLAlchemy is told to begin none, and ours is begun and ended here.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from asyncpg import Range
from sqlalchemy.ext.asyncio import AsyncConnection

from plumbing.connections import Connection, Connections
from plumbing.sqlstates import DRIVER_ERRORS, is_lost, sqlstate


class Row(Protocol):
    """A row as the driver gives it: columns by name or by position."""

    def __getitem__(self, column: str | int) -> Any:
        """The column's value."""
        ...


def half_open(lower: Any, upper: Any) -> Any:
    """The range `[lower, upper)` as the driver takes it."""
    return Range(lower, upper, lower_inc=True, upper_inc=False)


class Session:
    """A transaction that begins with its first statement, so that both go in one round trip."""

    def __init__(self, connections: Connections, opening: str) -> None:
        """`opening` is SQL that the transaction starts with."""
        self._connections = connections
        self._connection: Connection | None = None
        self._waiting = ["BEGIN", opening]
        self._open = False

    async def fetch(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run a statement with parameters `$1`, …; all rows."""
        connection = await self._ready()
        return await connection.driver.fetch(sql, *parameters)

    async def script(self, sql: str) -> None:
        """Run SQL without parameters or rows, in one round trip with all that waits."""
        self._waiting.append(sql)
        await self._ready()

    def before_next(self, sql: str) -> None:
        """Let SQL without parameters or rows wait for the next statement; dropped when none follows."""
        self._waiting.append(sql)

    def forget(self, sql: str) -> bool:
        """Take back what waits, and all that waits behind it; False when it was run already."""
        if sql not in self._waiting:
            return False
        del self._waiting[self._waiting.index(sql) :]
        return True

    async def composed(self) -> AsyncConnection:
        """SQLAlchemy's view of this transaction."""
        return (await self._ready()).composed

    async def commit(self) -> None:
        """Commit, if anything was run."""
        if self._open and self._connection is not None:
            await self._connection.driver.execute("COMMIT")
            self._open = False

    async def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if self._open:
            await self._roll_back(connection)
        await self._connections.give_back(connection)

    async def _ready(self) -> Connection:
        """The connection, once all that waits has been run."""
        if self._connection is None:
            return await self._begin()
        if self._waiting:
            sql, self._waiting = ";".join(self._waiting), []
            await self._connection.driver.execute(sql)
        return self._connection

    async def _begin(self) -> Connection:
        """Begin the transaction. A connection found dead is replaced, once: nothing has been done on it."""
        sql, self._waiting = ";".join(self._waiting), []
        try:
            return await self._run_first(sql, fresh=False)
        except DRIVER_ERRORS as error:
            if self._connection is None or not is_lost(sqlstate(error)):
                raise
        self._connection.driver.terminate()
        await self.close()
        return await self._run_first(sql, fresh=True)

    async def _run_first(self, sql: str, *, fresh: bool) -> Connection:
        self._connection = connection = await self._connections.take(fresh=fresh)
        self._open = True
        await connection.driver.execute(sql)
        return connection

    async def _roll_back(self, connection: Connection) -> None:
        self._open = False
        try:
            await connection.driver.execute("ROLLBACK")
        except (*DRIVER_ERRORS, asyncio.CancelledError):
            connection.driver.terminate()


async def single(connections: Connections, sql: str, parameters: Sequence[Any]) -> list[Row]:
    """Run one reading statement that needs no transaction around it; all rows. A dead connection is replaced, once."""
    try:
        return await _fetch_once(connections, sql, parameters, fresh=False)
    except DRIVER_ERRORS as error:
        if not is_lost(sqlstate(error)):
            raise
    return await _fetch_once(connections, sql, parameters, fresh=True)


async def _fetch_once(connections: Connections, sql: str, parameters: Sequence[Any], *, fresh: bool) -> list[Row]:
    connection = await connections.take(fresh=fresh)
    try:
        return await connection.driver.fetch(sql, *parameters)
    except (*DRIVER_ERRORS, asyncio.CancelledError) as error:
        if is_lost(sqlstate(error)):
            connection.driver.terminate()
        raise
    finally:
        await connections.give_back(connection)
