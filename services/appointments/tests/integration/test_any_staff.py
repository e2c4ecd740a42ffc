"""Any staff member: whoever is free and has the least to do."""

import asyncio
from collections import Counter
from collections.abc import Callable

from contracts.ids import uuid7

from ..make import Studio, at


async def test_fifty_at_once_on_ten_staff_members_are_exactly_ten(new_studio: Callable[..., Studio]):
    studio = new_studio(staff=10)
    answers = await asyncio.gather(*(studio.book(at(9), staff=None) for _ in range(50)))
    assert Counter(answer.status_code for answer in answers) == {201: 10, 409: 40}
    assert len({answer.json()["staffId"] for answer in answers if answer.status_code == 201}) == 10
    for refused in (answer.json() for answer in answers if answer.status_code == 409):
        assert refused["code"] == "SlotTaken"
        assert {conflict["staffId"] for conflict in refused["conflicts"]} == set(map(str, studio.staff))


async def test_fifty_at_once_on_ten_machines_are_exactly_ten(new_studio: Callable[..., Studio]):
    studio = new_studio(staff=20)
    machine = studio.sells(units=[uuid7() for _ in range(10)])
    answers = await asyncio.gather(*(studio.book(at(9), staff=None, service=machine) for _ in range(50)))
    assert Counter(answer.status_code for answer in answers) == {201: 10, 409: 40}
    assert all(answer.json()["conflicts"] for answer in answers if answer.status_code == 409)


async def test_the_one_with_the_fewest_minutes_on_that_date_is_taken(studio: Studio):
    await studio.booked(at(14), staff=0)
    await studio.booked(at(14), staff=1, service=studio.sells(minutes=30))
    await studio.booked(at(14), staff=2, service=studio.sells(minutes=30, after=15))
    assert (await studio.booked(at(9), staff=None))["staffId"] == str(studio.staff[1])


async def test_among_equals_the_one_whose_latest_appointment_was_made_longest_ago_is_taken(studio: Studio):
    for staff in (1, 0, 2):
        await studio.booked(at(9, day=7), staff=staff)
    assert (await studio.booked(at(9), staff=None))["staffId"] == str(studio.staff[1])


async def test_among_those_who_never_had_any_the_first_by_id_is_taken(studio: Studio):
    taken = [(await studio.booked(at(9), staff=None))["staffId"] for _ in range(3)]
    assert taken == sorted(map(str, studio.staff))


async def test_minutes_count_on_the_local_date_of_the_business(studio: Studio):
    """In Dubai 21:00 UTC is the next date."""
    await studio.booked(at(21), staff=0)
    await studio.booked(at(14, day=1), staff=1, service=studio.sells(minutes=30))
    await studio.booked(at(14, day=1), staff=2, service=studio.sells(minutes=90))
    assert (await studio.booked(at(9, day=1), staff=None))["staffId"] == str(studio.staff[1])
