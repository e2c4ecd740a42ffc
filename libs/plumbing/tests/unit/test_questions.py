"""The way past the framework: a stranger gets no further than the headers."""

from types import SimpleNamespace

import pytest
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from contracts.offers import BusinessQuestion
from contracts.wire import Wire
from plumbing.questions import Questions
from plumbing.service_tokens import ServiceTokenVerifier

PATH = "/internal/names"


class Router:
    """What stands behind: it refuses, as the route of the same path would."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1


async def never(_: Request, __: BusinessQuestion) -> Wire:
    pytest.fail("a stranger was answered")


async def unread() -> Message:
    pytest.fail("the body of a stranger was read")


async def unsent(_: Message) -> None:
    pytest.fail("the way past the framework answered a stranger itself")


@pytest.mark.parametrize("headers", [[], [(b"authorization", b"Bearer made.up.token")]])
async def test_nothing_of_a_strangers_body_is_read(headers: list[tuple[bytes, bytes]]):
    verifier = ServiceTokenVerifier('{"keys": []}', audience="names")
    app = SimpleNamespace(state=SimpleNamespace(service_tokens=verifier))
    router = Router()
    scope = {"type": "http", "method": "POST", "path": PATH, "headers": headers, "app": app}
    await Questions(router, PATH, BusinessQuestion, never)(scope, unread, unsent)
    assert router.asked == 1
