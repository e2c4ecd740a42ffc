"""The way past the framework for what another service asks: a model in, a model out.

Solving the dependencies of a route costs more than most answers. So this stands before the router, but inside the edge:
trace, metrics and the caller's token are those of every request. It only ever answers with a 200: whatever is refused
goes on to the route, which says so itself, and which is what the documentation shows.
"""

from collections.abc import Awaitable, Callable

from pydantic import ValidationError
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contracts.wire import Wire
from plumbing.answers import Answer
from plumbing.edge import NamedRoute
from plumbing.problems import Problem
from plumbing.service_tokens import calling_service


class Questions[Q: Wire]:
    """ASGI middleware for one POST route of `/internal`, whose endpoint has the same `answer`."""

    def __init__(
        self, app: ASGIApp, path: str, question: type[Q], answer: Callable[[Request, Q], Awaitable[Wire]]
    ) -> None:
        self._app = app
        self._route = NamedRoute(path)
        self._question = question
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != self._route.path or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            await calling_service(request)
        except Problem:
            await self._app(scope, receive, send)  # nothing of a stranger's body has been read
            return
        body = await request.body()
        try:
            answer = await self._answer(request, self._question.model_validate_json(body))
        except (Problem, ValidationError):
            await self._app(scope, received_again(body, receive), send)
            return
        scope["route"] = self._route
        await Answer.of(answer)(scope, receive, send)


def received_again(body: bytes, receive: Receive) -> Receive:
    """The body that was read already, and then what else comes."""
    waiting = [body]

    async def receive_again() -> Message:
        return {"type": "http.request", "body": waiting.pop()} if waiting else await receive()

    return receive_again
