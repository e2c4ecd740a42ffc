"""Group sessions as the owner handles them: opened ahead, listed, moved with all of their seats, cancelled."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

import asyncpg
import orjson
import pytest
from fastapi import FastAPI

from appointments import jobs
from plumbing.auth import Role

from ..make import Sold, Studio, at, iso


async def opened(studio: Studio, service: Sold, start: float = 9, *, staff: int | None = 0, **fields: Any) -> Any:
    """A session that was opened ahead."""
    answer = await studio.client.post(
        "/api/sessions", json=studio.body(at(start), service=service, staff=staff, **fields)
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def read(studio: Studio, session_id: str) -> Any:
    """The session with its seats."""
    answer = await studio.client.get(f"/api/sessions/{session_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def change(studio: Studio, session: Any, **fields: Any) -> Any:
    """PUT /api/sessions/{id}."""
    return await studio.client.put(f"/api/sessions/{session['id']}", json=fields)


async def listed(studio: Studio, **query: Any) -> list[Any]:
    """The sessions of that Monday."""
    params = {"rangeStart": iso(at(0)), "rangeEnd": iso(at(24)), **query}
    answer = await studio.client.get("/api/sessions", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def told(studio: Studio, sql: asyncpg.Connection, subject: str) -> list[Any]:
    """The events about something, in their order."""
    rows = await sql.fetch("SELECT body FROM outbox WHERE routing_key LIKE '%' || $1 ORDER BY id", str(studio.id))
    return [one for row in rows if (one := orjson.loads(row["body"]))["subject"] == subject]


async def test_a_session_opened_ahead_is_joined_and_stays_open_without_seats(studio: Studio):
    yoga = studio.sells(capacity=8)
    session = await opened(studio, yoga, capacity=2)
    assert (session["capacity"], session["seatsTaken"], session["planned"]) == (2, 0, True)
    made = await studio.booked(at(9), service=yoga, staff=None)
    assert made["sessionId"] == session["id"]
    await studio.set_status(made, "CANCELLED")
    found = await read(studio, session["id"])
    assert (found["seatsTaken"], [seat["status"] for seat in found["seats"]]) == (0, ["CANCELLED"])


async def test_a_session_is_not_opened_where_somebody_is_busy_or_for_a_private_service(studio: Studio):
    yoga = studio.sells(capacity=8)
    await studio.booked(at(9), staff=0)
    client = studio.client
    taken = await client.post("/api/sessions", json=studio.body(at(9.5), service=yoga))
    assert (taken.status_code, taken.json()["code"]) == (409, "SlotTaken")
    private = await client.post("/api/sessions", json=studio.body(at(12)))
    assert (private.status_code, private.json()["errors"][0]["pointer"]) == (422, "/serviceId")
    for fields in ({"capacity": 0}, {"capacity": 501}, {"end": iso(at(9))}, {"notes": "x"}):
        assert (await client.post("/api/sessions", json=studio.body(at(9), service=yoga, **fields))).status_code == 422


async def test_opening_twice_with_one_key_opens_once(studio: Studio):
    yoga = studio.sells(capacity=8)
    body, headers = studio.body(at(9), service=yoga), {"Idempotency-Key": "k"}
    first, second = [await studio.client.post("/api/sessions", json=body, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code, second.json()) == (201, 201, first.json())
    assert first.headers["Location"] == f"/api/sessions/{first.json()['id']}"
    assert len(await listed(studio)) == 1


async def test_sessions_of_a_range_are_listed_by_start_in_pages_and_by_staff_and_service(studio: Studio):
    yoga, dance = studio.sells(capacity=8), studio.sells(capacity=8)
    sessions = [await opened(studio, yoga, hour) for hour in (9, 11, 13)] + [await opened(studio, dance, 9, staff=1)]
    assert {one["id"] for one in await listed(studio)} == {one["id"] for one in sessions}
    assert [one["id"] for one in await listed(studio, serviceId=str(yoga.id))] == [one["id"] for one in sessions[:3]]
    assert [one["id"] for one in await listed(studio, staffId=str(studio.staff[1]))] == [sessions[3]["id"]]
    assert await listed(studio, rangeStart=iso(at(10)), rangeEnd=iso(at(11))) == []
    params = {"rangeStart": iso(at(0)), "rangeEnd": iso(at(24)), "limit": 3}
    page = (await studio.client.get("/api/sessions", params=params)).json()
    rest = (await studio.client.get("/api/sessions", params={**params, "cursor": page["nextCursor"]})).json()
    assert (len(page["items"]), len(rest["items"]), rest["nextCursor"]) == (3, 1, None)


@pytest.mark.parametrize("hours", [0, 101 * 24])
async def test_a_range_must_be_one(studio: Studio, hours: float):
    params = {"rangeStart": iso(at(0)), "rangeEnd": iso(at(hours))}
    answer = await studio.client.get("/api/sessions", params=params)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/rangeEnd")


async def test_a_session_moves_with_all_of_its_seats(studio: Studio, sql: asyncpg.Connection):
    yoga = studio.sells(capacity=8, before=5)
    made = [await studio.booked(at(9), service=yoga, staff=0) for _ in range(3)]
    session = await read(studio, made[0]["sessionId"])
    moved = await change(studio, session, start=iso(at(9.5)), staffId=str(studio.staff[1]))
    assert moved.status_code == 200, moved.text
    assert (moved.json()["start"], moved.json()["end"]) == (iso(at(9.5)), iso(at(10.5)))
    for one in made:
        seat = await studio.read(one)
        assert (seat["start"], seat["staffId"], seat["revision"]) == (iso(at(9.5)), str(studio.staff[1]), 2)
        assert (await studio.history(one))[-1]["change"] == "reassigned"
    await studio.booked(at(9), staff=0)
    assert (await studio.book(at(9.5), staff=1)).status_code == 409
    last = (await told(studio, sql, session["id"]))[-1]
    assert [claim["bookableId"] for claim in last["data"]["claims"]] == [str(studio.staff[1])]
    assert last["data"]["session"]["seatsTaken"] == 3
    assert last["revision"] == moved.json()["revision"]


async def test_a_session_does_not_move_into_somebody_else_s_time(studio: Studio):
    yoga = studio.sells(capacity=8)
    session = await opened(studio, yoga)
    await studio.booked(at(11), staff=0)
    refused = await change(studio, session, start=iso(at(10.5)))
    assert (refused.status_code, refused.json()["conflicts"][0]["kind"]) == (409, "staffBusy")
    assert (await read(studio, session["id"]))["start"] == iso(at(9))


async def test_a_session_to_which_somebody_has_been_does_not_move(studio: Studio):
    made = await studio.booked(at(9), service=studio.sells(capacity=8), staff=0)
    await studio.set_status(made, "COMPLETED")
    refused = await change(studio, {"id": made["sessionId"]}, start=iso(at(12)))
    assert (refused.status_code, refused.json()["code"]) == (409, "StatusNotAllowed")


async def test_the_capacity_does_not_fall_below_the_seats_taken(studio: Studio):
    yoga = studio.sells(capacity=8)
    made = [await studio.booked(at(9), service=yoga, staff=0) for _ in range(3)]
    session = {"id": made[0]["sessionId"]}
    refused = await change(studio, session, capacity=2)
    assert (refused.status_code, refused.json()["code"], refused.json()["seatsTaken"]) == (409, "SeatsInUse", 3)
    assert (await change(studio, session, capacity=3)).json()["capacity"] == 3
    assert (await studio.book(at(9), service=yoga, staff=0)).json()["conflicts"][0]["kind"] == "full"
    assert (await change(studio, session, capacity=4)).status_code == 200
    await studio.booked(at(9), service=yoga, staff=0)


async def test_a_capacity_that_falls_while_people_join_is_never_exceeded(studio: Studio):
    yoga = studio.sells(capacity=20)
    session = await opened(studio, yoga)
    joins = [studio.book(at(9), service=yoga, staff=0) for _ in range(20)]
    answers = await asyncio.gather(*joins[:10], change(studio, session, capacity=7), *joins[10:])
    assert Counter(answer.status_code for answer in answers).keys() <= {200, 201, 409}
    found = await read(studio, session["id"])
    assert found["seatsTaken"] == len(found["seats"]) <= found["capacity"]


async def test_a_cancelled_session_cancels_its_seats_and_frees_its_time(studio: Studio, sql: asyncpg.Connection):
    yoga = studio.sells(capacity=8)
    made = [await studio.booked(at(9), service=yoga, staff=0) for _ in range(3)]
    await studio.set_status(made[0], "COMPLETED")
    where = f"/api/sessions/{made[0]['sessionId']}"
    assert (await studio.client.delete(where, params={"reason": "The teacher is ill."})).status_code == 204
    found = [await studio.read(one) for one in made]
    assert [one["status"] for one in found] == ["COMPLETED", "CANCELLED", "CANCELLED"]
    assert {one["cancellationReason"] for one in found[1:]} == {"The teacher is ill."}
    assert (await studio.client.get(where)).status_code == (await studio.client.delete(where)).status_code == 404
    assert (await told(studio, sql, made[0]["sessionId"]))[-1]["data"]["claims"] == []
    await studio.booked(at(9), staff=0)
    assert (await studio.client.delete(f"/api/appointments/{made[0]['id']}")).status_code == 204


async def test_a_stale_change_is_refused(studio: Studio):
    session = await opened(studio, studio.sells(capacity=8))
    where = f"/api/sessions/{session['id']}"
    assert (await studio.client.get(where)).headers["ETag"] == '"1"'
    for method, body in (("PUT", {"capacity": 9}), ("DELETE", None)):
        stale = await studio.client.request(method, where, json=body, headers={"If-Match": '"7"'})
        assert (stale.status_code, stale.json()["current"]["id"]) == (412, session["id"])


async def test_staff_handle_their_own_sessions_and_see_all(studio: Studio):
    yoga = studio.sells(capacity=8)
    own, other = await opened(studio, yoga), await opened(studio, yoga, staff=1)
    studio.act_as(Role.STAFF, studio.staff[0])
    assert {one["id"] for one in await listed(studio)} == {own["id"], other["id"]}
    assert (await change(studio, own, capacity=9)).status_code == 200
    refused = [
        await change(studio, other, capacity=9),
        await change(studio, own, staffId=str(studio.staff[1])),
        await studio.client.delete(f"/api/sessions/{other['id']}"),
        await studio.client.post("/api/sessions", json=studio.body(at(12), service=yoga, staff=1)),
        await studio.client.post("/api/sessions", json=studio.body(at(12), service=yoga, staff=None)),
    ]
    assert [answer.status_code for answer in refused] == [403] * 5


async def test_another_business_s_session_does_not_exist(new_studio: Callable[..., Studio]):
    mine, theirs = new_studio(), new_studio()
    session = await opened(theirs, theirs.sells(capacity=8))
    where = f"/api/sessions/{session['id']}"
    for method, body in (("GET", None), ("PUT", {"capacity": 3}), ("DELETE", None)):
        answer = await mine.client.request(method, where, json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    assert await listed(mine) == []
    foreign = await mine.client.post("/api/sessions", json=theirs.body(at(12), service=theirs.service))
    assert (foreign.status_code, foreign.json()["errors"][0]["pointer"]) == (422, "/serviceId")


async def test_every_seat_is_told_with_the_session_s_seats_and_a_rising_revision(
    studio: Studio, sql: asyncpg.Connection
):
    yoga = studio.sells(capacity=2)
    made = [await studio.booked(at(9), service=yoga, staff=0) for _ in range(2)]
    await studio.set_status(made[0], "CANCELLED")
    await studio.set_status(made[1], "CANCELLED")
    events = await told(studio, sql, made[0]["sessionId"])
    assert [event["revision"] for event in events] == [1, 2, 3, 4]
    assert [event["data"]["session"]["seatsTaken"] for event in events] == [1, 2, 1, 0]
    assert [len(event["data"]["claims"]) for event in events] == [1, 1, 1, 0]
    assert {event["type"] for event in await told(studio, sql, made[0]["id"])} == {
        "appointment.created",
        "appointment.updated",
    }


async def test_sessions_are_told_again(app: FastAPI, studio: Studio, sql: asyncpg.Connection):
    made = await studio.booked(at(9), service=studio.sells(capacity=2), staff=0)
    before = await told(studio, sql, made["sessionId"])
    await jobs.republish(app.state.uow)
    after = await told(studio, sql, made["sessionId"])
    assert [event["data"] for event in after] == [before[-1]["data"]] * 2


async def test_moving_and_cancelling_many_seats_takes_as_many_statements_as_few(studio: Studio, statements: list[str]):
    yoga = studio.sells(capacity=50)
    counts: list[int] = []
    for hour, seats in ((9, 2), (12, 26)):
        made = [await studio.booked(at(hour), service=yoga, staff=0) for _ in range(seats)]
        statements.clear()
        session = {"id": made[0]["sessionId"]}
        assert (await change(studio, session, start=iso(at(hour + 1)))).status_code == 200
        assert (await studio.client.delete(f"/api/sessions/{session['id']}")).status_code == 204
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0


async def test_an_ordinary_booking_asks_nothing_about_sessions(studio: Studio, statements: list[str]):
    await studio.booked(at(9))
    assert not [sql for sql in statements if "sessions" in sql or "waiting_list" in sql]
