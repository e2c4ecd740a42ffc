"""A service process as a whole: it starts whatever is down, tells what it lacks, and carries one trace to its end."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request
from pydantic import SecretStr

from contracts.accounts import SessionEnded
from contracts.appointments import ClaimsChanged
from plumbing.consumers import Consumers
from plumbing.db import Tx, UnitOfWork
from plumbing.process import ServiceProcess
from plumbing.settings import Environment, ServiceSettings
from plumbing.testing import TestKeys, eventually
from plumbing.tracing import current_trace_id

from .parts import Parts, claims, leave_effect, session_ended

TRACE = "0af7651916cd43dd8448eb211c80319c"
NOWHERE = "127.0.0.1:1"

router = APIRouter()


@router.post("/told", status_code=204)
async def tell(request: Request) -> None:
    """Tell an event."""
    async with request.app.state.uow.across_businesses() as tx:
        tx.emit(claims())


def settings(**changed: Any) -> ServiceSettings:
    fields: dict[str, Any] = {
        "env": Environment.TEST,
        "port": 1,
        "database_url": SecretStr(f"postgresql://nobody@{NOWHERE}/nowhere"),
        "amqp_url": SecretStr(f"amqp://nobody@{NOWHERE}/"),
        "jwks_url": f"http://{NOWHERE}/",
        "accounts_url": f"http://{NOWHERE}",
        "service_private_key": SecretStr(TestKeys("appointments").private_json),
        "public_origins": ("http://localhost",),
    }
    return ServiceSettings(**{**fields, **changed})


@pytest.fixture
def process(parts: Parts) -> ServiceProcess:
    """A process of appointments, on real servers."""
    found = settings(database_url=SecretStr(parts.database_url), amqp_url=SecretStr(parts.amqp_url))
    return ServiceProcess("appointments", found, keys=TestKeys())


@asynccontextmanager
async def started(process: ServiceProcess) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of the running process."""
    app: FastAPI = process.app(summary="A test.", routers=[router])
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):
        yield client


def getting(client: httpx.AsyncClient, path: str) -> Callable[[], Awaitable[httpx.Response]]:
    return lambda: client.get(path)


async def test_it_is_ready_when_the_database_and_the_broker_answer(process: ServiceProcess):
    async with started(process) as client:
        ready = await eventually(getting(client, "/readyz"), until=lambda answer: answer.status_code == 200)
    assert ready.json() == {"process": "ok", "database": "ok", "broker": "ok"}


async def test_it_starts_and_answers_while_everything_is_down():
    process = ServiceProcess("appointments", settings(), keys=TestKeys())
    process.consumes(Consumers("nobody"))
    async with started(process) as client:
        assert (await client.get("/healthz")).status_code == 200
        ready = await client.get("/readyz")
        assert ready.status_code == 503
        assert ready.json() == {"process": "ok", "database": "does not answer", "broker": "not connected"}


async def test_one_trace_runs_from_the_request_through_the_broker_to_what_it_leads_to(
    process: ServiceProcess, parts: Parts
):
    consumers = Consumers("appointments")

    @consumers.on(ClaimsChanged)
    async def tell_on(tx: Tx, event: ClaimsChanged) -> None:
        tx.emit(session_ended())

    @consumers.on(SessionEnded)
    async def end(tx: Tx, event: SessionEnded) -> None:
        [row] = await tx.fetch("SELECT current_setting('app.every_business')")
        assert row[0] == "on"
        await leave_effect(tx, event)
        traces.append(current_trace_id())

    traces: list[str | None] = []
    process.consumes(consumers)
    async with started(process) as client:
        await parts.listens("appointments")
        answer = await client.post("/told", headers={"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"})
        assert answer.status_code == 204
        await eventually(parts.effects)
    assert traces == [TRACE]


async def test_everything_that_was_told_is_published_before_the_end(process: ServiceProcess, parts: Parts):
    async with started(process) as client:
        await eventually(getting(client, "/readyz"), until=lambda answer: answer.status_code == 200)
        for _ in range(20):
            await client.post("/told")
    assert await parts.waiting() == 0


async def test_timers_run_and_what_was_opened_is_closed_last_in_first_out(process: ServiceProcess):
    ticks, closed = asyncio.Event(), []

    async def tick(uow: UnitOfWork) -> None:
        assert uow is process.uow
        ticks.set()

    async def close(name: str) -> None:
        closed.append(name)

    process.every(timedelta(hours=1), tick)
    process.closes(lambda: close("first"))
    process.closes(lambda: close("second"))
    async with started(process), asyncio.timeout(5):
        await ticks.wait()
    assert closed == ["second", "first"]


async def test_metrics_tell_what_waits_and_what_was_published(process: ServiceProcess, parts: Parts):
    async with started(process) as client:
        await client.post("/told")
        await eventually(parts.waiting, until=lambda waiting: waiting == 0)
        shown = (await client.get("/metrics")).text
    for name in ("outbox_events", "outbox_oldest_seconds", "outbox_published_total"):
        assert f"\n{name} " in shown


async def test_a_database_without_its_migrations_is_not_ready(postgres_server: str):
    process = ServiceProcess("appointments", settings(database_url=SecretStr(postgres_server)), keys=TestKeys())
    async with started(process) as client:
        assert "this code needs" in (await client.get("/readyz")).json()["database"]
