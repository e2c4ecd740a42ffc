"""RabbitMQ stopped: booking goes on. Started again: the events arrive, once each in effect."""

import asyncio

from plumbing.testing import eventually
from sundial_local.product import Product
from tests.e2e.members import join, member_id
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


async def test_who_is_removed_without_the_broker_is_refused_by_every_service_in_time(
    breakable: Product, breakable_owner: Owner
):
    member = await join(breakable_owner, "manager")
    await asyncio.to_thread(breakable.part("rabbitmq").stop)
    await breakable_owner.must("DELETE", f"/api/members/{await member_id(breakable_owner, member)}")
    days = {"rangeStart": next_week(0).isoformat(), "rangeEnd": next_week(23).isoformat()}

    async def statuses() -> set[int]:
        replies = [await member.call("GET", "/api/services"), await member.call("GET", "/api/appointments", **days)]
        return {reply.status for reply in replies}

    await eventually(statuses, until=lambda seen: seen == {401}, seconds=5)
    await asyncio.to_thread(breakable.part("rabbitmq").start)
