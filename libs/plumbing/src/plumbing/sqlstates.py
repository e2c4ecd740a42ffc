"""What the database's errors mean to a client: translated once, by constraint name and SQLSTATE."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

from asyncpg import InterfaceError, InternalClientError, PostgresError
from asyncpg.exceptions import InvalidCachedStatementError, OutdatedSchemaCacheError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from plumbing.problems import Problem, ServiceUnavailable

Constraints = Mapping[str, Callable[[], Problem]]
"""The problem that a broken constraint means, by the constraint's name."""

DRIVER_ERRORS = (PostgresError, InterfaceError, InternalClientError, OSError)
"""What the driver raises when it is used past SQLAlchemy."""

INTEGRITY = "23"
SERIALIZATION_FAILURE = "40001"
DEADLOCK_DETECTED = "40P01"
LOCK_NOT_AVAILABLE = "55P03"
QUERY_CANCELED = "57014"
WORTH_ANOTHER_TRY = frozenset({SERIALIZATION_FAILURE, DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE})
_MIGRATED_UNDER_WAY = (InvalidCachedStatementError, OutdatedSchemaCacheError)
"""The driver remembered a statement from before a migration; it has forgotten it now."""


class Contended(ServiceUnavailable):
    """Many people are changing this right now; try again in a moment."""


@contextmanager
def translated(constraints: Constraints) -> Generator[None]:
    """Raise problems in place of database errors.

    A broken constraint that is not listed is a defect and stays what it is; a lost connection or a full pool is
    ServiceUnavailable, because nothing that was not acknowledged is promised.
    """
    try:
        yield
    except (*DRIVER_ERRORS, DBAPIError, PoolTimeout) as error:
        problem = meaning(error, constraints)
        if problem is None:
            raise
        raise problem from error


def meaning(error: Exception, constraints: Constraints) -> Problem | None:
    """What an error of the database, of the driver or of the pool means to a client; None for a defect of ours."""
    state = sqlstate(error)
    if state.startswith(INTEGRITY):
        kind = constraints.get(constraint_name(error))
        return kind and kind()
    if state in WORTH_ANOTHER_TRY or isinstance(_driver_error(error), _MIGRATED_UNDER_WAY):
        return Contended()
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return ServiceUnavailable() if lost or is_outage(state) else None


def constraint_name(error: BaseException) -> str:
    """The constraint that was broken, or an empty string."""
    return getattr(_driver_error(error), "constraint_name", None) or ""


def sqlstate(error: BaseException) -> str:
    """The five characters by which PostgreSQL classes an error, or an empty string."""
    return getattr(_driver_error(error), "sqlstate", None) or ""


def is_outage(state: str) -> bool:
    """Connection exceptions (08), insufficient resources (53), operator intervention (57), no state at all."""
    return state[:2] in {"08", "53", "57"} or state == ""


def is_lost(state: str) -> bool:
    """Whether the connection is gone: connection exceptions, shutdown of the server, no state at all."""
    return state[:2] == "08" or state[:4] == "57P0" or state == ""


def _driver_error(error: BaseException) -> BaseException | None:
    """The error as the driver raised it, under SQLAlchemy's two layers."""
    if not isinstance(error, DBAPIError):
        return error
    return getattr(error.orig, "__cause__", None) or error.orig
