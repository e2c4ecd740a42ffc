"""The way past the framework: what was made once for a member's business is sent again as it is.

Matching a route and its parameters costs more than all the rest of a kept answer. So this stands before the router, but
inside the edge: trace, metrics, sign-in and version are those of every request, and whatever is not kept goes on.
"""

from uuid import UUID

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from availability.queries.versions import Version, Versions
from plumbing.auth import member_of
from plumbing.edge import NamedRoute
from plumbing.kept_answers import AnswerCache, Kept, KeptResponse, takes_gzip
from plumbing.problems import Problem


class KeptAnswers:
    """ASGI middleware for one GET route, which keeps its answers in `app.state.answers`."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._route = NamedRoute(path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != self._route.path or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        kept = await _kept(request)
        if kept is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = self._route
        await KeptResponse(kept, request)(scope, receive, send)


async def _kept(request: Request) -> Kept | None:
    try:
        member = await member_of(request)
        version = await version_for(request, member.business_id)
    except Problem:
        return None  # the route says so itself
    answers: AnswerCache = request.app.state.answers
    return answers.find(member.business_id, question_of(request), version.answers) if version else None


async def version_for(request: Request, business_id: UUID) -> Version | None:
    """The version of the member's business, read once in a request."""
    state = request.scope.setdefault("state", {})
    if "version" not in state:
        versions: Versions = request.app.state.versions
        state["version"] = await versions.current(business_id)
    return state["version"]


def question_of(request: Request) -> bytes:
    """What is asked, as it was written, and in which coding the answer is kept."""
    asked: bytes = request.scope["query_string"]
    return asked + b" gzip" if takes_gzip(request) else asked  # no query string has a space


def in_coding(kept: Kept, request: Request) -> Kept:
    """What is kept for this question: a month of slots is thirteen times smaller as gzip, and is compressed once."""
    return kept.compressed() if takes_gzip(request) else kept
