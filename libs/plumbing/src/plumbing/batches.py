"""Taking some rows of a queue for oneself, while others take other ones."""

from typing import Any

from sqlalchemy import Select, select


def taken[*Row](some: Select[*Row]) -> Select[*tuple[Any, ...]]:
    """What `some` finds and locks, to be named by the statement that changes it: `key.in_(taken(some))`.

    Without this PostgreSQL may look anew for each row that it compares, and every time lock other rows: a limit of one
    takes all. It does so where it believes the table to be nearly empty (a semi join by nested loops). A common table
    expression that locks is evaluated once (PostgreSQL, "7.8.3. Common Table Expression Materialization").
    """
    return select(some.with_for_update(skip_locked=True).cte("taken"))
