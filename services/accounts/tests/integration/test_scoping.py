"""The second wall alone: past row-level security, the business in every statement keeps businesses apart."""

from collections.abc import AsyncGenerator, Callable
from uuid import UUID

import pytest

from accounts.main import create_app
from plumbing.testing import TestKeys
from sundial_local.databases import Database
from tests.walls.desk import Desk
from tests.walls.probe import Probe, each_is_noticed
from tests.walls.twins import MARK, Twins
from tests.walls.unwalled import unwalled

from ..make import Browser, jwks, settings
from ..scoping import LONG_AGO, fill, poisoned, steps

UNNOTICED = {
    "businesses.business_id = members.business_id in: … users.email = $::VARCHAR": (
        "only whether such a member of the business is there is asked: each with every business is there as well"
    ),
}
"""The places of the conditions that nobody can notice, and why."""


@pytest.fixture(scope="module")
async def probe(
    new_database: Callable[[str], Database], postgres_server: str, keys: TestKeys, caller: TestKeys
) -> AsyncGenerator[Probe]:
    """A business and its twin, on a database without walls."""
    async with unwalled(new_database("accounts"), postgres_server) as place:
        desk = Desk()
        app = create_app(
            settings(database_url=place.url, signing_keys=jwks(keys), trusted_service_keys=caller.public_json)
        )
        desk.sit_at(app.state.uow.engine)
        mine, theirs = Browser(app), Browser(app)
        my_ids, their_ids = await fill(mine, app, "of my own"), await fill(theirs, app, MARK)
        await place.admin.execute(LONG_AGO)
        twins = Twins(place.admin, UUID(my_ids["business"]), UUID(their_ids["business"]))
        await twins.keep(poisoned(), alone=("idempotency_keys",))
        made = Probe(twins, desk, steps(mine, my_ids, their_ids, app, caller), lambda: None)
        await made.look()
        yield made
        await app.state.uow.engine.dispose()


async def test_without_walls_nothing_of_another_business_is_shown_or_changed(probe: Probe):
    assert await probe.twins.without_a_twin() == []
    assert probe.trespasses() == []


async def test_no_condition_on_the_business_can_be_left_out(probe: Probe, subtests: pytest.Subtests):
    await each_is_noticed(probe, subtests, but=UNNOTICED)
