"""The application behind a real HTTP server, and stripe-sim as a process, which tells it of everything."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import uvicorn
from fastapi import FastAPI

from booking_public.jobs.bookings import BookingWork
from booking_public.main import create_app
from plumbing import failpoints
from plumbing.testing import TestKeys, eventually
from sundial_local.databases import Database
from sundial_local.ports import LOOPBACK, free_port
from sundial_local.stripe import Server

from ...desk import Booked, Hours, Stranger
from ...make import Accounts, Sold, Studio, settings
from ...till import KEYS, Stripe, Till
from ...unreliable import Unreliable
from ...walk import DEPOSIT, Walk


@pytest.fixture(scope="session")
def own_port() -> int:
    """Where the application listens."""
    return free_port()


@pytest.fixture(scope="session")
def stripe_server(tmp_path_factory: pytest.TempPathFactory, own_port: int) -> Generator[Server]:
    """stripe-sim."""
    folder: Path = tmp_path_factory.mktemp("stripe")
    url = f"http://{LOOPBACK}:{own_port}/api/webhooks/stripe"
    made = Server(folder, free_port(), KEYS, webhook_url=url)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
async def selling_app(
    database: Database, keys: TestKeys, accounts: Accounts, stripe_server: Server, own_port: int
) -> AsyncGenerator[FastAPI]:
    """The application with Stripe's keys; nothing runs on a timer."""
    told = {name.lower(): value for name, value in KEYS.items()}
    made = create_app(
        settings(database.app_url, keys, stripe_api_base=stripe_server.url, **told),
        keys=keys,
        businesses=accounts,
        catalogue=Sold(),
    )
    server = uvicorn.Server(
        uvicorn.Config(made, host=LOOPBACK, port=own_port, lifespan="off", log_level="error", ws="none")
    )
    serving = asyncio.create_task(server.serve())
    await eventually(_started(server))
    yield made
    server.should_exit = True
    await serving
    await made.state.payments.close()
    await made.state.uow.engine.dispose()


@pytest.fixture
async def stripe(stripe_server: Server) -> Stripe:
    """Its controls; all is well, and its webhooks wait."""
    made = Stripe(stripe_server.url)
    await made.all_is_well()
    return made


@pytest.fixture
def till(selling_app: FastAPI, stripe: Stripe, sql: asyncpg.Connection) -> Generator[Till]:
    """A business that takes deposits."""
    yield Till(selling_app.state.uow, selling_app.state.payments, stripe, sql)
    failpoints.arm({})


@pytest.fixture
async def owner(selling_app: FastAPI, accounts: Accounts, keys: TestKeys, till: Till) -> AsyncGenerator[Studio]:
    """The owner of that business, at its API."""
    made = Studio(selling_app, accounts, Sold(), keys)
    till.business_id = made.id
    yield made
    await made.client.aclose()


@pytest.fixture(scope="session")
def elsewhere() -> Unreliable:
    """Appointments."""
    return Unreliable()


@pytest.fixture(scope="session")
async def guests_app(
    database: Database, keys: TestKeys, accounts: Accounts, elsewhere: Unreliable, stripe_server: Server
) -> AsyncGenerator[FastAPI]:
    """Another process beside that which hears webhooks; nothing runs on a timer."""
    told = {name.lower(): value for name, value in KEYS.items()}
    made = create_app(
        settings(
            database.app_url,
            keys,
            stripe_api_base=stripe_server.url,
            guest_attempts_per_contact=1000,
            guest_attempts_per_network=100_000,
            guest_holds_per_network=1000,
            **told,
        ),
        keys=keys,
        businesses=accounts,
        catalogue=Sold(),
        appointments=elsewhere,
        open_hours=Hours(),
    )
    yield made
    await made.state.payments.close()
    await made.state.uow.engine.dispose()


@pytest.fixture
async def new_walk(
    guests_app: FastAPI, elsewhere: Unreliable, accounts: Accounts, keys: TestKeys, till: Till
) -> AsyncGenerator[object]:
    """`await new_walk(seed, **page)`."""
    sold = Sold()
    guests_app.state.catalogue = sold
    studio = Studio(guests_app, accounts, sold, keys)
    clients = [studio.client]

    async def new(seed: int, **page: Any) -> Walk:
        confirmation = "manual" if seed % 4 == 0 else "automatic"
        slug = (await studio.page(**{"confirmation": confirmation, **page}))["slug"]
        stranger = Stranger(guests_app, slug, studio.pilates.id)
        clients.append(stranger.client)
        till.business_id = studio.id
        elsewhere.booked = Booked(deposit=DEPOSIT)
        return Walk(till, elsewhere, stranger, BookingWork(guests_app.state.guest_desk.flow), seed)

    yield new
    for client in clients:
        await client.aclose()


def _started(server: uvicorn.Server) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return server.started

    return look
