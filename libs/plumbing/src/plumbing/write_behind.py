"""Rows that are written later, all of them in one statement."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_Shape = tuple[tuple[str, ...], ...]
"""What one part writes: verb, table, then its columns; parts of the same shape share their SQL."""


class WriteBehind:
    """Collects inserts and updates, until they are taken as one statement of common table expressions."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, ...], list[Any]] = {}

    def __bool__(self) -> bool:
        return bool(self._parts)

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        """A row to insert. Rows of one table and the same columns keep their order."""
        self._parts.setdefault(("insert", table, *row), []).extend(row.values())

    def update(self, table: str, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """A row to find by its key, and its new values."""
        shape = ("update", table, *values, "where", *key)
        self._parts.setdefault(shape, []).extend((*values.values(), *key.values()))

    def clear(self) -> None:
        """Forget everything."""
        self._parts = {}

    def take(self) -> tuple[str, list[Any]]:
        """The statement and its parameters; nothing is left."""
        parts, self._parts = self._parts, {}
        sql = _statement(tuple((shape, len(values)) for shape, values in parts.items()))
        return sql, [value for values in parts.values() for value in values]


@lru_cache(maxsize=256)
def _statement(parts: tuple[tuple[tuple[str, ...], int], ...]) -> str:
    expressions: list[str] = []
    taken = 0
    for number, ((verb, table, *columns), values) in enumerate(parts):
        write = _insert(table, columns, values, taken) if verb == "insert" else _update(table, columns, values, taken)
        expressions.append(f"w{number} AS ({write})")
        taken += values
    return f"WITH {', '.join(expressions)} SELECT 1"


def _insert(table: str, columns: list[str], values: int, taken: int) -> str:
    width = len(columns)
    rows = (", ".join(f"${taken + first + i + 1}" for i in range(width)) for first in range(0, values, width))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join(f'({row})' for row in rows)}"  # noqa: S608  # names only


def _update(table: str, columns: list[str], values: int, taken: int) -> str:
    where = columns.index("where")
    pairs = [f"{column} = ${taken + i + 1}" for i, column in enumerate(c for c in columns if c != "where")]
    if values != len(pairs):
        raise ValueError(f"two updates of {table} at once")
    return f"UPDATE {table} SET {', '.join(pairs[:where])} WHERE {' AND '.join(pairs[where:])}"  # noqa: S608  # names only
