"""The database edge: an engine, and the unit of work in which every change happens."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Executable, RowMapping, Table
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from contracts.envelope import Event
from plumbing.answers import Answer
from plumbing.outbox import outbox_row
from plumbing.outbox import table as outbox
from plumbing.problems import Problem, ServiceUnavailable
from plumbing.sqlstates import Constraints, translated

LOCK_TIMEOUT_MS = 3_000
STATEMENT_TIMEOUT_MS = 5_000
IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000


def create_engine(url: str, *, name: str, pool_size: int = 10) -> AsyncEngine:
    """An engine of `pool_size` connections to `postgresql://…`, with bounded waits, its sessions in UTC."""
    return create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=3,
        pool_use_lifo=True,
        connect_args={
            "timeout": 5,
            "server_settings": {
                "application_name": name,
                "timezone": "UTC",
                "lock_timeout": str(LOCK_TIMEOUT_MS),
                "statement_timeout": str(STATEMENT_TIMEOUT_MS),
                "idle_in_transaction_session_timeout": str(IDLE_IN_TRANSACTION_TIMEOUT_MS),
                "jit": "off",
            },
        },
    )


class Keyed(Protocol):
    """A request that carries an Idempotency-Key (see plumbing.idempotency)."""

    async def claim(self, tx: "Tx") -> None:
        """Take the key inside the transaction; raises the Replayed answer when it was used."""
        ...

    async def keep(self, tx: "Tx", answer: Answer) -> None:
        """Store the answer with the key, in the same transaction."""
        ...

    def refusal(self, problem: Problem) -> Answer | None:
        """The answer to keep for a definite refusal; None when a retry may end differently."""
        ...


class Tx:
    """One transaction: statements, rows to insert, events to tell, and the answer to give.

    Rows and events are written behind: all of them go in one statement, before the next `execute` or the commit.
    """

    def __init__(self, connection: AsyncConnection, business_id: UUID | None, constraints: Constraints) -> None:
        self.business_id = business_id
        self._connection = connection
        self._constraints = constraints
        self._inserts: list[tuple[Table, Mapping[str, Any]]] = []
        self._answer: Answer | None = None
        self.told_events = False
        self.refused: Problem | None = None
        """A definite refusal that is kept with its key: raised once that is committed."""

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run a statement. A broken constraint raises its Problem, by the constraint's name."""
        await self.flush()
        with translated(self._constraints):
            return await self._connection.execute(statement, parameters)

    async def driver_sql(self, sql: str, parameters: tuple[Any, ...] = ()) -> CursorResult[Any]:
        """Run SQL text in the driver's own form (`$1`), past the compiler: for the hottest statements only."""
        await self.flush()
        with translated(self._constraints):
            return await self._connection.exec_driver_sql(sql, parameters)

    async def row(self, statement: Executable, parameters: Any = None) -> RowMapping | None:
        """The only row, or None."""
        return (await self.execute(statement, parameters)).mappings().one_or_none()

    async def rows(self, statement: Executable, parameters: Any = None) -> Sequence[RowMapping]:
        """All rows."""
        return (await self.execute(statement, parameters)).mappings().all()

    async def scalar(self, statement: Executable, parameters: Any = None) -> Any:
        """The first column of the only row, or None."""
        return (await self.execute(statement, parameters)).scalar_one_or_none()

    def insert(self, table: Table, row: Mapping[str, Any]) -> None:
        """Insert a row with the next flush. Values are the driver's own: JSON as text, enums as their value."""
        self._inserts.append((table, row))

    def emit(self, event: Event) -> None:
        """Tell an event: it is published if, and only if, this transaction commits."""
        self.told_events = True
        self.insert(outbox, outbox_row(event))

    def answer(self, body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to this request, made before the commit and kept with its Idempotency-Key."""
        self._answer = Answer.of(body, status, headers)
        return self._answer

    async def flush(self) -> None:
        """Write what has been inserted and emitted so far, in one round trip."""
        if not self._inserts:
            return
        sql, parameters = _insert_all(self._inserts)
        self._inserts = []
        with translated(self._constraints):
            await self._connection.exec_driver_sql(sql, parameters)

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None]:
        """A part that can fail alone: on any exception the database is back where the part began."""
        await self.flush()
        before = self.told_events
        async with self._connection.begin_nested():
            try:
                yield
                await self.flush()
            except BaseException:
                self._inserts = []
                self._answer = None
                self.told_events = before
                raise

    @property
    def given_answer(self) -> Answer | None:
        """What `answer` was called with, if it was."""
        return self._answer


class UnitOfWork:
    """Opens transactions: `async with uow(business_id) as tx`, committed when the block ends without an error."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        constraints: Constraints | None = None,
        after_commit: Callable[[], None] = lambda: None,
    ) -> None:
        """`after_commit` is called after a commit that told events: a hint for the relay, allowed to be lost."""
        self.engine = engine
        self._constraints = constraints or {}
        self._after_commit = after_commit

    def __call__(self, business_id: UUID, *, keyed: Keyed | None = None) -> AbstractAsyncContextManager[Tx]:
        """A transaction that sees one business, and nothing of any other."""
        return self._transaction(f"SELECT set_config('app.business_id', '{business_id}', true)", business_id, keyed)

    def across_businesses(self, *, keyed: Keyed | None = None) -> AbstractAsyncContextManager[Tx]:
        """A transaction that sees every business: for sign-in, consumers, timers and commands only."""
        return self._transaction("SELECT set_config('app.every_business', 'on', true)", None, keyed)

    @asynccontextmanager
    async def _transaction(self, scope: str, business_id: UUID | None, keyed: Keyed | None) -> AsyncGenerator[Tx]:
        connection = await self._begin(scope)
        try:
            tx = Tx(connection, business_id, self._constraints)
            with translated(self._constraints):
                if keyed is None:
                    yield tx
                else:
                    async with _keyed(tx, keyed):
                        yield tx
                await tx.flush()
                await connection.commit()
        finally:
            await connection.close()
        if tx.told_events:
            self._after_commit()
        if tx.refused is not None:
            raise tx.refused

    async def _begin(self, scope: str) -> AsyncConnection:
        """A connection in a scoped transaction; a connection found dead is replaced, once, before anything is done."""
        try:
            return await self._scoped(scope)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        with translated(self._constraints):
            return await self._scoped(scope)

    async def _scoped(self, scope: str) -> AsyncConnection:
        try:
            connection = await self.engine.connect()
        except (OSError, TimeoutError) as error:
            raise ServiceUnavailable from error
        try:
            await connection.exec_driver_sql(scope)
        except BaseException:
            await connection.close()
            raise
        return connection


