"""The second wall alone: past row-level security, the business in every statement keeps businesses apart."""

from collections.abc import AsyncGenerator, Callable

import pytest

from notifications.main import create_app
from plumbing.testing import TestKeys
from sundial_local.databases import Database
from tests.walls.desk import Desk
from tests.walls.probe import Probe, each_is_noticed
from tests.walls.twins import Twins
from tests.walls.unwalled import unwalled

from ..belongings import Tenant, at_rest, fill, poisoned
from ..make import Links, Studio, settings
from ..receiver import receivers
from ..scoping import steps

UNNOTICED = {
    "webhook_deliveries.business_id = webhook_endpoints.business_id in: SELECT": (
        "only whether it is worth while to look what is due for an endpoint, which is then done in its business"
    ),
}
"""The places of the conditions that nobody can notice, and why."""


@pytest.fixture(scope="module")
async def probe(new_database: Callable[[str], Database], postgres_server: str, keys: TestKeys) -> AsyncGenerator[Probe]:
    """A business and its twin, on a database without walls."""
    async with unwalled(new_database("notifications"), postgres_server) as place, receivers() as new_receiver:
        desk = Desk()
        loose = {"webhooks_to_loopback": True, "sms_per_number_and_day": 1000}
        app = create_app(settings(place.url, keys, **loose), keys=keys, links=Links())
        desk.sit_at(app.state.uow.engine)
        mine, theirs = (Tenant(Studio(app, keys), new_receiver()) for _ in range(2))
        for tenant in (mine, theirs):
            await fill(tenant, place.admin)
        await at_rest(theirs, place.admin)
        twins = Twins(place.admin, mine.studio.id, theirs.studio.id)
        await twins.keep(poisoned(mine, theirs), alone=("idempotency_keys",))
        made = Probe(twins, desk, steps(mine, theirs, app, place.admin, keys), lambda: None)
        await made.look()
        yield made
        await app.state.poster.close()
        await app.state.uow.engine.dispose()


async def test_without_walls_nothing_of_another_business_is_shown_or_changed(probe: Probe):
    assert await probe.twins.without_a_twin() == []
    assert probe.trespasses() == []


async def test_no_condition_on_the_business_can_be_left_out(probe: Probe, subtests: pytest.Subtests):
    await each_is_noticed(probe, subtests, but=UNNOTICED)
