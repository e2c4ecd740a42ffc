"""The application on a real database, with businesses from memory."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from availability.main import create_app
from plumbing.testing import TestKeys
from sundial_local.databases import Database

from ..make import Accounts, Studio, settings

_DRIVERS_OWN = ("typeinfo", "'jit'")
"""What the driver asks once per connection, to know what an array is."""


@pytest.fixture(scope="session")
def accounts() -> Accounts:
    """Which businesses there are."""
    return Accounts()


@pytest.fixture(scope="session")
def database(new_database: Callable[[str], Database]) -> Database:
    """One for all of these tests: every test has a business of its own."""
    return new_database("availability")


@pytest.fixture(scope="session")
async def app(database: Database, keys: TestKeys, accounts: Accounts) -> AsyncGenerator[FastAPI]:
    """The application."""
    made = create_app(settings(database.app_url, keys), keys=keys, businesses=accounts)
    yield made
    await made.state.uow.engine.dispose()


@pytest.fixture
async def new_studio(app: FastAPI, accounts: Accounts, keys: TestKeys) -> AsyncGenerator[Callable[..., Studio]]:
    """`new_studio(currency="AED")`: a business with an API client."""
    made: list[Studio] = []

    def new(**details: str) -> Studio:
        made.append(Studio(app, accounts, keys, **details))
        return made[-1]

    yield new
    for studio in made:
        await studio.client.aclose()


@pytest.fixture
def studio(new_studio: Callable[..., Studio]) -> Studio:
    """A business in Dubai."""
    return new_studio()


@pytest.fixture
async def counted(database: Database, keys: TestKeys, accounts: Accounts) -> AsyncGenerator[tuple[Studio, list[str]]]:
    """A studio at a process of its own, and all that this process sends to the database from now on.

    What SQLAlchemy composes is seen there, what goes past it by the driver.
    """
    seen: list[str] = []
    app = create_app(settings(database.app_url, keys), keys=keys, businesses=accounts)
    engine = app.state.uow.engine

    def composed(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    def direct(record: Any) -> None:
        if not any(own in record.query for own in _DRIVERS_OWN):
            seen.append(record.query)

    event.listen(engine.sync_engine, "before_cursor_execute", composed)
    event.listen(engine.sync_engine, "connect", lambda made, _: made.driver_connection.add_query_logger(direct))
    studio = Studio(app, accounts, keys)
    yield studio, seen
    await studio.client.aclose()
    await engine.dispose()
