"""The second wall alone: past row-level security, the business in every statement keeps businesses apart."""

from collections.abc import AsyncGenerator, Callable

import pytest

from appointments.main import create_app
from plumbing.testing import TestKeys
from sundial_local.databases import Database
from tests.walls.desk import Desk
from tests.walls.probe import Probe, each_is_noticed
from tests.walls.twins import Twins
from tests.walls.unwalled import unwalled

from ..belongings import IMPORTED, WIDER, fill, poisoned
from ..files import CatalogueFiles
from ..make import Catalogue, Studio, settings
from ..scoping import bearer, steps

UNNOTICED = {
    "in: SELECT uid, time_off_id FROM imported_events": "the id is looked for in the business again, by availability",
    "AND appointments.customer_id IS NULL … FOR UPDATE": "no seat is held for a guest in the probe",
    "in: SELECT FROM import_rows r": "says only how an import of the business has ended",
    "customers.business_id = appointments.business_id … SKIP LOCKED": "no deposit is late in the probe",
    "in: SELECT FROM sessions s … s.id = c.owner_id": "the owner of a claim that is found in the business",
    "in: SELECT max(a.created_at) FROM appointments": "only who comes first of those who are as free as each other",
    "in: SELECT sum(least(upper(c.during)": "only who comes first of those who are free",
    "in: SELECT import_rows.number, import_rows.line": "the rows of an import that the same request has made",
    "OR lower(customers.name) = ANY": "finds whom a row may mean, and twins have the same addresses and ids",
    "in: SELECT id, name, email, phone FROM customers … LIMIT 1": "one of two twins, which have the same id",
    "in: SELECT id, name, email, phone FROM customers … coalesce": "one of two twins, which have the same id",
    "in: SELECT customers.id FROM customers … customers.email = $": "twins have one id",
    "AND customers.blocked AND": "whoever is blocked is so in both of the twins",
    "i.business_id = $ in: UPDATE import_rows r SET action = 'skip'": "the rows that it joins are the business's alone",
    "in: SELECT waiting_list.id FROM waiting_list WHERE waiting_list.business_id = $::UUID AND waiting_list.state": (
        "only whether it is worth while to look who waits, which is then done in the business"
    ),
    "in: SELECT appointments.id FROM appointments WHERE appointments.business_id = $::UUID AND appointments.customer": (
        "the ids of appointments whose activity is then changed in the business"
    ),
    "in: SELECT scope, key, body FROM idempotency_keys": "a key is of one business, and has no twin",
}
"""The places of the conditions that nobody can notice, and why."""


@pytest.fixture(scope="module")
async def probe(
    new_database: Callable[[str], Database], postgres_server: str, keys: TestKeys, catalogue: Catalogue
) -> AsyncGenerator[Probe]:
    """A business and its twin, on a database without walls."""
    async with unwalled(new_database("appointments"), postgres_server) as place:
        desk, files = Desk(), CatalogueFiles(catalogue)
        app = create_app(settings(place.url, keys), keys=keys, offers=catalogue, catalogue=files)
        desk.sit_at(app.state.uow.engine)
        mine, theirs = Studio(app, catalogue, keys), Studio(app, catalogue, keys)
        my_ids, their_ids = await fill(mine, app, bearer(keys)), await fill(theirs, app, bearer(keys))
        await place.admin.execute(WIDER)
        for studio in (mine, theirs):
            await place.admin.execute(IMPORTED, studio.id, studio.staff[0])
        twins = Twins(place.admin, mine.id, theirs.id)
        await twins.keep(poisoned(my_ids), alone=("idempotency_keys",))
        made = Probe(twins, desk, steps(mine, my_ids, their_ids, app, keys), files.added.clear)
        await made.look()
        yield made
        await app.state.uow.engine.dispose()


async def test_without_walls_nothing_of_another_business_is_shown_or_changed(probe: Probe):
    assert await probe.twins.without_a_twin() == []
    assert probe.trespasses() == []


async def test_no_condition_on_the_business_can_be_left_out(probe: Probe, subtests: pytest.Subtests):
    await each_is_noticed(probe, subtests, but=UNNOTICED)
