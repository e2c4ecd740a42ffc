"""Cursor pages: a list is read in the order of a unique key, so that no row is skipped or shown twice."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import Depends, Query

from contracts.wire import Wire
from plumbing.problems import Invalid

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


class Page[T](Wire):
    """`{"items": [...], "nextCursor": null}`."""

    items: list[T]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many rows, and after which key."""

    limit: int
    after: tuple[str, ...] | None


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
        raise Invalid.at("/cursor", "is not a cursor of this list") from error
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise Invalid.at("/cursor", "is not a cursor of this list")
    return tuple(parts)
