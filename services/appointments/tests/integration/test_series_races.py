"""Series and whoever else wants the same at the same time: one wins, nobody is asked to try again for nothing."""

import asyncio

import asyncpg
import pytest

from ..make import Studio, at, iso
from ..series import cancel, change, read, repeated, statuses

pytestmark = pytest.mark.usefixtures("month_before")


async def test_of_series_that_want_the_same_time_at_once_one_is_made(studio: Studio, sql: asyncpg.Connection):
    bodies = [studio.body(at(9 + number / 4), rrule="FREQ=WEEKLY;COUNT=10") for number in range(4)]
    answers = await asyncio.gather(*(studio.client.post("/api/series", json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert await sql.fetchval("SELECT count(*) FROM claims WHERE business_id = $1", studio.id) == 10


async def test_moves_of_two_series_into_each_others_times_end_without_an_overlap(studio: Studio):
    first, second = await repeated(studio, at(9)), await repeated(studio, at(11))
    answers = await asyncio.gather(
        change(studio, first, "all", start=iso(at(10.5))), change(studio, second, "all", start=iso(at(9.5)))
    )
    assert [answer.status_code for answer in answers] == [409, 409]


async def test_a_series_and_one_booking_never_have_the_same_time(studio: Studio, sql: asyncpg.Connection):
    series = studio.client.post("/api/series", json=studio.body(at(9), rrule="FREQ=WEEKLY;COUNT=20"))
    answers = await asyncio.gather(series, *(studio.book(at(9.5, day=7 * week)) for week in range(0, 20, 5)))
    made, *booked = [answer.status_code for answer in answers]
    assert (made, set(booked)) in ((201, {409}), (409, {201}), (409, {201, 409}))
    assert await sql.fetchval("SELECT count(*) FROM claims WHERE business_id = $1", studio.id) == (
        20 if made == 201 else booked.count(201)
    )


async def test_changes_of_all_and_of_one_at_once_are_both_made(studio: Studio):
    made = await repeated(studio)
    answers = await asyncio.gather(
        change(studio, made, "all", start=iso(at(12)), status="CONFIRMED"),
        *(studio.change(item, notes="mine") for item in made["items"]),
    )
    assert [answer.status_code for answer in answers] == [200] * 5, [answer.text for answer in answers]
    after = await read(studio, made)
    assert [(item["start"], item["notes"]) for item in after["items"]] == [
        (iso(at(12, day=day)), "mine") for day in (0, 7, 14, 21)
    ]


async def test_cancelling_all_twice_at_once_leaves_one_line_each(studio: Studio):
    made = await repeated(studio)
    answers = await asyncio.gather(*(cancel(studio, made, reason="ill") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {204}
    assert statuses(await read(studio, made)) == ["CANCELLED"] * 4
    for item in made["items"]:
        assert [line["change"] for line in await studio.history(item)] == ["created", "cancelled"]
