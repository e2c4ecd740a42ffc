"""Rooms and machines: added, read, changed, archived; and what services make of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from availability import jobs
from availability.consumers import keep_claims
from plumbing.auth import Role
from plumbing.db import UnitOfWork

from ..make import NINE_TO_FIVE, Studio, claims_changed


async def take(uow: UnitOfWork, studio: Studio, unit: Any, **changed: Any) -> None:
    """Somebody books something for which the unit is needed."""
    event = claims_changed(studio.id, bookable=UUID(unit["id"]))
    event = event.model_copy(update={"claims": [claim.model_copy(update=changed) for claim in event.claims]})
    async with uow.across_businesses() as tx:
        await keep_claims(tx, [event])


async def listed(studio: Studio, query: str = "") -> list[str]:
    """The names of the units that are listed."""
    return [one["name"] for one in (await studio.must("GET", f"/api/resources{query}"))["items"]]


async def starts(studio: Studio, service: Any) -> list[str]:
    """The starts of the Monday."""
    answer = await studio.must("GET", f"/api/availability/slots?serviceId={service['id']}&from=2027-03-01&days=1")
    return [slot["start"] for slot in answer["days"][0]["slots"]]


async def test_a_unit_has_a_name_and_a_kind(studio: Studio):
    answer = await studio.call("POST", "/api/resources", {"name": " Room 1 ", "kind": "room"})
    made = answer.json()
    assert answer.status_code == 201
    assert (answer.headers["location"], answer.headers["etag"]) == (f"/api/resources/{made['id']}", '"1"')
    assert (made["name"], made["kind"], made["active"], made["revision"]) == ("Room 1", "room", True, 1)
    assert await studio.must("GET", f"/api/resources/{made['id']}") == made


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": "Room 1"}, "/kind"),
        ({"name": "Room 1", "kind": " "}, "/kind"),
        ({"name": "Room 1", "kind": "room", "quantity": 2}, "/quantity"),
        ({"name": "Room 1", "kind": "room", "active": "yes"}, "/active"),
    ],
)
async def test_what_is_no_unit_is_refused_by_its_field(studio: Studio, body: Any, pointer: str):
    refused = await studio.call("POST", "/api/resources", body)
    assert (refused.status_code, [error["pointer"] for error in refused.json()["errors"]]) == (422, [pointer])


async def test_the_same_key_adds_one_unit(studio: Studio):
    first, again = [
        await studio.call("POST", "/api/resources", {"name": "Room 1", "kind": "room"}, Idempotency_Key="once")
        for _ in range(2)
    ]
    assert (again.status_code, again.json()) == (201, first.json())
    assert await listed(studio) == ["Room 1"]


async def test_a_change_changes_what_it_sends_and_nothing_else(studio: Studio):
    made = await studio.resource("room")
    path = f"/api/resources/{made['id']}"
    changed = await studio.must("PUT", path, {"name": "Room 2"})
    assert changed == made | {"name": "Room 2", "revision": 2, "updatedAt": changed["updatedAt"]}
    assert await studio.must("GET", path) == changed == await studio.must("PUT", path, {"name": "Room 2"})
    stale = await studio.call("PUT", path, {"name": "Room 3"}, If_Match='"1"')
    assert (stale.status_code, stale.json()["current"]) == (412, changed)
    assert (await studio.call("PUT", path, {"kind": None})).status_code == 422


async def test_units_are_listed_by_kind_and_by_whether_they_are_in_use(studio: Studio):
    for name, kind, active in (("A", "room", True), ("B", "bed", True), ("C", "room", False)):
        await studio.resource(kind, name=name, active=active)
    assert await listed(studio) == ["A", "B", "C"]
    assert await listed(studio, "?kind=room") == ["A", "C"]
    assert await listed(studio, "?active=true") == ["A", "B"]
    assert await listed(studio, "?kind=room&active=false") == ["C"]
    assert await listed(studio, "?kind=pool") == []
    page = await studio.must("GET", "/api/resources?limit=2")
    assert await listed(studio, f"?limit=2&cursor={page['nextCursor']}") == ["C"]


async def test_an_archived_unit_is_gone(studio: Studio):
    made = await studio.resource("room")
    path = f"/api/resources/{made['id']}"
    assert (await studio.call("DELETE", path)).status_code == 204
    assert [(await studio.call(method, path, {})).status_code for method in ("GET", "PUT", "DELETE")] == [404] * 3
    assert await listed(studio) == []


@pytest.mark.parametrize(
    ("method", "body"),
    [("DELETE", None), ("PUT", {"active": False}), ("PUT", {"kind": "bed"})],
)
async def test_a_unit_that_appointments_to_come_need_stays_in_use(
    studio: Studio, uow: UnitOfWork, method: str, body: Any
):
    made = await studio.resource("room")
    await take(uow, studio, made)
    refused = await studio.call(method, f"/api/resources/{made['id']}", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "HasAppointments")
    assert (await studio.must("PUT", f"/api/resources/{made['id']}", {"name": "Renamed"}))["name"] == "Renamed"


@pytest.mark.parametrize("claim", ["over", "expired"])
async def test_a_claim_that_is_past_keeps_no_unit(studio: Studio, uow: UnitOfWork, claim: str):
    made = await studio.resource("room")
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    past = {"over": {"start": long_ago, "end": long_ago + timedelta(hours=1)}, "expired": {"expires_at": long_ago}}
    await take(uow, studio, made, **past[claim])
    assert (await studio.call("DELETE", f"/api/resources/{made['id']}")).status_code == 204


async def test_only_managers_change_units_and_everybody_sees_them(studio: Studio):
    made = await studio.resource("room")
    path = f"/api/resources/{made['id']}"
    studio.act_as(Role.STAFF, str(uuid4()))
    assert await listed(studio) == ["No. 1"]
    assert (await studio.must("GET", path))["id"] == made["id"]
    for method, where, body in (
        ("POST", "/api/resources", {"name": "Room 2", "kind": "room"}),
        ("PUT", path, {"name": "Mine"}),
        ("DELETE", path, None),
    ):
        assert (await studio.call(method, where, body)).status_code == 403
    studio.act_as(Role.MANAGER)
    assert (await studio.call("PUT", path, {"name": "Ours"})).status_code == 200


async def test_a_need_counts_at_once_when_a_unit_comes_or_goes(studio: Studio):
    staff = await studio.staff()
    await studio.must("PUT", f"/api/staff/{staff['id']}/hours", {"blocks": [NINE_TO_FIVE | {"end": "10:00"}]})
    service = await studio.service(staffIds=[staff["id"]], resourceNeeds=[{"kind": "reformer", "quantity": 2}])
    assert await starts(studio, service) == []
    units = [await studio.resource(), await studio.resource(), await studio.resource("bed")]
    assert await starts(studio, service) == ["2027-03-01T05:00:00Z"]
    await studio.must("PUT", f"/api/resources/{units[0]['id']}", {"active": False})
    assert await starts(studio, service) == []
    await studio.must("PUT", f"/api/resources/{units[2]['id']}", {"kind": "reformer"})
    assert await starts(studio, service) == ["2027-03-01T05:00:00Z"]
    await studio.must("DELETE", f"/api/resources/{units[1]['id']}")
    assert await starts(studio, service) == []


async def test_changes_are_told_and_can_be_told_again(studio: Studio, uow: UnitOfWork, sql: asyncpg.Connection):
    made = await studio.resource()
    path = f"/api/resources/{made['id']}"
    await studio.must("PUT", path, {"name": "Machine"})
    await studio.must("DELETE", path)
    await jobs.republish(uow)
    rows = await sql.fetch(
        "SELECT body::jsonb ->> 'type' AS type, (body::jsonb ->> 'revision')::int AS revision,"
        " body::jsonb -> 'data' -> 'resource' ->> 'archived' AS archived"
        " FROM outbox WHERE body::jsonb ->> 'subject' = $1 ORDER BY id",
        made["id"],
    )
    told = [(1, "false"), (2, "false"), (3, "true"), (3, "true")]
    assert [tuple(row) for row in rows] == [("resource.changed", *one) for one in told]
