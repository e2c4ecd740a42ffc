"""What the database's errors mean to a client: translated once, by constraint name and SQLSTATE."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from plumbing.problems import Problem, ServiceUnavailable

Constraints = Mapping[str, Callable[[], Problem]]
"""The problem that a broken constraint means, by the constraint's name."""

SERIALIZATION_FAILURE = "40001"
DEADLOCK_DETECTED = "40P01"
LOCK_NOT_AVAILABLE = "55P03"
QUERY_CANCELED = "57014"
WORTH_ANOTHER_TRY = frozenset({SERIALIZATION_FAILURE, DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE})


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
    except IntegrityError as error:
        problem = constraints.get(constraint_name(error))
        if problem is None:
            raise
        raise problem() from error
    except DBAPIError as error:
        if sqlstate(error) in WORTH_ANOTHER_TRY:
            raise Contended from error
        if error.connection_invalidated or is_outage(sqlstate(error)):
            raise ServiceUnavailable from error
        raise
    except (PoolTimeout, ConnectionError) as error:
        raise ServiceUnavailable from error


def constraint_name(error: DBAPIError) -> str:
    """The constraint that was broken, or an empty string."""
    return getattr(error.orig.__cause__, "constraint_name", None) or "" if error.orig else ""


def sqlstate(error: DBAPIError) -> str:
    """The five characters by which PostgreSQL classes an error, or an empty string."""
    return getattr(error.orig, "sqlstate", None) or ""


def is_outage(state: str) -> bool:
    """Connection exceptions (08), insufficient resources (53), operator intervention (57), no state at all."""
    return state[:2] in {"08", "53", "57"} or state == ""
