"""The connections of the unit of work: taken from SQLAlchemy's pool once, and kept between transactions.

SQLAlchemy opens them, counts them and runs composed statements on them. Going through its pool for every transaction
would cost more than the transaction's own round trips, so the idle ones wait here.
"""

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import QueuePool

from plumbing.problems import ServiceUnavailable

RESERVED = 2
"""Connections of the pool that are never kept here: for the relay, and for looking whether the process is ready."""

WAIT_SECONDS = 3.0


class Driver(Protocol):
    """The driver's own connection."""

    async def execute(self, query: str) -> str:
        """Run SQL without parameters; several statements may be in it."""
        ...

    async def fetch(self, query: str, *parameters: Any) -> list[Any]:
        """Run a statement; all rows."""
        ...

    def is_closed(self) -> bool:
        """Whether it is known to be of no use."""
        ...

    def terminate(self) -> None:
        """Close it without a word to the server."""
        ...


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection, as SQLAlchemy sees it and as the driver does. Neither begins a transaction by itself."""

    composed: AsyncConnection
    driver: Driver


class Connections:
    """At most as many as the pool has, less the reserved ones; the last used first."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        pool = engine.sync_engine.pool
        size = pool.size() - RESERVED if isinstance(pool, QueuePool) else 1
        self._turns = asyncio.Semaphore(max(size, 1))
        self._idle: list[Connection] = []
        event.listen(engine.sync_engine, "engine_disposed", self._end_idle)

    async def take(self, *, fresh: bool = False) -> Connection:
        """A connection that nobody else uses. ServiceUnavailable when none is free in three seconds."""
        await self._wait_for_turn()
        try:
            while self._idle and not fresh:
                connection = self._idle.pop()
                if not connection.driver.is_closed():
                    return connection
                await _end(connection)
            return await self._connect()
        except BaseException:
            self._turns.release()
            raise

    async def give_back(self, connection: Connection) -> None:
        """To be used again; unless it is closed."""
        if connection.driver.is_closed():
            await _end(connection)
        else:
            self._idle.append(connection)
        self._turns.release()

    async def _wait_for_turn(self) -> None:
        if not self._turns.locked():
            await self._turns.acquire()
            return
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._turns.acquire()
        except TimeoutError as error:
            raise ServiceUnavailable from error

    async def _connect(self) -> Connection:
        composed = await self._engine.connect()
        driver = (await composed.get_raw_connection()).driver_connection
        assert driver is not None
        return Connection(composed, driver)

    def _end_idle(self, _: Engine) -> None:
        """SQLAlchemy has closed its pool, and does not know of those that it has lent."""
        for connection in self._idle:
            sync = connection.composed.sync_connection
            if sync is not None:
                sync.invalidate()
                sync.close()
        self._idle.clear()


async def _end(connection: Connection) -> None:
    await connection.composed.invalidate()
    await connection.composed.close()
