"""One database connection in one transaction of ours, in as few round trips as it can be.

SQLAlchemy keeps the pool and runs composed statements; the hot ones go straight to the driver, at a third of the cost.
So that both share one transaction, SQLAlchemy is told to begin none, and ours is begun and ended here.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from plumbing.sqlstates import DRIVER_ERRORS, is_lost, sqlstate


class Row(Protocol):
    """A row as the driver gives it: columns by name or by position."""

    def __getitem__(self, column: str | int) -> Any: ...


class _Driver(Protocol):
    async def execute(self, query: str) -> str: ...

    async def fetch(self, query: str, *parameters: Any) -> list[Any]: ...

    def is_closed(self) -> bool: ...

    def terminate(self) -> None: ...


class Session:
    """A transaction that begins with its first statement, so that both go in one round trip."""

    def __init__(self, engine: AsyncEngine, opening: str) -> None:
        """`engine` is one `without_transactions`; `opening` is SQL that the transaction starts with."""
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._driver: _Driver | None = None
        self._waiting = ["BEGIN", opening]
        self._open = False

    async def fetch(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Run a statement with parameters `$1`, …; all rows."""
        driver = await self._ready()
        return await driver.fetch(sql, *parameters)

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

    async def connection(self) -> AsyncConnection:
        """SQLAlchemy's view of this transaction."""
        await self._ready()
        assert self._connection is not None
        return self._connection

    async def commit(self) -> None:
        """Commit, if anything was run."""
        if self._open and self._driver is not None:
            await self._driver.execute("COMMIT")
            self._open = False

    async def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        if self._open and self._driver is not None:
            await self._roll_back(self._driver)
        if self._connection is not None:
            await self._connection.close()

    async def _ready(self) -> _Driver:
        """The connection, once all that waits has been run."""
        if self._driver is None or not self._open:
            return await self._begin()
        if self._waiting:
            sql, self._waiting = ";".join(self._waiting), []
            await self._driver.execute(sql)
        return self._driver

    async def _begin(self) -> _Driver:
        """Begin the transaction. A connection found dead is replaced, once: nothing has been done on it."""
        sql, self._waiting = ";".join(self._waiting), []
        try:
            return await self._run_first(sql)
        except DRIVER_ERRORS as error:
            if self._connection is None or not is_lost(sqlstate(error)):
                raise
            await self._drop(self._connection)
        return await self._run_first(sql)

    async def _run_first(self, sql: str) -> _Driver:
        self._connection = await self._engine.connect()
        self._driver = driver = await _driver_of(self._connection)
        self._open = True
        await driver.execute(sql)
        return driver

    async def _drop(self, connection: AsyncConnection) -> None:
        self._connection, self._driver, self._open = None, None, False
        await connection.invalidate()
        await connection.close()

    async def _roll_back(self, driver: _Driver) -> None:
        self._open = False
        try:
            await driver.execute("ROLLBACK")
        except (*DRIVER_ERRORS, asyncio.CancelledError):
            driver.terminate()


async def single(engine: AsyncEngine, sql: str, parameters: Sequence[Any]) -> list[Row]:
    """Run one statement that needs no transaction around it; all rows."""
    async with engine.connect() as connection:
        driver = await _driver_of(connection)
        return await driver.fetch(sql, *parameters)


def without_transactions(engine: AsyncEngine) -> AsyncEngine:
    """The same pool, on connections in which SQLAlchemy begins no transaction by itself."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def replace_closed_connections(engine: AsyncEngine) -> None:
    """Let the pool hand out no connection that the server has closed meanwhile."""
    event.listen(engine.sync_engine, "checkout", _refuse_closed)


async def _driver_of(connection: AsyncConnection) -> _Driver:
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    return driver


def _refuse_closed(connection: DBAPIConnection, _entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    if connection.driver_connection.is_closed():  # pyright: ignore[reportAttributeAccessIssue]  # the adapter's own
        raise DisconnectionError
