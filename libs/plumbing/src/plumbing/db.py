"""The database edge: an engine, and the unit of work in which every change happens."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from typing import Any, NoReturn, Protocol
from uuid import UUID

from sqlalchemy import Executable, RowMapping, Table
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from contracts.envelope import Event
from plumbing.answers import Answer
from plumbing.connections import RESERVED, WAIT_SECONDS, Connections
from plumbing.outbox import outbox_row
from plumbing.outbox import table as outbox
from plumbing.problems import Problem
from plumbing.session import Row, Session, single
from plumbing.sqlstates import DRIVER_ERRORS, Constraints, Contended, meaning, translated
from plumbing.write_behind import WriteBehind

LOCK_TIMEOUT_MS = 3_000
STATEMENT_TIMEOUT_MS = 5_000
IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000


def create_engine(url: str, *, name: str, pool_size: int = 10) -> AsyncEngine:
    """An engine of `pool_size` connections to `postgresql://…` (and the reserved ones), with bounded waits, in UTC."""
    return create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=pool_size + RESERVED,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
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

    def keep(self, tx: "Tx", answer: Answer) -> None:
        """Store the answer with the key, written behind in the same transaction."""
        ...

    def refusal(self, problem: Problem) -> Answer | None:
        """The answer to keep for a definite refusal; None when a retry may end differently."""
        ...


class Tx:
    """One transaction: statements, rows to insert, events to tell, and the answer to give.

    Rows and events are written behind: all of them go in one statement, before the next `execute` or the commit.
    """

    def __init__(
        self, session: Session, business_id: UUID | None, constraints: Constraints, keyed: Keyed | None = None
    ) -> None:
        self.business_id = business_id
        self._session = session
        self._constraints = constraints
        self._keyed = keyed
        self._behind = WriteBehind()
        self._savepoints = count(1)
        self.told_events = False
        self.refused: Problem | None = None
        """A definite refusal that is kept with its key: raised once that is committed."""

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        """Run a statement. A broken constraint raises its Problem, by the constraint's name."""
        await self.flush()
        with translated(self._constraints):
            return await (await self._session.composed()).execute(statement, parameters)

    async def driver_sql(self, sql: str, parameters: tuple[Any, ...] = ()) -> CursorResult[Any]:
        """Run SQL text in the driver's own form (`$1`), past the compiler."""
        await self.flush()
        with translated(self._constraints):
            return await (await self._session.composed()).exec_driver_sql(sql, parameters)

    async def fetch(self, sql: str, *parameters: Any) -> Sequence[Row]:
        """All rows of SQL text in the driver's own form (`$1`), past SQLAlchemy: for the hottest statements only."""
        await self.flush()
        return await self._fetch(sql, parameters)

    def with_next(self, sql: str) -> None:
        """Let SQL text without parameters or rows go with the next statement, in one round trip."""
        self._session.before_next(sql)

    async def script(self, sql: str) -> None:
        """Run SQL text without parameters or rows; first in a transaction it costs no round trip of its own."""
        await self.flush()
        try:
            await self._session.script(sql)
        except DRIVER_ERRORS as error:
            self._raise_meaning(error)

    async def row(self, statement: Executable, parameters: Any = None) -> RowMapping | None:
        """The only row, or None."""
        return (await self.execute(statement, parameters)).mappings().one_or_none()

    async def rows(self, statement: Executable, parameters: Any = None) -> Sequence[RowMapping]:
        """All rows."""
        return (await self.execute(statement, parameters)).mappings().all()

    async def scalar(self, statement: Executable, parameters: Any = None) -> Any:
        """The first column of the only row, or None."""
        return (await self.execute(statement, parameters)).scalar_one_or_none()

    def insert(self, table: Table, row: Mapping[str, Any], *, unless: str | None = None) -> None:
        """Insert a row with the next flush. Values are the driver's own: JSON as text, enums as their value.

        A row that breaks the constraint `unless` is Contended, and waits for no deadlock to be found.
        """
        self._behind.insert(table.name, row, unless=unless)

    def update(self, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Update the row with this key with the next flush; not for rows that the same flush inserts."""
        self._behind.update(table.name, key, values)

    def emit(self, event: Event) -> None:
        """Tell an event: it is published if, and only if, this transaction commits."""
        self.told_events = True
        self.insert(outbox, outbox_row(event))

    def answer(self, body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to this request, made before the commit and kept with its Idempotency-Key."""
        answer = Answer.of(body, status, headers)
        if self._keyed is not None:
            self._keyed.keep(self, answer)
        return answer

    async def flush(self) -> None:
        """Write what has been inserted and emitted so far, in one round trip."""
        if not self._behind:
            return
        statement = self._behind.take()
        [(inserted,)] = await self._fetch(statement.sql, statement.parameters)
        if inserted < statement.refusable:
            raise Contended

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None]:
        """A part that can fail alone: on any exception the database is back where the part began."""
        await self.flush()
        name, before = f"part_{next(self._savepoints)}", self.told_events
        self._session.before_next(f"SAVEPOINT {name}")
        try:
            yield
            await self.flush()
        except BaseException as error:
            self._behind.clear()
            self.told_events = before
            if isinstance(error, Exception) and not self._session.forget(f"SAVEPOINT {name}"):
                await self.script(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        if not self._session.forget(f"SAVEPOINT {name}"):
            self._session.before_next(f"RELEASE SAVEPOINT {name}")

    async def _fetch(self, sql: str, parameters: Sequence[Any]) -> Sequence[Row]:
        try:
            return await self._session.fetch(sql, parameters)
        except DRIVER_ERRORS as error:
            self._raise_meaning(error)

    def _raise_meaning(self, error: Exception) -> NoReturn:
        problem = meaning(error, self._constraints)
        if problem is None:
            raise error
        raise problem from error


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
        self._connections = Connections(engine)
        self._constraints = constraints or {}
        self._after_commit = after_commit

    def __call__(self, business_id: UUID, *, keyed: Keyed | None = None) -> AbstractAsyncContextManager[Tx]:
        """A transaction that sees one business, and nothing of any other."""
        return self._transaction(f"SELECT set_config('app.business_id', '{business_id}', true)", business_id, keyed)

    def across_businesses(self, *, keyed: Keyed | None = None) -> AbstractAsyncContextManager[Tx]:
        """A transaction that sees every business: for sign-in, consumers, timers and commands only."""
        return self._transaction("SELECT set_config('app.every_business', 'on', true)", None, keyed)

    async def single(self, sql: str, *parameters: Any) -> Sequence[Row]:
        """Run one reading statement, in the driver's own form, that sets its scope by itself; all rows."""
        with translated(self._constraints):
            return await single(self._connections, sql, parameters)

    @asynccontextmanager
    async def _transaction(self, scope: str, business_id: UUID | None, keyed: Keyed | None) -> AsyncGenerator[Tx]:
        session = Session(self._connections, scope)
        tx = Tx(session, business_id, self._constraints, keyed)
        try:
            with translated(self._constraints):
                if keyed is None:
                    yield tx
                else:
                    async with _keyed(tx, keyed):
                        yield tx
                await tx.flush()
                await session.commit()
        finally:
            await session.close()
        if tx.told_events:
            self._after_commit()
        if tx.refused is not None:
            raise tx.refused


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
        keyed.keep(tx, refusal)
