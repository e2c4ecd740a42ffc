"""What the tests of a service's application share; the service's conftest says what `app` and `database` are."""

from collections.abc import AsyncGenerator, Generator

import asyncpg
import pytest
from fastapi import FastAPI

from plumbing.db import UnitOfWork
from plumbing.testing import TestKeys, noted_statements
from sundial_local.databases import Database


@pytest.fixture(scope="session")
def keys() -> TestKeys:
    """What the tests' tokens are signed with."""
    return TestKeys()


@pytest.fixture
def uow(app: FastAPI) -> UnitOfWork:
    """The application's transactions."""
    return app.state.uow


@pytest.fixture
def admin_url(database: Database, postgres_server: str) -> str:
    """The URL of the database for a superuser."""
    return postgres_server.rsplit("/", 1)[0] + "/" + database.name


@pytest.fixture
async def sql(admin_url: str) -> AsyncGenerator[asyncpg.Connection]:
    """A superuser's connection: sees every business."""
    connection = await asyncpg.connect(admin_url)
    yield connection
    await connection.close()


@pytest.fixture
def statements(uow: UnitOfWork) -> Generator[list[str]]:
    """Every statement that the application runs from now on."""
    with noted_statements(uow) as seen:
        yield seen
