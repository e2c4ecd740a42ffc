"""Getting in line: who may wait for what, how the list is read, and whose it is."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from appointments import jobs
from contracts.ids import uuid7
from plumbing.auth import Role

from ..line import full, get_in_line, read, waits
from ..make import Studio, at, iso


async def test_nobody_waits_for_a_free_seat_or_for_a_session_they_are_in_or_twice(studio: Studio):
    yoga = studio.sells(capacity=2)
    made = [await studio.booked(at(9), service=yoga, staff=0, customer={"name": "Noor", "email": "n@example.com"})]
    session = {"sessionId": made[0]["sessionId"]}
    assert (await get_in_line(studio, yoga, **session)).json()["code"] == "SeatsLeft"
    await studio.booked(at(9), service=yoga, staff=0)
    seated = await get_in_line(studio, yoga, **session, customer={"name": "Noor", "email": "n@example.com"})
    assert (seated.status_code, seated.json()["code"]) == (409, "AlreadyInSession")
    lina = (await waits(studio, yoga, **session))["customer"]["id"]
    body = {"serviceId": str(yoga.id), "customerId": lina, **session}
    twice = await studio.client.post("/api/waiting-list", json=body)
    assert (twice.status_code, twice.json()["code"]) == (409, "AlreadyWaiting")


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"from": None}, "/from"),
        ({"to": iso(at(0))}, "/to"),
        ({"to": iso(at(0, day=101))}, "/to"),
        ({"from": "2020-01-01T00:00:00Z", "to": "2020-01-02T00:00:00Z"}, "/to"),
        ({"sessionId": str(uuid7()), "from": iso(at(0))}, "/from"),
        ({"sessionId": str(uuid7()), "staffId": str(uuid7())}, "/sessionId"),
        ({"sessionId": str(uuid7())}, "/sessionId"),
        ({"serviceId": str(uuid7())}, "/serviceId"),
        ({"staffId": str(uuid7())}, "/staffId"),
        ({"customer": None}, "/customer"),
        ({"customer": None, "customerId": str(uuid7())}, "/customerId"),
        ({"customerId": str(uuid7())}, "/customer"),
    ],
)
async def test_a_wish_that_cannot_be_accepted_is_refused_by_its_field(
    studio: Studio, fields: dict[str, Any], pointer: str
):
    answer = await get_in_line(studio, studio.service, **fields)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_a_wish_without_a_session_and_without_a_span_lacks_both_its_ends(studio: Studio):
    body = {"serviceId": str(studio.service.id), "customer": {"name": "Lina"}}
    answer = await studio.client.post("/api/waiting-list", json=body)
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/from", "/to"]


async def test_the_list_is_in_the_order_of_coming_in_pages_and_by_state(studio: Studio):
    yoga, made = await full(studio)
    line = [await waits(studio, yoga, f"No {number}", sessionId=made[0]["sessionId"]) for number in range(3)]
    await studio.client.delete(f"/api/waiting-list/{line[1]['id']}")
    client = studio.client
    page = (await client.get("/api/waiting-list", params={"limit": 1})).json()
    rest = (await client.get("/api/waiting-list", params={"limit": 1, "cursor": page["nextCursor"]})).json()
    assert [one["id"] for one in page["items"] + rest["items"]] == [line[0]["id"], line[2]["id"]]
    gone = (await client.get("/api/waiting-list", params={"state": "withdrawn", "serviceId": str(yoga.id)})).json()
    assert [one["id"] for one in gone["items"]] == [line[1]["id"]]
    assert (await client.get("/api/waiting-list", params={"sessionId": str(uuid7())})).json()["items"] == []


async def test_getting_in_line_twice_with_one_key_is_once(studio: Studio):
    body = {"serviceId": str(studio.service.id), "customer": {"name": "L"}, "from": iso(at(0)), "to": iso(at(24))}
    sent = [
        await studio.client.post("/api/waiting-list", json=body, headers={"Idempotency-Key": "k"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert sent[0].json() == sent[1].json()
    assert len((await studio.client.get("/api/waiting-list")).json()["items"]) == 1


async def test_nobody_waits_for_what_is_over(app: FastAPI, studio: Studio, sql: asyncpg.Connection):
    first = await waits(studio, studio.service)
    await sql.execute(
        "UPDATE waiting_list SET from_at = now() - interval '2 h', to_at = now() - interval '1 h' WHERE id = $1",
        first["id"],
    )
    await jobs.purge(app.state.uow)
    assert (await read(studio, first))["state"] == "expired"


async def test_staff_let_people_wait_for_their_own_time_only(studio: Studio):
    yoga, made = await full(studio)
    mine = await waits(studio, studio.service, staffId=str(studio.staff[1]))
    theirs = await waits(studio, yoga, "Noor", sessionId=made[0]["sessionId"])
    studio.act_as(Role.STAFF, studio.staff[1])
    refused = [
        await get_in_line(studio, yoga, "Omar", sessionId=made[0]["sessionId"]),
        await get_in_line(studio, studio.service, "Omar", staffId=str(studio.staff[0])),
        await get_in_line(studio, studio.service, "Omar"),
        await studio.client.delete(f"/api/waiting-list/{theirs['id']}"),
    ]
    assert [answer.status_code for answer in refused] == [403] * 4
    assert (await studio.client.delete(f"/api/waiting-list/{mine['id']}")).status_code == 204


async def test_another_business_s_wish_does_not_exist(new_studio: Callable[..., Studio], sql: asyncpg.Connection):
    mine, theirs = new_studio(), new_studio()
    yoga, made = await full(theirs)
    wish = await waits(theirs, yoga, sessionId=made[0]["sessionId"])
    where = f"/api/waiting-list/{wish['id']}"
    for method, tail in (("GET", ""), ("DELETE", ""), ("POST", "/accept"), ("POST", "/decline")):
        answer = await mine.client.request(method, where + tail)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    foreign = await get_in_line(mine, mine.service, sessionId=made[0]["sessionId"])
    assert (foreign.status_code, foreign.json()["errors"][0]["pointer"]) == (422, "/sessionId")
    assert (await mine.client.get("/api/waiting-list")).json()["items"] == []


async def test_a_stale_answer_is_refused(studio: Studio):
    wish = await waits(studio, studio.service)
    where = f"/api/waiting-list/{wish['id']}"
    assert (await studio.client.get(where)).headers["ETag"] == '"1"'
    for method, tail in (("DELETE", ""), ("POST", "/accept"), ("POST", "/decline")):
        stale = await studio.client.request(method, where + tail, headers={"If-Match": '"7"'})
        assert (stale.status_code, stale.json()["current"]["id"]) == (412, wish["id"])
