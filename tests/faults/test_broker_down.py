"""RabbitMQ stopped: booking goes on. Started again: the events arrive, once each in effect."""

import asyncio

from plumbing.testing import eventually
from sundial_local.product import Product
from tests.e2e.owner import Owner, next_week
from tests.faults.stored import Databases


async def test_booking_goes_on_without_the_broker_and_its_events_arrive_later(
    breakable: Product, breakable_owner: Owner, breakable_databases: Databases
):
    owner, business = breakable_owner, breakable_owner.business["id"]
    staff = await owner.staff()
    service = await owner.service([staff])
    await asyncio.to_thread(breakable.part("rabbitmq").stop)
    for hour in range(6, 18):
        assert (await owner.book(service, staff, next_week(hour))).status == 201
    assert (await owner.book(service, staff, next_week(6))).status == 409
    assert not await breakable_databases.copy_is_equal(business)
    await asyncio.to_thread(breakable.part("rabbitmq").start)
    await breakable_databases.until_copy_is_equal(business, seconds=60)

    async def listed() -> bool:
        return next_week(6) in await owner.starts(service, staff, next_week(6).date())

    await eventually(listed, until=lambda seen: not seen, seconds=5)
