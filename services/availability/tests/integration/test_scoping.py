"""The second wall alone: past row-level security, the business in every statement keeps businesses apart."""

from collections.abc import AsyncGenerator, Callable

import pytest

from availability.main import create_app
from availability.queries.time import Catalogues
from availability.queries.time_claims import KeptClaims
from plumbing.kept_answers import AnswerCache
from plumbing.testing import TestKeys
from sundial_local.databases import Database
from tests.walls.desk import Desk
from tests.walls.probe import Probe, each_is_noticed
from tests.walls.twins import Twins
from tests.walls.unwalled import unwalled

from ..make import Accounts, Studio, settings
from ..scoping import fill, poisoned, steps

UNNOTICED = {
    "staff.business_id = $::UUID in: SELECT staff.id FROM staff WHERE staff.business_id = $::UUID": (
        "names staff members whose claims are looked for, and those are the business's own by another condition"
    ),
    "in: SELECT staff.business_id, staff.id, … staff.business_id = $::UUID AND staff.id IN ($::UUID)": (
        "of the rows nothing is used but the ids, by which they were asked for"
    ),
    "business_id = ANY($::uuid[]) in: SELECT business_id, version, catalogue_version FROM versions": (
        "each of those who ask together takes the row of its own business"
    ),
}
"""The places of the conditions that nobody can notice, and why."""


@pytest.fixture(scope="module")
async def probe(
    new_database: Callable[[str], Database], postgres_server: str, keys: TestKeys, accounts: Accounts
) -> AsyncGenerator[Probe]:
    """A business and its twin, on a database without walls."""
    async with unwalled(new_database("availability"), postgres_server) as place:
        desk = Desk()
        app = create_app(settings(place.url, keys), keys=keys, businesses=accounts)
        uow = app.state.uow
        desk.sit_at(uow.engine)
        mine, theirs = Studio(app, accounts, keys), Studio(app, accounts, keys)
        my_ids, their_ids = await fill(mine, uow), await fill(theirs, uow)
        twins = Twins(place.admin, mine.id, theirs.id)
        await twins.keep(poisoned(my_ids), alone=("idempotency_keys",))

        def forget() -> None:
            app.state.catalogues, app.state.claims = Catalogues(uow), KeptClaims(uow)
            app.state.answers = AnswerCache()

        made = Probe(twins, desk, steps(mine, my_ids, their_ids, uow, keys), forget)
        await made.look()
        yield made
        await uow.engine.dispose()


async def test_without_walls_nothing_of_another_business_is_shown_or_changed(probe: Probe):
    assert await probe.twins.without_a_twin() == []
    assert probe.trespasses() == []


async def test_no_condition_on_the_business_can_be_left_out(probe: Probe, subtests: pytest.Subtests):
    await each_is_noticed(probe, subtests, but=UNNOTICED)