@asynccontextmanager
async def _keyed(tx: Tx, keyed: Keyed) -> AsyncGenerator[None]:
    """Run the block under its key: a definite refusal is kept too, with everything it wrote undone."""
    await keyed.claim(tx)
    try:
        async with tx.savepoint():
            yield
    except Problem as problem:
        refusal = keyed.refusal(problem)
        if refusal is None:
            raise
        tx.refused = problem
        await keyed.keep(tx, refusal)
    else:
        if tx.given_answer is not None:
            await keyed.keep(tx, tx.given_answer)


def _insert_all(inserts: Sequence[tuple[Table, Mapping[str, Any]]]) -> tuple[str, tuple[Any, ...]]:
    """One statement of common table expressions, an INSERT each; rows of one table and shape share theirs."""
    groups: dict[tuple[str, tuple[str, ...]], list[Mapping[str, Any]]] = {}
    for table, row in inserts:
        groups.setdefault((table.name, tuple(row)), []).append(row)
    parts: list[str] = []
    values: list[Any] = []
    for number, ((table, columns), rows) in enumerate(groups.items()):
        tuples: list[str] = []
        for row in rows:
            tuples.append("(" + ", ".join(f"${len(values) + i + 1}" for i in range(len(columns))) + ")")
            values.extend(row.values())
        parts.append(f"i{number} AS (INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join(tuples)})")  # noqa: S608  # names only; values are parameters
    return f"WITH {', '.join(parts)} SELECT 1", tuple(values)
