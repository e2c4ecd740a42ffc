"""The way past the framework of a POST: it does the work, and leaves to the route whatever is refused before that."""

from collections.abc import AsyncGenerator
from contextlib import nullcontext
from uuid import uuid4

import httpx
import pytest
from fastapi import APIRouter, Request, Response
from starlette.middleware import Middleware

from contracts.wire import Wire
from plumbing.answers import Answer
from plumbing.auth import Member, SignedIn, TokenVerifier
from plumbing.direct import Direct
from plumbing.idempotency import EdgeRoute, RequestUnitOfWork
from plumbing.problems import NotAllowed
from plumbing.testing import TestKeys
from plumbing.web import MAX_BODY_BYTES, create_app

PATH = "/letters"
router = APIRouter(route_class=EdgeRoute)


class Letter(Wire):
    """What is sent."""

    text: str


@router.post(PATH, status_code=201)
async def send(body: Letter, member: SignedIn) -> Response:
    """The route."""
    return Answer.of({"by": "route", "text": body.text}, 201)


async def send_directly(_: Request, body: Letter, member: Member, __: RequestUnitOfWork) -> Response:
    """The same, past the framework."""
    if body.text == "forbidden":
        raise NotAllowed("Not this.")
    if body.text == "broken":
        raise LookupError
    return Answer.of({"by": "direct", "text": body.text}, 201)


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    """Somebody signed in."""
    keys = TestKeys()
    app = create_app("letters", summary="", routers=[router], lifespan=lambda _: nullcontext(), checks={}, version="1")
    app.user_middleware.append(Middleware(Direct, path=PATH, body=Letter, endpoint=send_directly))
    app.state.uow, app.state.tokens, app.state.public_origins = None, TokenVerifier(keys), frozenset[str]()
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {keys.access_token(uuid4())}", "Content-Type": "application/json"}
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as made:
        yield made


async def test_a_body_that_is_understood_is_answered_directly(client: httpx.AsyncClient):
    answer = await client.post(PATH, content=b'{"text": "hello"}')
    assert (answer.status_code, answer.json()) == (201, {"by": "direct", "text": "hello"})


@pytest.mark.parametrize(
    ("text", "status", "code"), [("forbidden", 403, "NotAllowed"), ("broken", 500, "InternalError")]
)
async def test_a_refusal_is_the_problem_that_the_route_would_answer(
    client: httpx.AsyncClient, text: str, status: int, code: str
):
    answer = await client.post(PATH, json={"text": text})
    assert (answer.status_code, answer.json()["code"], answer.json()["instance"]) == (status, code, PATH)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "BadRequest"),
        (b'{"text": 1}', 422, "Invalid"),
        (b'{"text": "hello", "more": 1}', 422, "Invalid"),
        (b"", 422, "Invalid"),
    ],
)
async def test_a_body_that_is_none_gets_the_problem_that_the_route_documents(
    client: httpx.AsyncClient, body: bytes, status: int, code: str
):
    answer = await client.post(PATH, content=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_body_that_is_too_long_is_refused_however_it_is_sent(client: httpx.AsyncClient):
    async def in_parts() -> AsyncGenerator[bytes]:
        for _ in range(5):
            yield b"a" * (MAX_BODY_BYTES // 4)

    assert (await client.post(PATH, content=b"a" * (MAX_BODY_BYTES + 1))).status_code == 413
    answer = await client.post(PATH, content=in_parts())
    assert (answer.status_code, answer.json()["code"]) == (413, "PayloadTooLarge")


async def test_a_body_of_another_kind_goes_to_the_route(client: httpx.AsyncClient):
    answer = await client.post(
        PATH, content=b'{"text": "hello"}', headers={"Content-Type": "application/json; charset=utf-8"}
    )
    assert answer.json()["by"] == "route"
    plain = await client.post(PATH, content=b'{"text": "hello"}', headers={"Content-Type": "text/plain"})
    assert plain.status_code == 422


async def test_a_stranger_is_refused_by_the_route(client: httpx.AsyncClient):
    answer = await client.post(PATH, content=b'{"text": "hello"}', headers={"Authorization": "Bearer made.up"})
    assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")


async def test_a_key_that_cannot_be_one_is_refused(client: httpx.AsyncClient):
    answer = await client.post(PATH, content=b'{"text": "hello"}', headers={"Idempotency-Key": "x" * 256})
    assert (answer.status_code, answer.json()["code"]) == (400, "BadRequest")
