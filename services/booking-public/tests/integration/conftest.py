"""The application on a real database, with businesses and catalogues from memory."""

from collections.abc import AsyncGenerator, Callable

import pytest
from fastapi import FastAPI

from booking_public.main import create_app
from plumbing.testing import TestKeys
from sundial_local.databases import Database

from ..make import Accounts, Sold, Studio, settings


@pytest.fixture(scope="session")
def accounts() -> Accounts:
    """Which businesses there are."""
    return Accounts()


@pytest.fixture
def sold() -> Sold:
    """What they sell, while the test lasts."""
    return Sold()


@pytest.fixture(scope="session")
def database(new_database: Callable[[str], Database]) -> Database:
    """One for all of these tests: every test has a business of its own."""
    return new_database("booking-public")


@pytest.fixture(scope="session")
async def app(database: Database, keys: TestKeys, accounts: Accounts) -> AsyncGenerator[FastAPI]:
    """The application."""
    made = create_app(settings(database.app_url, keys), keys=keys, businesses=accounts, catalogue=Sold())
    yield made
    await made.state.uow.engine.dispose()


@pytest.fixture(autouse=True)
def _catalogue_of_this_test(app: FastAPI, sold: Sold) -> None:
    app.state.catalogue = sold


@pytest.fixture
async def new_studio(
    app: FastAPI, accounts: Accounts, sold: Sold, keys: TestKeys
) -> AsyncGenerator[Callable[..., Studio]]:
    """`new_studio(currency="AED")`: a business with an API client."""
    made: list[Studio] = []

    def new(**details: str) -> Studio:
        made.append(Studio(app, accounts, sold, keys, **details))
        return made[-1]

    yield new
    for studio in made:
        await studio.client.aclose()


@pytest.fixture
def studio(new_studio: Callable[..., Studio]) -> Studio:
    """A business in Dubai."""
    return new_studio()
