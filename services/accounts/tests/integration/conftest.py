"""The application on a real database."""

from collections.abc import AsyncGenerator, Callable

import pytest
from fastapi import FastAPI

from accounts.main import create_app
from plumbing.testing import TestKeys
from sundial_local.databases import Database

from ..make import Browser, jwks, settings


@pytest.fixture(scope="session")
def keys() -> TestKeys:
    """What the application signs with."""
    return TestKeys("first")


@pytest.fixture(scope="session")
def caller() -> TestKeys:
    """What a trusted service signs its calls with."""
    return TestKeys("availability")


@pytest.fixture(scope="session")
def database(new_database: Callable[[str], Database]) -> Database:
    """One for all of these tests: every test has people of its own."""
    return new_database("accounts")


@pytest.fixture(scope="session")
async def app(database: Database, keys: TestKeys, caller: TestKeys) -> AsyncGenerator[FastAPI]:
    """The application."""
    made = create_app(
        settings(database_url=database.app_url, signing_keys=jwks(keys), trusted_service_keys=caller.public_json)
    )
    yield made
    await made.state.uow.engine.dispose()


@pytest.fixture
async def new_browser(app: FastAPI) -> AsyncGenerator[Callable[[], Browser]]:
    """`new_browser()`: somebody who is not signed in."""
    made: list[Browser] = []

    def new() -> Browser:
        made.append(Browser(app))
        return made[-1]

    yield new
    for browser in made:
        await browser.client.aclose()


@pytest.fixture
def browser(new_browser: Callable[[], Browser]) -> Browser:
    """Somebody who is not signed in."""
    return new_browser()
