"""Idempotency-Key: a request sent twice has one effect and one answer (IETF draft idempotency-key-header-07)."""

import hmac
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from email.message import Message
from hashlib import sha256
from typing import Annotated, Any, Self
from urllib.parse import quote
from uuid import UUID

import orjson
from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import (
    Column,
    DateTime,
    LargeBinary,
    MetaData,
    RowMapping,
    SmallInteger,
    Table,
    Text,
    Uuid,
    delete,
    func,
    select,
)
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_random

from plumbing.answers import PROBLEM_JSON, Answer, encode
from plumbing.auth import Member, member_of
from plumbing.clock import utc_now
from plumbing.db import Tx, UnitOfWork
from plumbing.edge import trace_id
from plumbing.problems import BadRequest, IdempotencyKeyReused, NotSignedIn, Problem, RequestInProgress
from plumbing.session import Row
from plumbing.sqlstates import Contended

HEADER = "Idempotency-Key"
KEEP = timedelta(days=7)
MAX_KEY_LENGTH = 255
ACCEPTS_KEY: dict[str, Any] = {
    "parameters": [
        {
            "name": HEADER,
            "in": "header",
            "description": "The same key and body within seven days get the first answer again.",
            "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY_LENGTH, "pattern": "^[ -~]+$"},
        }
    ]
}
"""`openapi_extra` of a POST that creates something."""

_DEFINITE = frozenset({409, 422})
_MORE_TRIES = 7
_RETRIED_SECONDS = 3.0

