"""The application on a real database, with offers from memory."""

from collections.abc import AsyncGenerator, Callable, Generator

import pytest
import time_machine
from fastapi import FastAPI

from appointments.main import create_app
from plumbing.testing import TestKeys
from sundial_local.databases import Database

from ..files import CatalogueFiles
from ..make import Catalogue, Studio, at, settings


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """What can be booked."""
    return Catalogue()


@pytest.fixture(scope="session")
def database(new_database: Callable[[str], Database]) -> Database:
    """One for all of these tests: every test has a business of its own."""
    return new_database("appointments")


@pytest.fixture(scope="session")
async def app(database: Database, keys: TestKeys, catalogue: Catalogue) -> AsyncGenerator[FastAPI]:
    """The application."""
    made = create_app(
        settings(database.app_url, keys), keys=keys, offers=catalogue, catalogue=CatalogueFiles(catalogue)
    )
    yield made
    await made.state.uow.engine.dispose()


@pytest.fixture
async def new_studio(app: FastAPI, catalogue: Catalogue, keys: TestKeys) -> AsyncGenerator[Callable[..., Studio]]:
    """`new_studio(staff=3)`: a business with an API client."""
    made: list[Studio] = []

    def new(*, staff: int = 3) -> Studio:
        made.append(Studio(app, catalogue, keys, staff=staff))
        return made[-1]

    yield new
    for studio in made:
        await studio.client.aclose()


@pytest.fixture
def studio(new_studio: Callable[..., Studio]) -> Studio:
    """A business with three staff members."""
    return new_studio()


@pytest.fixture
def month_before() -> Generator[None]:
    """It is a month before the appointments of the tests: they are to come."""
    with time_machine.travel(at(0, day=-30)):
        yield
