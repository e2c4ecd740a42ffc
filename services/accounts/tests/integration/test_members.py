"""Members: who they are, what they may, and that there is always an owner."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from contracts.ids import uuid7
from plumbing.auth import Role

from ..make import Browser

NewBrowser = Callable[[], Browser]
NOBODY = "0190c2f0-0000-7000-8000-000000000000"


@pytest.fixture
async def owner(browser: Browser) -> Browser:
    await browser.signed_up()
    return browser


async def _change(by: Browser, member: Any, changes: dict[str, Any], **headers: str) -> Any:
    return await by.call("PUT", f"/api/members/{member['id']}", changes, **headers)


async def _remove(by: Browser, member: Any, **headers: str) -> Any:
    return await by.call("DELETE", f"/api/members/{member['id']}", **headers)


async def test_whoever_signed_up_is_the_first_member(owner: Browser):
    members = await owner.members()
    assert [(each["email"], each["role"], each["revision"]) for each in members.values()] == [(owner.email, "owner", 1)]


async def test_a_role_can_be_changed_and_counts_at_once(owner: Browser, new_browser: NewBrowser):
    other = new_browser()
    await other.joins(owner, Role.OWNER)
    answer = await _change(owner, (await owner.members())[other.email], {"role": "manager"})
    assert (answer.status_code, answer.json()["role"], answer.headers["etag"]) == (200, "manager", '"2"')
    assert (await other.business(name="Mine")).status_code == 403
    assert (await other.call("GET", "/api/members")).json()["code"] == "NotAllowed"
    assert (await other.me()).json()["user"]["role"] == "manager"
    other.keep(await other.refresh())
    assert (await other.me()).json()["user"]["role"] == "manager"


async def test_a_member_is_linked_to_one_staff_member_and_the_link_can_be_ended(
    owner: Browser, new_browser: NewBrowser
):
    first, second, staff = new_browser(), new_browser(), str(uuid7())
    await first.joins(owner, staffId=staff)
    await second.joins(owner)
    members = await owner.members()
    assert members[first.email]["staffId"] == staff
    taken = await _change(owner, members[second.email], {"staffId": staff})
    assert (taken.status_code, taken.json()["code"]) == (409, "StaffLinked")
    assert (await _change(owner, members[first.email], {"staffId": None})).json()["staffId"] is None
    assert (await _change(owner, members[second.email], {"staffId": staff})).status_code == 200


async def test_every_service_is_told_what_a_member_may_do_from_now_on(
    owner: Browser, new_browser: NewBrowser, sql: asyncpg.Connection
):
    other = new_browser()
    made = await other.joins(owner, Role.MANAGER)
    member = (await owner.members())[other.email]
    for _ in range(2):
        assert (await _change(owner, member, {"role": "staff", "staffId": NOBODY})).status_code == 200
    bodies = await sql.fetch(
        "SELECT body FROM outbox WHERE routing_key = $1", f"member.changed.{made['business']['id']}"
    )
    told = [json.loads(row["body"])["data"] for row in bodies]
    assert [(each["memberId"], each["role"], each["staffId"]) for each in told] == [(member["id"], "staff", NOBODY)]


async def test_the_last_owner_can_neither_be_demoted_nor_removed(owner: Browser, new_browser: NewBrowser):
    await new_browser().joins(owner, Role.MANAGER)
    alone = (await owner.members())[owner.email]
    for answer in (await _change(owner, alone, {"role": "manager"}), await _remove(owner, alone)):
        assert (answer.status_code, answer.json()["code"]) == (409, "LastOwner")
    assert (await owner.members())[owner.email] == alone


async def test_owners_who_demote_and_remove_each_other_at_once_leave_one(owner: Browser, new_browser: NewBrowser):
    owners = [owner, *(new_browser() for _ in range(4))]
    for other in owners[1:]:
        await other.joins(owner, Role.OWNER)
    members = await owner.members()
    attempts = [
        _remove(by, members[other.email]) if number % 2 else _change(by, members[other.email], {"role": "staff"})
        for by in owners
        for number, other in enumerate(owners)
    ]
    answers = await asyncio.gather(*attempts)
    assert {answer.status_code for answer in answers} <= {200, 204, 401, 403, 404, 409}
    left = [who for who in owners if (await who.call("GET", "/api/members")).status_code == 200]
    assert len(left) == 1
    roles = [each["role"] for each in (await left[0].members()).values()]
    assert roles.count("owner") == 1


async def test_who_is_removed_is_signed_out_of_this_business_at_once(
    owner: Browser, new_browser: NewBrowser, sql: asyncpg.Connection
):
    other = new_browser()
    made = await other.joins(owner, Role.MANAGER)
    assert (await _remove(owner, (await owner.members())[other.email])).status_code == 204
    assert other.email not in await owner.members()
    assert (await other.me()).status_code == 401
    assert (await other.refresh()).status_code == 401
    assert (await other.sign_in()).status_code == 401
    told = "SELECT count(*) FROM outbox WHERE routing_key = $1"
    for kind in ("member.removed", "session.ended"):
        assert await sql.fetchval(told, f"{kind}.{made['business']['id']}") == 1


async def test_who_is_removed_stays_where_they_are_too(owner: Browser, new_browser: NewBrowser):
    other = new_browser()
    mine = await other.signed_up()
    invitation = await owner.invited(other.email)
    assert (await other.accept(invitation["token"])).status_code == 201
    await _remove(owner, (await owner.members())[other.email])
    assert (await other.me()).json()["business"]["id"] == mine["business"]["id"]
    assert (await other.sign_in()).json()["business"]["id"] == mine["business"]["id"]


async def test_who_was_removed_can_be_invited_again_and_is_the_same_member(owner: Browser, new_browser: NewBrowser):
    other = new_browser()
    await other.joins(owner, Role.MANAGER)
    before = (await owner.members())[other.email]
    await _remove(owner, before)
    await other.joins(owner, Role.STAFF)
    after = (await owner.members())[other.email]
    assert (after["id"], after["role"], after["revision"]) == (before["id"], "staff", before["revision"] + 2)
    assert (await other.me()).status_code == 200


async def test_a_stale_change_is_refused_with_the_present_state(owner: Browser, new_browser: NewBrowser):
    other = new_browser()
    await other.joins(owner)
    member = (await owner.members())[other.email]
    await _change(owner, member, {"role": "manager"}, if_match='"1"')
    for answer in (
        await _change(owner, member, {"role": "staff"}, if_match='"1"'),
        await _remove(owner, member, if_match='"1"'),
    ):
        assert (answer.status_code, answer.json()["current"]["role"]) == (412, "manager")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.STAFF])
async def test_only_owners_see_and_change_members(owner: Browser, new_browser: NewBrowser, role: Role):
    other = new_browser()
    await other.joins(owner, role)
    member = (await owner.members())[owner.email]
    answers = [
        await other.call("GET", "/api/members"),
        await other.call("GET", f"/api/members/{member['id']}"),
        await _change(other, member, {"role": "staff"}),
        await _remove(other, member),
        await other.call("GET", "/api/invitations"),
        await other.call("GET", "/api/api-keys"),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(403, "NotAllowed")}


async def test_members_of_another_business_do_not_exist(owner: Browser, new_browser: NewBrowser):
    stranger = new_browser()
    await stranger.signed_up()
    for member in ((await stranger.members())[stranger.email], {"id": NOBODY}):
        assert (await owner.call("GET", f"/api/members/{member['id']}")).status_code == 404
        assert (await _change(owner, member, {"role": "staff"})).status_code == 404
        assert (await _remove(owner, member)).status_code == 404


@pytest.mark.parametrize("changes", [{"role": "admin"}, {"staffId": "me"}, {"email": "x@example.com"}])
async def test_what_is_no_change_is_refused(owner: Browser, changes: dict[str, Any]):
    answer = await _change(owner, (await owner.members())[owner.email], changes)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{next(iter(changes))}")


async def test_a_list_of_members_has_pages(owner: Browser, new_browser: NewBrowser):
    for _ in range(2):
        await new_browser().joins(owner)
    first = (await owner.call("GET", "/api/members?limit=2")).json()
    second = (await owner.call("GET", f"/api/members?limit=2&cursor={first['nextCursor']}")).json()
    assert (len(first["items"]), len(second["items"]), second["nextCursor"]) == (2, 1, None)
