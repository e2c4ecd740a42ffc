"""Staff: added, read, changed, archived; and their weekly hours."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from availability.consumers import keep_claims
from plumbing.auth import Role
from plumbing.db import UnitOfWork

from ..make import NINE_TO_FIVE, Studio, claims_changed

HOURS = {"blocks": [NINE_TO_FIVE, NINE_TO_FIVE | {"dayOfWeek": 2, "end": "24:00", "validFrom": "2026-03-02"}]}


@pytest.fixture
async def member(studio: Studio) -> Any:
    """A staff member of the studio."""
    return await studio.staff(email="amira@example.com", title="Instructor", specializations=["Pilates"])


async def take(uow: UnitOfWork, studio: Studio, member: Any, **changed: Any) -> None:
    """Somebody books an hour of the staff member."""
    event = claims_changed(studio.id, bookable=UUID(member["id"]))
    event = event.model_copy(update={"claims": [claim.model_copy(update=changed) for claim in event.claims]})
    async with uow.across_businesses() as tx:
        await keep_claims(tx, [event])


async def test_a_staff_member_needs_only_a_name(studio: Studio):
    answer = await studio.call("POST", "/api/staff", {"name": " Mei Lin "})
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/staff/{made['id']}"
    assert made["name"] == "Mei Lin"
    assert (made["email"], made["phone"], made["title"]) == (None, None, None)
    assert (made["specializations"], made["active"], made["revision"]) == ([], True, 1)
    assert await studio.must("GET", f"/api/staff/{made['id']}") == made
    assert (await studio.must("GET", f"/api/staff/{made['id']}/hours"))["blocks"] == []


async def test_a_change_changes_what_it_sends_and_nothing_else(studio: Studio, member: Any):
    path = f"/api/staff/{member['id']}"
    changed = await studio.must("PUT", path, {"active": False, "email": None})
    assert changed == member | {"active": False, "email": None, "revision": 2, "updatedAt": changed["updatedAt"]}
    assert await studio.must("GET", path) == changed == await studio.must("PUT", path, {"active": False})
    listed = await studio.must("GET", "/api/staff?active=true")
    assert listed["items"] == []


async def test_an_archived_staff_member_is_gone_and_offers_nothing(studio: Studio, member: Any):
    other = await studio.staff()
    both = await studio.service(staffIds=[member["id"], other["id"]])
    path = f"/api/staff/{member['id']}"
    assert (await studio.call("DELETE", path)).status_code == 204
    for where, body in ((path, {"name": "x"}), (f"{path}/hours", HOURS)):
        assert (await studio.call("GET", where)).status_code == 404
        assert (await studio.call("PUT", where, body)).status_code == 404
    assert [one["id"] for one in (await studio.must("GET", "/api/staff"))["items"]] == [other["id"]]
    service = await studio.must("GET", f"/api/services/{both['id']}")
    assert (service["staffIds"], service["revision"]) == ([other["id"]], 2)


async def test_a_staff_member_with_time_taken_in_the_future_stays(studio: Studio, member: Any, uow: UnitOfWork):
    await take(uow, studio, member)
    refused = await studio.call("DELETE", f"/api/staff/{member['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "HasAppointments")


@pytest.mark.parametrize("claim", ["over", "expired"])
async def test_a_claim_that_is_past_keeps_nobody(studio: Studio, member: Any, uow: UnitOfWork, claim: str):
    yesterday = datetime(2026, 1, 1, tzinfo=UTC)
    past = {"over": {"start": yesterday, "end": yesterday + timedelta(hours=1)}, "expired": {"expires_at": yesterday}}
    await take(uow, studio, member, **past[claim])
    assert (await studio.call("DELETE", f"/api/staff/{member['id']}")).status_code == 204


async def test_hours_are_answered_as_they_were_set(studio: Studio, member: Any):
    path = f"/api/staff/{member['id']}/hours"
    answer = await studio.call("PUT", path, HOURS)
    assert answer.status_code == 200, answer.text
    hours = answer.json()
    assert [block | {"validTo": None} for block in HOURS["blocks"]] == hours["blocks"]
    assert (hours["staffId"], hours["revision"], answer.headers["etag"]) == (member["id"], 2, '"2"')
    assert hours == await studio.must("PUT", path, HOURS)
    assert hours.pop("conflicts") == []
    assert await studio.must("GET", path) == hours
    assert (await studio.must("PUT", path, {"blocks": []}))["blocks"] == []


async def test_hours_and_staff_member_have_revisions_of_their_own(studio: Studio, member: Any):
    path = f"/api/staff/{member['id']}"
    await studio.must("PUT", f"{path}/hours", HOURS)
    assert (await studio.call("PUT", path, {"name": "Mei"}, If_Match='"1"')).status_code == 200
    stale = await studio.call("PUT", f"{path}/hours", {"blocks": []}, If_Match='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "StaleRevision")
    assert stale.json()["current"] == await studio.must("GET", f"{path}/hours")


async def test_blocks_that_overlap_on_the_same_dates_are_refused(studio: Studio, member: Any):
    path = f"/api/staff/{member['id']}/hours"
    refused = await studio.call("PUT", path, {"blocks": [NINE_TO_FIVE, NINE_TO_FIVE | {"start": "16:59"}]})
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/blocks/1"]
    one_after_another = [NINE_TO_FIVE | {"validTo": "2026-03-08"}, NINE_TO_FIVE | {"validFrom": "2026-03-09"}]
    assert (await studio.call("PUT", path, {"blocks": one_after_another})).status_code == 200


async def test_staff_members_set_their_own_hours_and_nothing_else(studio: Studio, member: Any):
    other = await studio.staff()
    path, others = f"/api/staff/{member['id']}", f"/api/staff/{other['id']}"
    studio.act_as(Role.STAFF, member["id"])
    assert (await studio.call("PUT", f"{path}/hours", HOURS)).status_code == 200
    assert (await studio.call("GET", f"{others}/hours")).status_code == 200
    for method, where, body in (
        ("PUT", f"{others}/hours", HOURS),
        ("PUT", path, {"name": "x"}),
        ("POST", "/api/staff", {"name": "x"}),
        ("DELETE", others, None),
    ):
        assert (await studio.call(method, where, body)).status_code == 403
    assert (await studio.call("PUT", f"/api/staff/{uuid4()}/hours", HOURS)).status_code == 404


async def test_changes_are_told_in_the_order_in_which_they_were_made(
    studio: Studio, member: Any, sql: asyncpg.Connection
):
    path = f"/api/staff/{member['id']}"
    await studio.must("PUT", f"{path}/hours", HOURS)
    await studio.must("PUT", path, {"name": "Mei"})
    await studio.must("DELETE", path)
    rows = await sql.fetch(
        "SELECT body::jsonb ->> 'type' AS type, (body::jsonb ->> 'revision')::int AS revision"
        " FROM outbox WHERE body::jsonb ->> 'subject' = $1 ORDER BY id",
        member["id"],
    )
    expected = [("staff.changed", 1), ("hours.changed", 2), ("staff.changed", 2), ("staff.changed", 3)]
    assert [tuple(row) for row in rows] == expected


async def test_an_archived_service_stays_archived_when_its_staff_go(studio: Studio, member: Any):
    service = await studio.service(staffIds=[member["id"]])
    await studio.must("DELETE", f"/api/services/{service['id']}")
    assert (await studio.call("DELETE", f"/api/staff/{member['id']}")).status_code == 204
