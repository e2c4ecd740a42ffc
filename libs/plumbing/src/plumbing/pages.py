"""Cursor pages: a list is read in the order of a unique key, so that no row is skipped or shown twice."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Depends, Query
from pydantic import TypeAdapter, ValidationError

from contracts.wire import Wire
from plumbing.problems import Invalid
from plumbing.schemas import When

DEFAULT_LIMIT = 50
MAX_LIMIT = 200

BY_TIME = TypeAdapter(tuple[When, UUID])
"""The keys of lists that are ordered by a time, and by id where it is the same."""

_BY_ID = TypeAdapter(tuple[UUID])


class Page[T](Wire):
    """`{"items": [...], "nextCursor": null}`."""

    items: list[T]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many rows, and after which key."""

    limit: int
    after: tuple[str, ...] | None

    def position[K](self, keys: TypeAdapter[K]) -> K | None:
        """The key after which the page begins; None for the first page. Raises Invalid for a cursor of another list."""
        if self.after is None:
            return None
        try:
            return keys.validate_python(self.after)
        except ValidationError as error:
            raise _of_another_list() from error

    def last_id(self) -> UUID | None:
        """The same of a list that is ordered by id."""
        found = self.position(_BY_ID)
        return None if found is None else found[0]


def _page_request(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> PageRequest:
    return PageRequest(limit, _decode(cursor) if cursor is not None else None)


Paging = Annotated[PageRequest, Depends(_page_request)]


def page_of[R, T](
    rows: Sequence[R], request: PageRequest, *, key: Callable[[R], tuple[Any, ...]], item: Callable[[R], T]
) -> Page[T]:
    """A page of up to `limit` rows, from a query that asked for one row more."""
    shown = rows[: request.limit]
    more = len(rows) > request.limit
    return Page(items=[item(row) for row in shown], next_cursor=_encode(key(shown[-1])) if more else None)


def _encode(key: tuple[Any, ...]) -> str:
    return urlsafe_b64encode(orjson.dumps([str(part) for part in key])).decode().rstrip("=")


def _decode(cursor: str) -> tuple[str, ...]:
    try:
        parts = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise _of_another_list() from error
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise _of_another_list()
    return tuple(parts)


def _of_another_list() -> Invalid:
    return Invalid.at("/cursor", "is not a cursor of this list")
