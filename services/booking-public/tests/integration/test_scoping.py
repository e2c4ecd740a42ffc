"""The second wall alone: past row-level security, the business in every statement keeps businesses apart."""

from collections.abc import AsyncGenerator, Callable
from datetime import timedelta

import pytest

from booking_public.main import create_app
from booking_public.queries.public_pages import PageSlugs
from plumbing.kept_answers import AnswerCache
from plumbing.testing import TestKeys
from sundial_local.databases import Database
from tests.walls.desk import Desk
from tests.walls.probe import Probe, each_is_noticed
from tests.walls.twins import Twins
from tests.walls.unwalled import unwalled

from ..desk import Hours
from ..make import Accounts, Sold, Studio, settings
from ..scoping import START, Doubtful, Elsewhere, fill, let_rest, poisoned, steps

_OWN_WORK = "an attempt, hold, wish, deposit or refund that the same request has made, and so has no twin"
_ONE_ID = "only the id is used, and twins have one"
_HASHED = "counts what has this hash, and the hash of an address or contact has the business in it"
_FAR = "whether others keep too much of the next two weeks: in the probe nobody keeps any"
_ONE_SLUG = "a slug is one page's of all businesses, and the page belongs to the business of its slug by a foreign key"

UNNOTICED = {
    "FROM bookings WHERE business_id = $ AND contacts && $": _HASHED,
    "in: SELECT count(*) AS waits": _HASHED,
    "in: SELECT address, coalesce(expires_at": _HASHED,
    "in: SELECT service_id, start_at, end_at": _FAR,
    "sold.business_id = $ in: SELECT min(expires_at)": _FAR,
    "in: SELECT s.slug, s.business_id, s.page_id": _ONE_SLUG,
    "in: SELECT page_slugs.until IS NULL": _ONE_SLUG,
    "in: UPDATE page_slugs SET until": _ONE_SLUG,
    "deposits.business_id = payments.business_id in: SELECT": _ONE_ID,
    "in: SELECT bookings.id FROM bookings … bookings.customer_id": _ONE_ID,
    "in: SELECT catalogue_copy.id FROM catalogue_copy": _ONE_ID,
    "in: SELECT deposits.id FROM deposits … deposits.booking_id IN": _ONE_ID,
    "FROM bookings WHERE bookings.business_id = $::UUID AND bookings.hold_id": "twins accept the same offer",
    "FROM bookings WHERE bookings.business_id = $::UUID AND bookings.key_hash": _OWN_WORK,
    "FROM guest_holds WHERE guest_holds.business_id = $::UUID AND guest_holds.key_hash": _OWN_WORK,
    "FROM guest_waits WHERE guest_waits.business_id = $::UUID AND guest_waits.key_hash": _OWN_WORK,
    "guest_holds.token_hash = $::BYTEA FOR UPDATE": "a secret is unique in the world",
    "FROM guest_waits WHERE guest_waits.business_id = $::UUID AND guest_waits.id = $": "twins wait for the same",
    "FROM refunds WHERE refunds.business_id = $::UUID AND refunds.id = $::UUID FOR UPDATE": _OWN_WORK,
    "FROM refunds WHERE refunds.business_id = $::UUID AND refunds.request_key": _OWN_WORK,
    "in: SELECT * FROM guest_waits WHERE": "only whether it is worth while to ask appointments who waits",
    "FROM bookings WHERE bookings.business_id = $::UUID AND bookings.state = $": _ONE_ID,
    "in: UPDATE bookings SET paying_back_since … bookings.paying_back_since <=": "nothing is owed to the twin's guests",
    "in: UPDATE bookings SET state=$::VARCHAR, staff_id=$::UUID, end_at": _OWN_WORK,
    "in: UPDATE deposits SET provider_id=$::VARCHAR, client_secret": _OWN_WORK,
    "in: UPDATE deposits SET told=": "done by jobs, which do the same for both",
    "in: UPDATE guest_holds SET state=$::VARCHAR, end_at": _OWN_WORK,
    "in: UPDATE guest_waits SET answer": _OWN_WORK,
    "in: UPDATE refunds SET state": _OWN_WORK,
}
"""The places of the conditions that nobody can notice, and why."""


@pytest.fixture(scope="module")
async def probe(
    new_database: Callable[[str], Database], postgres_server: str, keys: TestKeys, accounts: Accounts
) -> AsyncGenerator[Probe]:
    """A business and its twin, on a database without walls."""
    async with unwalled(new_database("booking-public"), postgres_server) as place:
        desk, elsewhere, sold = Desk(), Elsewhere(), Sold()
        app = create_app(
            settings(place.url, keys, guest_holds_per_network=1000),
            keys=keys,
            businesses=accounts,
            catalogue=sold,
            payments=elsewhere.bank,
            appointments=elsewhere.booked,
            captcha=Doubtful(),
            open_hours=Hours(),
            waiting_list=elsewhere.line,
        )
        uow = app.state.uow
        desk.sit_at(uow.engine)
        studios = [Studio(app, accounts, sold, keys) for _ in range(2)]
        mine, theirs = [
            await fill(one, app, elsewhere, keys, START + timedelta(days=7 * number))
            for number, one in enumerate(studios)
        ]
        await let_rest(place.admin)
        twins = Twins(place.admin, mine.studio.id, theirs.studio.id)
        await twins.keep(poisoned(), alone=("idempotency_keys",))
        elsewhere.keep()

        def forget() -> None:
            elsewhere.put_back()
            app.state.page_slugs, app.state.answers = PageSlugs(uow), AnswerCache()

        made = Probe(twins, desk, steps(mine, theirs, app, elsewhere, keys), forget)
        await made.look()
        yield made
        await uow.engine.dispose()


async def test_without_walls_nothing_of_another_business_is_shown_or_changed(probe: Probe):
    assert await probe.twins.without_a_twin() == ["stripe_events"]  # of which it is never known whose they are
    assert probe.trespasses() == []


async def test_no_condition_on_the_business_can_be_left_out(probe: Probe, subtests: pytest.Subtests):
    await each_is_noticed(probe, subtests, but=UNNOTICED)
