"""Seats of group sessions: many customers share one time of one staff member, and never more than there are seats."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

import asyncpg
import httpx

from contracts.ids import uuid7

from ..make import Studio, at, iso, path

COUNTED = """
SELECT s.id, s.seats_taken, count(a.id) AS seats FROM sessions s
LEFT JOIN appointments a ON a.business_id = s.business_id AND a.session_id = s.id
    AND a.status <> 'CANCELLED' AND a.deleted_at IS NULL
WHERE s.business_id = $1 AND s.closed_at IS NULL GROUP BY s.business_id, s.id
"""


async def seats_are_counted(studio: Studio, sql: asyncpg.Connection) -> dict[str, int]:
    """The seats taken in every open session, which are as many as there are appointments in it."""
    rows = await sql.fetch(COUNTED, studio.id)
    assert [row["seats_taken"] for row in rows] == [row["seats"] for row in rows]
    return {str(row["id"]): row["seats_taken"] for row in rows}


async def test_the_first_booking_opens_a_session_and_the_next_ones_join_it(studio: Studio, sql: asyncpg.Connection):
    yoga = studio.sells(capacity=3)
    made = [await studio.booked(at(9), service=yoga, staff=0) for _ in range(3)]
    assert len({one["sessionId"] for one in made}) == 1
    assert await seats_are_counted(studio, sql) == {made[0]["sessionId"]: 3}
    claims = await sql.fetch("SELECT owner_id FROM claims WHERE business_id = $1", studio.id)
    assert [str(row["owner_id"]) for row in claims] == [made[0]["sessionId"]]


async def test_a_full_session_says_that_it_is_full(studio: Studio):
    yoga = studio.sells(capacity=2)
    made = [await studio.booked(at(9), service=yoga, staff=0) for _ in range(2)]
    refused = await studio.book(at(9), service=yoga, staff=0)
    assert (refused.status_code, refused.json()["code"]) == (409, "SlotTaken")
    [conflict] = refused.json()["conflicts"]
    assert (conflict["kind"], conflict["sessionId"]) == ("full", made[0]["sessionId"])


async def test_seats_oversold_by_api(studio: Studio, sql: asyncpg.Connection):
    """Peers sold more seats than there were, or split a slot in two (cal.diy #13360, #7967, PR #27389)."""
    yoga = studio.sells(capacity=8)

    async def insists() -> httpx.Response:
        """Asks again, as it is told to, while the machine is too busy to give everybody their turn."""
        key = str(uuid7())
        while (answer := await studio.book(at(9), service=yoga, staff=0, key=key)).status_code == 503:
            pass
        return answer

    answers = await asyncio.gather(*(insists() for _ in range(50)))
    assert Counter(answer.status_code for answer in answers) == {201: 8, 409: 42}
    kinds = {
        conflict["kind"] for answer in answers if answer.status_code == 409 for conflict in answer.json()["conflicts"]
    }
    assert kinds == {"full"}
    assert list((await seats_are_counted(studio, sql)).values()) == [8]


async def test_with_any_staff_an_open_session_is_filled_before_another_is_opened(
    studio: Studio, sql: asyncpg.Connection
):
    yoga = studio.sells(capacity=2)
    made = [await studio.booked(at(9), service=yoga, staff=None) for _ in range(6)]
    assert sorted(Counter(one["sessionId"] for one in made).values()) == [2, 2, 2]
    assert len({one["staffId"] for one in made}) == 3
    assert [one["sessionId"] for one in made[::2]] == [one["sessionId"] for one in made[1::2]]
    assert (await studio.book(at(9), service=yoga, staff=None)).status_code == 409
    assert sorted((await seats_are_counted(studio, sql)).values()) == [2, 2, 2]


async def test_a_private_booking_and_a_session_exclude_each_other(studio: Studio):
    yoga = studio.sells(capacity=8)
    await studio.booked(at(9), service=yoga, staff=0)
    await studio.booked(at(12), staff=0)
    for start, service in ((9, studio.service), (9.5, studio.service), (12, yoga), (11.5, yoga)):
        refused = await studio.book(at(start), service=service, staff=0)
        assert (refused.status_code, refused.json()["conflicts"][0]["kind"]) == (409, "staffBusy")


async def test_another_start_and_another_service_do_not_join(studio: Studio):
    yoga, dance = studio.sells(capacity=8), studio.sells(capacity=8)
    await studio.booked(at(9), service=yoga, staff=0)
    for start, service in ((9.25, yoga), (9, dance)):
        refused = await studio.book(at(start), service=service, staff=0)
        assert (refused.status_code, refused.json()["conflicts"][0]["kind"]) == (409, "staffBusy")
    assert (await studio.book(at(9), service=yoga, staff=0, end=iso(at(11)))).status_code == 409


async def test_a_customer_is_in_a_session_once(studio: Studio):
    yoga = studio.sells(capacity=8)
    lina = {"name": "Lina", "email": "lina@example.com"}
    made = await studio.booked(at(9), service=yoga, staff=0, customer=lina)
    for who in ({"customer": lina}, {"customerId": made["customerId"]}):
        refused = await studio.book(at(9), service=yoga, staff=0, **who)
        assert (refused.status_code, refused.json()["code"]) == (409, "AlreadyInSession")
    await studio.booked(at(9), service=yoga, staff=0, customer={"name": "Her friend"})
    await studio.set_status(made, "CANCELLED")
    await studio.booked(at(9), service=yoga, staff=0, customer=lina)


async def test_a_session_takes_its_units_once_for_all_of_its_seats(studio: Studio, sql: asyncpg.Connection):
    unit = uuid7()
    spin = studio.sells(capacity=4, units=[unit])
    for _ in range(4):
        assert (await studio.booked(at(9), service=spin, staff=0))["resourceIds"] == [str(unit)]
    assert (await studio.book(at(9), service=spin, staff=1)).json()["conflicts"][0]["kind"] == "resourceBusy"
    assert await sql.fetchval("SELECT count(*) FROM claims WHERE business_id = $1", studio.id) == 2


async def test_a_seat_that_is_cancelled_or_deleted_is_free_and_the_last_one_closes_the_session(
    studio: Studio, sql: asyncpg.Connection
):
    yoga = studio.sells(capacity=2)
    one, two = [await studio.booked(at(9), service=yoga, staff=0) for _ in range(2)]
    assert (await studio.set_status(one, "CANCELLED")).status_code == 200
    three = await studio.booked(at(9), service=yoga, staff=0)
    assert three["sessionId"] == two["sessionId"]
    assert (await studio.client.delete(path(two))).status_code == 204
    assert await seats_are_counted(studio, sql) == {three["sessionId"]: 1}
    await studio.set_status(three, "CANCELLED")
    assert await seats_are_counted(studio, sql) == {}
    assert await sql.fetchval("SELECT count(*) FROM claims WHERE business_id = $1", studio.id) == 0
    await studio.booked(at(9.5), staff=0)


async def test_who_came_and_who_did_not_keep_their_seats(studio: Studio):
    yoga = studio.sells(capacity=2)
    one, two = [await studio.booked(at(9), service=yoga, staff=0) for _ in range(2)]
    await studio.set_status(one, "COMPLETED")
    await studio.set_status(two, "NO_SHOW")
    assert (await studio.book(at(9), service=yoga, staff=0)).status_code == 409


async def test_a_seat_moves_to_another_session_and_back_to_time_of_its_own(studio: Studio, sql: asyncpg.Connection):
    yoga = studio.sells(capacity=2)
    one, two = [await studio.booked(at(9), service=yoga, staff=0) for _ in range(2)]
    other = await studio.booked(at(12), service=yoga, staff=0)
    moved = (await studio.change(one, start=iso(at(12)))).json()
    assert (moved["sessionId"], moved["start"]) == (other["sessionId"], iso(at(12)))
    assert (await studio.change(two, start=iso(at(12)))).json()["conflicts"][0]["kind"] == "full"
    assert await seats_are_counted(studio, sql) == {two["sessionId"]: 1, other["sessionId"]: 2}
    private = (await studio.change(two, serviceId=str(studio.service.id))).json()
    assert private["sessionId"] is None
    assert await seats_are_counted(studio, sql) == {other["sessionId"]: 2}
    back = (await studio.change(private, serviceId=str(yoga.id))).json()
    assert back["sessionId"] not in {None, two["sessionId"]}


async def test_the_only_seat_of_a_session_does_not_block_its_own_move(studio: Studio, sql: asyncpg.Connection):
    """Peers let the own slot block its own reschedule (cal.diy PR #8828)."""
    yoga = studio.sells(capacity=2, before=10, after=10)
    made = await studio.booked(at(9), service=yoga, staff=0)
    moved = await studio.change(made, start=iso(at(9.5)))
    assert moved.status_code == 200, moved.text
    assert await seats_are_counted(studio, sql) == {moved.json()["sessionId"]: 1}


async def test_a_seat_cannot_be_resized(studio: Studio):
    made = await studio.booked(at(9), service=studio.sells(capacity=2), staff=0)
    refused = await studio.change(made, end=iso(at(11)))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/end")
    assert (await studio.change(made, start=iso(at(10)), end=iso(at(11)))).status_code == 200


async def test_joins_moves_and_cancellations_at_once_never_oversell(studio: Studio, sql: asyncpg.Connection):
    yoga = studio.sells(capacity=3)
    made = [await studio.booked(at(hour), service=yoga, staff=0) for hour in (9, 12) for _ in range(3)]
    changes: list[Any] = [studio.set_status(one, "CANCELLED") for one in made[:2]]
    changes += [studio.change(one, start=iso(at(12))) for one in made[2:3]]
    changes += [studio.change(one, start=iso(at(9))) for one in made[3:5]]
    changes += [studio.client.delete(path(made[5]))]
    changes += [studio.book(at(hour), service=yoga, staff=0) for hour in (9, 12) for _ in range(10)]
    changes += [studio.book(at(9.5), staff=0), studio.book(at(12.5), staff=None)]
    answers = await asyncio.gather(*changes)
    assert {answer.status_code for answer in answers} <= {200, 201, 204, 409}
    assert all(taken <= 3 for taken in (await seats_are_counted(studio, sql)).values())
    assert await sql.fetchval("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == 0


async def test_a_rush_of_private_bookings_and_seats_leaves_one_of_them(
    new_studio: Callable[..., Studio], sql: asyncpg.Connection
):
    studio = new_studio()
    yoga = studio.sells(capacity=20)
    rush = [studio.book(at(9), service=yoga if i % 2 else studio.service, staff=0) for i in range(20)]
    answers = await asyncio.gather(*rush)
    seats = [answer.json()["sessionId"] for answer in answers if answer.status_code == 201]
    assert len(seats) == (1 if seats[0] is None else 10)
    assert len(set(seats)) == 1
    assert await sql.fetchval("SELECT count(*) FROM claims WHERE business_id = $1", studio.id) == 1
