"""Optimistic concurrency: a revision is an ETag; If-Match refuses a change made from a stale one (RFC 9110, 13.1)."""

import re
from typing import Annotated

from fastapi import Depends, Header
from pydantic import BaseModel

from plumbing.problems import StaleRevision

_STRONG = re.compile(r'^"(\d{1,18})"$')
NEVER = -1
"""What an If-Match that names no revision of ours is read as: it matches nothing."""


def etag(revision: int) -> dict[str, str]:
    """The `ETag` header of an entity at this revision."""
    return {"ETag": f'"{revision}"'}


def _expected(if_match: Annotated[str | None, Header()] = None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    match = _STRONG.match(if_match.strip())
    return int(match[1]) if match else NEVER


IfMatch = Annotated[int | None, Depends(_expected)]
"""The revision that the client read; None when it does not care."""


def refuse_stale(expected: int | None, current: int, representation: BaseModel) -> None:
    """Raise StaleRevision, with the present state, unless the client's revision is the current one."""
    if expected is not None and expected != current:
        raise StaleRevision(current=representation.model_dump(mode="json"), headers=etag(current))
