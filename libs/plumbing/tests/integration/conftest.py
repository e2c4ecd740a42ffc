"""A service's database and a virtual host of the broker, with a table in which reactions leave their effects."""

from collections.abc import AsyncGenerator, Callable

import asyncpg
import pytest

from sundial_local.databases import Database

from .parts import Parts


@pytest.fixture(scope="session")
async def database_with_effects(new_database: Callable[[str], Database]) -> Database:
    """The tables of plumbing, and one for effects."""
    made = new_database("appointments")
    owner = await asyncpg.connect(made.owner_url)
    await owner.execute("CREATE TABLE effects (id bigint GENERATED ALWAYS AS IDENTITY, subject uuid, revision bigint)")
    await owner.close()
    return made


@pytest.fixture
async def parts(database_with_effects: Database, new_virtual_host: Callable[[], str]) -> AsyncGenerator[Parts]:
    """What tells events and what hears them, with nothing told yet."""
    made = Parts(database_with_effects.app_url, new_virtual_host())
    await made.empty()
    yield made
    await made.close()
