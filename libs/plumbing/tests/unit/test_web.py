"""What every application answers by itself, and how it describes itself."""

from collections.abc import AsyncGenerator
from contextlib import nullcontext

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Response

from plumbing.answers import Answer
from plumbing.idempotency import EdgeRoute
from plumbing.problems import StaleRevision
from plumbing.revisions import etag
from plumbing.web import create_app, problems

things = APIRouter(prefix="/things", route_class=EdgeRoute)
parts = APIRouter(prefix="/parts", route_class=EdgeRoute)


@things.get("")
async def list_things() -> Response:
    """All of them."""
    return Answer.of([])


@things.post("", status_code=201)
async def create_thing() -> Response:
    """One more."""
    return Answer.of({}, 201, {"Location": "/things/1", **etag(1)})


@things.get("/{name}")
async def read_thing(name: str) -> Response:
    """One of them."""
    return Answer.of(name, headers=etag(1))


@things.delete("/{name}", status_code=204, responses=problems(StaleRevision))
async def delete_thing(name: str) -> Response:
    """One less."""
    return Answer.of(None, 204)


@parts.get("")
async def list_parts() -> Response:
    """Others."""
    return Answer.of([])


@pytest.fixture
def app() -> FastAPI:
    """An application with these routes."""
    routers = [things, parts]
    return create_app("things", summary="", routers=routers, lifespan=lambda _: nullcontext(), checks={}, version="1")


@pytest.fixture
async def client(app: FastAPI) -> AsyncGenerator[httpx.AsyncClient]:
    """Of that application."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as made:
        yield made


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/things", "GET, POST"),
        ("DELETE", "/things", "GET, POST"),
        ("POST", "/things/1", "DELETE, GET"),
        ("PATCH", "/parts", "GET"),
    ],
)
async def test_who_uses_a_wrong_method_is_told_all_right_ones(
    client: httpx.AsyncClient, method: str, path: str, allowed: str
):
    answer = await client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (405, "MethodNotAllowed")
    assert answer.headers["Allow"] == allowed


def test_headers_of_answers_are_described(app: FastAPI):
    described = {
        (method, path): set(response.get("headers", {}))
        for path, item in app.openapi()["paths"].items()
        for method, operation in item.items()
        for status, response in operation["responses"].items()
        if status.startswith("2")
    }
    assert described == {
        ("get", "/things"): set(),
        ("post", "/things"): {"Location"},
        ("get", "/things/{name}"): {"ETag"},
        ("delete", "/things/{name}"): set(),
        ("get", "/parts"): set(),
    }
