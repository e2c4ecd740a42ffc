"""Many people, one slot: exactly one of them gets it, and everybody gets a clear answer, soon."""

import asyncio
from collections import Counter
from datetime import timedelta

from tests.e2e.owner import Owner, next_week

PEOPLE = 200


async def test_200_at_once_on_one_slot_make_one_appointment(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    replies = await asyncio.gather(*(owner.book(service, staff, next_week(9)) for _ in range(PEOPLE)))
    assert Counter(reply.status for reply in replies) == {201: 1, 409: PEOPLE - 1}
    refused = [reply for reply in replies if reply.status == 409]
    assert all(reply.code == "SlotTaken" and reply.body["conflicts"] for reply in refused)


async def test_staggered_starts_that_overlap_make_one_appointment(owner: Owner):
    staff = await owner.staff()
    service = await owner.service([staff])
    starts = [next_week(9) + timedelta(minutes=5 * (number % 6)) for number in range(48)]
    replies = await asyncio.gather(*(owner.book(service, staff, start) for start in starts))
    assert Counter(reply.status for reply in replies) == {201: 1, 409: len(starts) - 1}


async def test_fifty_at_once_for_any_of_ten_staff_members_fill_exactly_ten(owner: Owner):
    staff = [await owner.staff(f"Staff {number}") for number in range(10)]
    service = await owner.service(staff)
    replies = await asyncio.gather(*(owner.book(service, None, next_week(9)) for _ in range(50)))
    assert Counter(reply.status for reply in replies) == {201: 10, 409: 40}
    assert {reply.body["staffId"] for reply in replies if reply.status == 201} == set(staff)
    refused = [reply for reply in replies if reply.status == 409]
    assert all(reply.code == "SlotTaken" and reply.body["conflicts"] for reply in refused)


async def test_fifty_at_once_for_the_last_room_make_one_appointment(owner: Owner):
    await owner.must("POST", "/api/resources", {"name": "Room 1", "kind": "room"})
    staff = [await owner.staff(f"Staff {number}") for number in range(10)]
    service = await owner.service(staff, resourceNeeds=[{"kind": "room", "quantity": 1}])
    replies = await asyncio.gather(*(owner.book(service, None, next_week(9)) for _ in range(50)))
    assert Counter(reply.status for reply in replies) == {201: 1, 409: 49}
    kinds = {conflict["kind"] for reply in replies if reply.status == 409 for conflict in reply.body["conflicts"]}
    assert kinds == {"resourceBusy"}
