"""Rows that are written later, all of them in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_Shape = tuple[str, ...]
"""What one part writes: verb, table, then its columns; parts of the same shape share their SQL."""

_INSERT, _UPDATE, _INSERT_UNLESS = "insert", "update", "insert unless "


@dataclass(frozen=True, slots=True)
class Statement:
    """All that was collected; its only value is the number of rows that it inserted of those that might be refused."""

    sql: str
    parameters: list[Any]
    refusable: int


class WriteBehind:
    """Collects inserts and updates, until they are taken as one statement of common table expressions."""

    def __init__(self) -> None:
        self._parts: dict[_Shape, list[Any]] = {}
        self._refusable = 0

    def __bool__(self) -> bool:
        return bool(self._parts)

    def insert(self, table: str, row: Mapping[str, Any], *, unless: str | None = None) -> None:
        """A row to insert; not when it breaks the constraint `unless`. Rows of one table keep their order."""
        verb = _INSERT if unless is None else _INSERT_UNLESS + unless
        self._parts.setdefault((verb, table, *row), []).extend(row.values())
        self._refusable += unless is not None

    def update(self, table: str, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """A row to find by its key, and its new values."""
        shape = (_UPDATE, table, *values, "where", *key)
        self._parts.setdefault(shape, []).extend((*values.values(), *key.values()))

    def clear(self) -> None:
        """Forget everything."""
        self._parts, self._refusable = {}, 0

    def take(self) -> Statement:
        """The statement; nothing is left."""
        parts, refusable = self._parts, self._refusable
        self.clear()
        sql = _statement(tuple((shape, len(values)) for shape, values in parts.items()))
        return Statement(sql, [value for values in parts.values() for value in values], refusable)


@lru_cache(maxsize=256)
def _statement(parts: tuple[tuple[_Shape, int], ...]) -> str:
    expressions: list[str] = []
    inserted = ["0"]
    taken = 0
    for number, ((verb, table, *columns), values) in enumerate(parts):
        write = _update(table, columns, values, taken) if verb == _UPDATE else _insert(table, columns, values, taken)
        if verb.startswith(_INSERT_UNLESS):
            constraint = verb.removeprefix(_INSERT_UNLESS)
            write += f" ON CONFLICT ON CONSTRAINT {constraint} DO NOTHING RETURNING 1"
            inserted.append(f"(SELECT count(*) FROM w{number})")  # noqa: S608  # a number
        expressions.append(f"w{number} AS ({write})")
        taken += values
    return f"WITH {', '.join(expressions)} SELECT {' + '.join(inserted)}"


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
