"""The way past the framework for the busiest POST: a body in, an answer out.

Finding a route and solving its dependencies costs a good part of all that a booking costs. So this stands before the
router, but inside the edge: trace, metrics and the limit of a body's size are those of every request. Sign-in, key and
retries are the same code as a route's. Whoever is refused before the work begins goes on to the route, which says so
itself, and which is what the documentation shows.
"""

from collections.abc import Awaitable, Callable

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from contracts.wire import Wire
from plumbing.answers import JSON
from plumbing.auth import Member, member_of
from plumbing.edge import NamedRoute
from plumbing.idempotency import RequestUnitOfWork, at_the_edge
from plumbing.problems import PayloadTooLarge, Problem
from plumbing.questions import received_again
from plumbing.web import problem_response

type Endpoint[B: Wire] = Callable[[Request, B, Member, RequestUnitOfWork], Awaitable[Response]]


class Direct[B: Wire]:
    """ASGI middleware for one POST route, whose endpoint does the same work."""

    def __init__(self, app: ASGIApp, path: str, body: type[B], endpoint: Endpoint[B]) -> None:
        self._app = app
        self._route = NamedRoute(path)
        self._body = body
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != self._route.path or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            member = await member_of(request)
        except Problem:
            await self._app(scope, receive, send)  # nothing of a stranger's body has been read
            return
        try:
            content = await request.body()
        except HTTPException:  # the only one that reading raises: the limit of a body's size
            await problem_response(PayloadTooLarge(), request.url.path)(scope, receive, send)
            return
        body = self._read(request, content)
        if body is None:
            await self._app(scope, received_again(content, receive), send)
            return
        scope["route"] = self._route
        answer = await self._answer(request, member, body)
        await answer(scope, receive, send)

    def _read(self, request: Request, content: bytes) -> B | None:
        """The body; None when the route has to say what is wrong with it."""
        if request.headers.get("content-type") != JSON:
            return None
        try:
            return self._body.model_validate_json(content)
        except ValidationError:
            return None

    async def _answer(self, request: Request, member: Member, body: B) -> Response:
        async def handle(request: Request) -> Response:
            return await self._endpoint(request, body, member, RequestUnitOfWork.of(request, member))

        try:
            return await at_the_edge(handle, request)
        except Problem as problem:
            return problem_response(problem, request.url.path)