_own = MetaData()
table = Table(
    "idempotency_keys",
    _own,
    Column("scope", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("business_id", Uuid),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("status", SmallInteger),
    Column("headers", Text),
    Column("body", LargeBinary),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)


class IdempotencyKeyMissing(BadRequest):
    """Send an Idempotency-Key, so that this cannot happen twice."""


class Replayed(Exception):
    """This request was answered before; here is that answer again."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


# The scope of row-level security is set by the statement itself: the key is looked for after that, because it is looked
# for per row of `told`, which OFFSET keeps apart.
_LOOK = """
SELECT kept.* FROM (SELECT set_config($3, $4, true) AS scope) AS told CROSS JOIN LATERAL (
    SELECT fingerprint, status, headers, body FROM idempotency_keys
    WHERE scope = $1 AND key = $2 AND told.scope <> '' OFFSET 0
) AS kept
"""

_TAKE = """
INSERT INTO idempotency_keys (scope, key, business_id, fingerprint) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING RETURNING 1
"""


class KeyedRequest:
    """A request with an Idempotency-Key, within its scope: business, actor and route."""

    def __init__(self, scope: str, key: str, fingerprint: bytes, business_id: UUID | None, path: str) -> None:
        self._scope = scope
        self._key = key
        self._fingerprint = fingerprint
        self._business_id = business_id
        self._path = path
        self._kept: Problem | None = None
        self.looked_for = False
        """Whether a transaction has seen if the key was used; it is this request's own since."""

    async def replay(self, uow: UnitOfWork) -> None:
        """Raise Replayed when this was answered already, IdempotencyKeyReused when the body was another."""
        wall = (
            ("app.every_business", "on") if self._business_id is None else ("app.business_id", str(self._business_id))
        )
        for row in await uow.single(_LOOK, self._scope, self._key, *wall):
            self._again(row)

    async def claim(self, tx: Tx) -> None:
        """Take the key. A rival with the same key waits here until we commit; waiting 3 s is RequestInProgress."""
        self.looked_for = True
        try:
            mine = await tx.fetch(_TAKE, self._scope, self._key, self._business_id, self._fingerprint)
        except Contended as error:
            raise RequestInProgress from error
        if not mine:
            found = await tx.rows(select(table).filter_by(scope=self._scope, key=self._key))
            for row in found:
                self._again(row)
            raise RequestInProgress

    def keep(self, tx: Tx, answer: Answer) -> None:
        """Store the answer in the transaction that has its effect."""
        tx.update(
            table,
            {"scope": self._scope, "key": self._key},
            {"status": answer.status_code, "body": bytes(answer.body), "headers": _headers(answer)},
        )

    def refusal(self, problem: Problem) -> Answer | None:
        """A 409 or 422 is definite. Those of the key itself are not kept: they say nothing about the request."""
        if problem.status not in _DEFINITE or isinstance(problem, RequestInProgress | IdempotencyKeyReused):
            return None
        self._kept = problem
        body = encode(problem.body(instance=self._path, trace_id=trace_id()))
        return Answer(problem.status, body, problem.headers, PROBLEM_JSON)

    async def keep_refusal(self, uow: UnitOfWork, problem: Problem) -> None:
        """Keep a definite refusal that came before any transaction was opened, such as NotBookable."""
        if problem is self._kept:
            return
        answer = self.refusal(problem)
        if answer is None:
            return
        async with uow.across_businesses() if self._business_id is None else uow(self._business_id) as tx:
            await self.claim(tx)
            self.keep(tx, answer)

    def _again(self, kept: Row | RowMapping) -> None:
        """Raise what was answered before, if it was answered."""
        if kept["status"] is None:
            return
        if kept["fingerprint"] != self._fingerprint:
            raise IdempotencyKeyReused
        fields = {**orjson.loads(kept["headers"]), "Idempotency-Replayed": "true"}
        media_type = fields.pop("content-type", None)
        raise Replayed(Answer(kept["status"], kept["body"], fields, media_type))


class EdgeRoute(APIRoute):
    """Every route of ours: replays a keyed request, and tries again what lost a race inside the database."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def edge(request: Request) -> Response:
            return await at_the_edge(handle, request)

        return edge


async def at_the_edge(handle: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    """Handle a request under its key, if it has one, and again when it lost a race inside the database."""
    keyed = await _keyed_request(request)
    request.state.keyed = keyed
    try:
        if keyed is None:
            return await _retried(handle, request)
        return await _once(handle, request, keyed)
    except Replayed as replayed:
        return replayed.answer


async def _once(handle: Callable[[Request], Awaitable[Response]], request: Request, keyed: KeyedRequest) -> Response:
    """Handle a request whose key is looked for in its transaction; only where it came to none, it is looked for here.

    So the first request, of which there are many, pays nothing for the second, of which there are few.
    """
    uow: UnitOfWork = request.app.state.uow
    try:
        return await _retried(handle, request)
    except Problem as problem:
        if not keyed.looked_for:
            await keyed.replay(uow)
        await keyed.keep_refusal(uow, problem)
        raise


async def _retried(handle: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    """Another try for what lost a race inside the database: deadlock, serialization, lock timeout, a stale reading.

    Whoever loses lost to somebody who went on. All of it ends after three seconds, or a few tries.
    """
    try:
        return await handle(request)
    except Contended:
        again = AsyncRetrying(
            retry=retry_if_exception_type(Contended),
            stop=stop_after_attempt(_MORE_TRIES) | stop_after_delay(_RETRIED_SECONDS),
            wait=wait_random(0.01, 0.1),
            reraise=True,
        )
        return await again(handle, request)


async def _keyed_request(request: Request) -> KeyedRequest | None:
    key = request.headers.get(HEADER)
    if key is None or request.method != "POST":
        return None
    if not 1 <= len(key) <= MAX_KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise BadRequest(f"{HEADER} must have 1 to {MAX_KEY_LENGTH} printable characters.")
    member = await _member_or_none(request)
    actor = f"{member.business_id}:{member.user_id}" if member else "anonymous"
    # A body may hold a password: its fingerprint tells nothing without the key, and of that only a hash is stored.
    fingerprint = hmac.digest(key.encode(), _same_again(request, await request.body()), "sha256")
    stored_key = sha256(key.encode()).hexdigest()
    business_id = member.business_id if member else None
    path = quote(request.url.path)  # a database holds no U+0000
    return KeyedRequest(f"{actor} {path}", stored_key, fingerprint, business_id, request.url.path)


def _same_again(request: Request, body: bytes) -> bytes:
    """The body without what a client makes up anew each time: the boundary between the parts of a form."""
    head = Message()
    head["Content-Type"] = request.headers.get("content-type", "")
    boundary = head.get_boundary() if head.get_content_type() == "multipart/form-data" else None
    return body.replace(boundary.encode(), b"") if boundary else body


async def _member_or_none(request: Request) -> Member | None:
    try:
        return await member_of(request)
    except NotSignedIn:
        return None


class RequestUnitOfWork:
    """The unit of work of one request: `async with uow() as tx`, in the member's business, under the request's key."""

    def __init__(self, uow: UnitOfWork, member: Member, keyed: KeyedRequest | None) -> None:
        self._uow = uow
        self._business_id = member.business_id
        self._keyed = keyed

    @classmethod
    def of(cls, request: Request, member: Member) -> Self:
        """That of a request whose key, if it has one, is known."""
        return cls(request.app.state.uow, member, getattr(request.state, "keyed", None))

    def __call__(self) -> AbstractAsyncContextManager[Tx]:
        """One transaction."""
        return self._uow(self._business_id, keyed=self._keyed)


async def _request_uow(request: Request) -> RequestUnitOfWork:
    return RequestUnitOfWork.of(request, await member_of(request))


Uow = Annotated[RequestUnitOfWork, Depends(_request_uow)]


async def purge(tx: Tx) -> None:
    """Forget keys that are older than seven days."""
    await tx.execute(delete(table).where(table.c.created_at < utc_now() - KEEP))


def _headers(answer: Answer) -> str:
    fields = dict(answer.fields)
    if answer.media_type:
        fields["content-type"] = answer.media_type
    return orjson.dumps(fields).decode()
