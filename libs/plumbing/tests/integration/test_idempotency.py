"""Idempotency-Key, on a small application and a real database."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import nullcontext
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from starlette.middleware import Middleware

from contracts.wire import Wire
from plumbing.auth import Member, SignedIn, TokenVerifier
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.direct import Direct
from plumbing.idempotency import KEEP, EdgeRoute, RequestUnitOfWork, Uow, purge
from plumbing.problems import ServiceUnavailable
from plumbing.sqlstates import Contended
from plumbing.testing import TestKeys
from plumbing.web import create_app
from sundial_local.databases import Database

from .things import NameTaken, create, names, thing, things, unit_of_work

router = APIRouter(prefix="/things", route_class=EdgeRoute)
failures: dict[str, list[Exception]] = {}


class NewThing(Wire):
    """What is sent."""

    number: int
    name: str


@router.post("", status_code=201)
async def add(body: NewThing, member: SignedIn, uow: Uow) -> Response:
    """Add a thing; fails as often as the test wants, after it has written."""
    if body.name == "refused before":
        raise NameTaken
    async with uow() as tx:
        tx.insert(things, thing(member.business_id, body.number, body.name))
        await tx.flush()
        if failures.get(body.name):
            raise failures[body.name].pop()
        return tx.answer(body, 201, {"Location": f"/things/{body.number}"})


class Client:
    """A member of a business of their own."""

    def __init__(self, app: FastAPI, keys: TestKeys) -> None:
        self.business_id: UUID = uuid4()
        token = keys.access_token(self.business_id)
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://test", headers={"Authorization": f"Bearer {token}"}
        )

    async def add(self, number: int, name: str, *, key: str | None = "k") -> httpx.Response:
        """POST /things."""
        headers = {"Idempotency-Key": key} if key else {}
        return await self.http.post("/things", json={"number": number, "name": name}, headers=headers)


@pytest.fixture(scope="module")
async def database(new_database: Callable[[str], Database]) -> Database:
    database = new_database("appointments")
    await create(database)
    return database


@pytest.fixture
async def uow(database: Database) -> AsyncGenerator[UnitOfWork]:
    async with unit_of_work(database, pool_size=8) as made:
        yield made


async def add_directly(_: Request, body: NewThing, member: Member, uow: RequestUnitOfWork) -> Response:
    """The same, past the framework."""
    return await add(body, member, uow)


@pytest.fixture(params=["by the route", "past the framework"])
async def client(request: pytest.FixtureRequest, uow: UnitOfWork) -> AsyncGenerator[Client]:
    failures.clear()
    keys = TestKeys()
    app = create_app("things", summary="", routers=[router], lifespan=lambda _: nullcontext(), checks={}, version="1")
    if request.param == "past the framework":
        app.user_middleware.append(Middleware(Direct, path="/things", body=NewThing, endpoint=add_directly))
    app.state.uow, app.state.tokens, app.state.public_origins = uow, TokenVerifier(keys), frozenset[str]()
    made = Client(app, keys)
    yield made
    await made.http.aclose()


def replayed(answer: httpx.Response) -> bool:
    """Whether it was answered before."""
    return answer.headers.get("idempotency-replayed") == "true"


async def test_a_request_sent_again_has_one_effect_and_one_answer(client: Client, uow: UnitOfWork):
    first, again = await client.add(1, "a"), await client.add(1, "a")
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["location"] == "/things/1"
    assert (replayed(first), replayed(again)) == (False, True)
    assert await names(uow, client.business_id) == ["a"]


async def test_without_a_key_nothing_is_remembered(client: Client):
    assert (await client.add(1, "a", key=None)).status_code == 201
    assert (await client.add(2, "a", key=None)).status_code == 409


async def test_a_definite_refusal_is_kept_and_its_effect_is_not(client: Client, uow: UnitOfWork):
    failures["a"] = [NameTaken("once")]
    first, again = await client.add(1, "a"), await client.add(1, "a")
    assert (first.status_code, again.status_code, again.json()) == (409, 409, first.json())
    assert (replayed(first), replayed(again)) == (False, True)
    assert await names(uow, client.business_id) == []


async def test_a_refusal_by_the_database_itself_is_kept(client: Client, uow: UnitOfWork):
    await client.add(1, "a", key=None)
    first, again = await client.add(2, "a"), await client.add(2, "a")
    assert (first.json()["code"], again.json(), replayed(again)) == ("NameTaken", first.json(), True)
    assert await names(uow, client.business_id) == ["a"]


async def test_a_refusal_before_any_transaction_is_kept(client: Client):
    first, again = await client.add(1, "refused before"), await client.add(1, "refused before")
    assert (first.status_code, again.json(), replayed(first), replayed(again)) == (409, first.json(), False, True)


@pytest.mark.parametrize(("failure", "status"), [(ServiceUnavailable(), 503), (ZeroDivisionError(), 500)])
async def test_what_failed_on_our_side_may_be_tried_again(
    client: Client, uow: UnitOfWork, failure: Exception, status: int
):
    failures["a"] = [failure]
    transport = httpx.ASGITransport(client.http._transport.app, raise_app_exceptions=False)  # type: ignore[attr-defined]
    client.http._transport = transport
    first, again = await client.add(1, "a"), await client.add(1, "a")
    assert (first.status_code, again.status_code, replayed(again)) == (status, 201, False)
    assert await names(uow, client.business_id) == ["a"]


@pytest.mark.parametrize("key", ["k", None])
async def test_what_lost_a_race_is_tried_again_from_the_start(client: Client, uow: UnitOfWork, key: str | None):
    failures["a"] = [Contended(), Contended()]
    assert (await client.add(1, "a", key=key)).status_code == 201
    assert await names(uow, client.business_id) == ["a"]


async def test_a_race_that_is_lost_again_and_again_ends_in_words(client: Client):
    failures["a"] = [Contended() for _ in range(100)]
    answer = await client.add(1, "a")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "Contended", "2")


async def test_rivals_with_one_key_wait_for_the_first(client: Client, uow: UnitOfWork):
    answers = await asyncio.gather(*(client.add(1, "a") for _ in range(8)))
    assert Counter(map(replayed, answers)) == {False: 1, True: 7}
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert await names(uow, client.business_id) == ["a"]


async def test_a_key_is_not_another_businesss(client: Client, uow: UnitOfWork):
    await client.add(1, "a")
    async with uow(uuid4()) as tx:
        assert await tx.fetch("SELECT * FROM idempotency_keys") == []


async def test_the_key_and_what_it_says_are_stored_as_hashes(client: Client, database: Database):
    await client.add(1, "secret", key="my very own key")
    owner = await asyncpg.connect(database.owner_url)
    await owner.execute("SET app.every_business = 'on'")
    rows: list[Any] = await owner.fetch("SELECT scope, key FROM idempotency_keys")
    await owner.close()
    assert rows
    assert "my very own key" not in str(rows)


async def test_keys_are_forgotten_after_seven_days(client: Client, uow: UnitOfWork, database: Database):
    await client.add(1, "a")
    for age, left in ((KEEP * 0.99, 1), (KEEP * 1.01, 0)):
        async with uow.across_businesses() as tx:
            await tx.fetch("UPDATE idempotency_keys SET created_at = $1", utc_now() - age)
            await purge(tx)
        async with uow(client.business_id) as tx:
            assert len(await tx.fetch("SELECT 1 FROM idempotency_keys")) == left
