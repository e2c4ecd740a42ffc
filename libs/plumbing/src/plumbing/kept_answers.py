"""Answers kept as bytes, for as long as nothing has changed for their business.

An answer belongs to the version that its business had before it was made. Whoever asks has read the version in the
same request, so a kept answer is never older than the database: a change raises the version in its own transaction.
One that depends on the clock too says how long it stays true.
"""

import asyncio
import gzip
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from math import inf
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from plumbing.answers import JSON

MOST_BYTES = 64 * 1024 * 1024
PRIVATE = "private, no-cache"
"""`Cache-Control` of what a member sees: whoever keeps it asks each time whether it is still so."""
PUBLIC = "no-cache"
"""… of what everybody may see."""
LEAST_COMPRESSED = 1_024
"""Bytes: below this, compression costs more than it saves."""
_REFUSED = re.compile(r"\s*q\s*=\s*0(?:\.0*)?\s*")
_OVERHEAD = 1_000  # of an entry: its keys, its headers, the objects around the bytes

type Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A body, JSON unless said otherwise, the strong ETag of its bytes, and the headers that go with them."""

    body: bytes
    etag: str
    headers: Headers
    headers_without_body: Headers
    until: float = inf  # Unix seconds

    @classmethod
    def of(
        cls,
        body: bytes,
        *,
        cache: str = PRIVATE,
        until: datetime | None = None,
        media_type: str = JSON,
        more: Headers = (),
    ) -> "Kept":
        """All else follows from the bytes; `until` it is true as long as nothing changes, always if there is none.

        The ETag stands for `more` headers too: what is true of them does not hang on how a cache merges those of a 304.
        """
        digest = blake2b(body, digest_size=16)
        for header in more:
            digest.update(b"\n" + b": ".join(header))
        etag = f'"{digest.hexdigest()}"'
        fields = ((b"etag", etag.encode()), (b"cache-control", cache.encode()), *more)
        content = ((b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode()))
        return cls(body, etag, (*fields, *content), fields, inf if until is None else until.timestamp())

    def compressed(self) -> "Kept":
        """The same as gzip. Its ETag is a weak one, as that of everything which the gateway compresses itself."""
        if len(self.body) < LEAST_COMPRESSED:
            return self
        body = gzip.compress(self.body, compresslevel=6, mtime=0)
        other = {b"etag": f"W/{self.etag}".encode(), b"content-length": str(len(body)).encode()}
        vary = (b"vary", b"accept-encoding")
        headers = tuple((name, other.get(name, value)) for name, value in self.headers)
        fields = tuple((name, other.get(name, value)) for name, value in self.headers_without_body)
        return replace(
            self,
            body=body,
            headers=(*headers, vary, (b"content-encoding", b"gzip")),
            headers_without_body=(*fields, vary),
        )

    def is_known(self, if_none_match: str | None) -> bool:
        """Whether an `If-None-Match` says that the client has these bytes (RFC 9110, 13.1.2)."""
        if if_none_match is None:
            return False
        tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return self.etag in tags or "*" in tags


def takes_gzip(request: Request) -> bool:
    """Whether the client says that it reads gzip (RFC 9110, 12.5.3)."""
    accepted = _field(request, b"accept-encoding")
    return accepted is not None and _names_gzip(accepted)


def _field(request: Request, name: bytes) -> bytes | None:
    """A header as it came: Starlette's own mapping costs as much as all else of a kept answer."""
    return next((value for field, value in request.scope["headers"] if field == name), None)


@lru_cache(maxsize=64)
def _names_gzip(accepted: bytes) -> bool:
    codings = (coding.partition(";") for coding in accepted.decode("latin-1").lower().split(","))
    return any(name.strip() == "gzip" and not _REFUSED.fullmatch(weight) for name, _, weight in codings)


class KeptResponse(Response):
    """The kept bytes with the headers that were made with them; 304 without the bytes for who has them already."""

    def __init__(self, kept: Kept, request: Request) -> None:  # pyright: ignore[reportMissingSuperCall]
        asked = _field(request, b"if-none-match")
        is_known = asked is not None and kept.is_known(asked.decode("latin-1"))
        self.status_code = 304 if is_known else 200
        self.body = b"" if is_known else kept.body
        self.raw_headers = list(kept.headers_without_body if is_known else kept.headers)
        self.background = None


class AnswerCache:
    """The answers used last, up to a number of bytes; the same question asked twice at once is answered once.

    A question is whatever tells two answers of one business apart, as bytes.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[tuple[UUID, bytes], tuple[int, Kept]] = OrderedDict()
        self._making: dict[tuple[UUID, bytes, int], asyncio.Task[Kept]] = {}

    def find(self, business_id: UUID, question: bytes, version: int, now: float = -inf) -> Kept | None:
        """The kept answer of this version, if it is still true `now`, in Unix seconds."""
        found = self._kept.get((business_id, question))
        if found is None or found[0] != version or found[1].until <= now:
            return None
        self._kept.move_to_end((business_id, question))
        return found[1]

    async def answer(
        self, business_id: UUID, question: bytes, version: int, make: Callable[[], Awaitable[Kept]], now: float = -inf
    ) -> Kept:
        """The kept answer, or the one that is being made, or a new one. An error is not kept."""
        if found := self.find(business_id, question, version, now):
            return found
        key = (business_id, question, version)
        making = self._making.get(key)
        if making is None:
            making = self._making[key] = asyncio.create_task(self._make(key, make))
            making.add_done_callback(lambda done: self._made(key, done))
        # A client that goes away must not take the answer from those who wait for the same one.
        return await asyncio.shield(making)

    async def _make(self, key: tuple[UUID, bytes, int], make: Callable[[], Awaitable[Kept]]) -> Kept:
        business_id, question, version = key
        kept = await make()
        self._keep(business_id, question, version, kept)
        return kept

    def _made(self, key: tuple[UUID, bytes, int], done: asyncio.Task[Kept]) -> None:
        del self._making[key]
        if not done.cancelled():
            done.exception()  # seen here, in case everybody who waited is gone

    def _keep(self, business_id: UUID, question: bytes, version: int, kept: Kept) -> None:
        key = (business_id, question)
        before = self._kept.get(key)
        if before is not None:
            self._forget(key)
        self._kept[key] = (version, kept)
        self._bytes += _size(question, kept)
        while self._bytes > self._most_bytes:
            self._forget(next(iter(self._kept)))

    def _forget(self, key: tuple[UUID, bytes]) -> None:
        _, kept = self._kept.pop(key)
        self._bytes -= _size(key[1], kept)


def _size(question: bytes, kept: Kept) -> int:
    return len(question) + len(kept.body) + _OVERHEAD
