"""The application on a real database, with a real mail server that keeps what it is sent."""

from collections.abc import AsyncGenerator, Callable, Generator

import asyncpg
import pytest
from fastapi import FastAPI

from notifications.main import create_app
from plumbing.testing import TestKeys
from sundial_local.databases import Database

from ..make import Links, Studio, settings
from ..post import Post, open_post
from ..receiver import Receiver, Receivers, receivers


@pytest.fixture(scope="session")
def database(new_database: Callable[[str], Database]) -> Database:
    """One for all of these tests: every test has a business of its own."""
    return new_database("notifications")


@pytest.fixture(scope="session")
def opened_post(tmp_path_factory: pytest.TempPathFactory) -> Generator[Post]:
    """The inbox."""
    post = open_post(tmp_path_factory.mktemp("inbox"))
    yield post
    post.server.stop()


@pytest.fixture
async def post(opened_post: Post) -> AsyncGenerator[Post]:
    """The inbox; whatever was out of order is in order again afterwards."""
    yield opened_post
    await opened_post.is_down()


@pytest.fixture(autouse=True)
async def _nothing_else_is_due(sql: asyncpg.Connection) -> None:
    """Tests that send at other times than now would send what others have left."""
    await sql.execute("UPDATE messages SET state = 'skipped', reason = 'of another test' WHERE state = 'waiting'")
    await sql.execute("DELETE FROM reminders")
    await sql.execute("DELETE FROM webhook_deliveries")


@pytest.fixture
def links() -> Links:
    """What booking-public knows."""
    return Links()


@pytest.fixture
async def app(database: Database, keys: TestKeys, post: Post, links: Links) -> AsyncGenerator[FastAPI]:
    """The application; a new one each time, as a provider that was silent is left in peace for a while."""
    loose = {**post.settings, "sms_per_number_and_day": 1000, "webhooks_to_loopback": True}
    made = create_app(settings(database.app_url, keys, **loose), keys=keys, links=links)
    yield made
    await made.state.poster.close()
    for way in made.state.sender.ways:
        await way.provider.close()
    await made.state.uow.engine.dispose()


@pytest.fixture
async def new_studio(app: FastAPI, keys: TestKeys) -> AsyncGenerator[Callable[[], Studio]]:
    """`new_studio()`: a business with an API client, of which nobody has heard."""
    made: list[Studio] = []

    def new() -> Studio:
        made.append(Studio(app, keys))
        return made[-1]

    yield new
    for studio in made:
        await studio.client.aclose()


@pytest.fixture
async def studio(new_studio: Callable[[], Studio]) -> Studio:
    """A business in Dubai."""
    made = new_studio()
    await made.known()
    return made


@pytest.fixture
async def new_receiver() -> AsyncGenerator[Receivers]:
    """Systems of the business."""
    async with receivers() as new:
        yield new


@pytest.fixture
def receiver(new_receiver: Receivers) -> Receiver:
    """One of them."""
    return new_receiver()
