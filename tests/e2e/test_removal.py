"""Who signed out, was removed or demoted, and a deleted key, are refused by every service within five seconds."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from plumbing.testing import eventually
from sundial_local.product import Product
from tests.e2e.members import join, member_id, program
from tests.e2e.owner import Owner, Reply, next_week

LIMIT_SECONDS = 5
RANGE = {"rangeStart": next_week(0).isoformat(), "rangeEnd": next_week(23).isoformat()}
ONE_OF_EACH: dict[str, Callable[[Owner], Awaitable[Reply]]] = {
    "accounts": lambda who: who.call("GET", "/api/business"),
    "availability": lambda who: who.call("GET", "/api/services"),
    "appointments": lambda who: who.call("GET", "/api/appointments", **RANGE),
    "booking-public": lambda who: who.call("GET", "/api/booking-pages"),
}
"""A request to each service that every member may make."""


async def _everywhere(who: Owner) -> dict[str, int]:
    """How each service answers them."""
    replies = await asyncio.gather(*(ask(who) for ask in ONE_OF_EACH.values()))
    return dict(zip(ONE_OF_EACH, (reply.status for reply in replies), strict=True))


async def _until(who: Owner, status: int) -> None:
    wanted = dict.fromkeys(ONE_OF_EACH, status)
    await eventually(lambda: _everywhere(who), until=lambda seen: seen == wanted, seconds=LIMIT_SECONDS)


async def test_who_signs_out_is_refused_everywhere(owner: Owner):
    await _until(owner, 200)
    assert (await owner.call("POST", "/api/auth/sign-out")).status == 204
    await _until(owner, 401)


async def test_who_is_removed_is_refused_everywhere_and_nobody_else_is(owner: Owner):
    leaving, staying = await join(owner, "manager"), await join(owner, "manager")
    await _until(leaving, 200)
    await owner.must("DELETE", f"/api/members/{await member_id(owner, leaving)}")
    await _until(leaving, 401)
    await _until(staying, 200)
    await _until(owner, 200)


async def test_who_is_demoted_needs_a_new_token_which_says_the_new_role(owner: Owner):
    member = await join(owner, "manager")
    await owner.must("PUT", f"/api/members/{await member_id(owner, member)}", {"role": "staff"})

    async def look() -> tuple[int, int]:
        add = await member.call("POST", "/api/staff", {"name": "More"})
        read = await member.call("GET", "/api/appointments", **RANGE)
        return add.status, read.status

    await eventually(look, until=lambda seen: seen == (401, 401), seconds=LIMIT_SECONDS)
    await member.renew()
    assert await look() == (403, 200)


async def test_who_is_linked_to_another_staff_member_acts_as_that_one(owner: Owner):
    first, second = await owner.staff("First"), await owner.staff("Second")
    member = await join(owner, "staff", first)
    await owner.must("PUT", f"/api/members/{await member_id(owner, member)}", {"staffId": second})
    await eventually(
        lambda: member.call("GET", "/api/services"), until=lambda reply: reply.status == 401, seconds=LIMIT_SECONDS
    )
    await member.renew()
    service, start = await owner.service([first, second]), next_week(9)
    assert (await member.book(service, first, start)).status == 403
    assert (await member.book(service, second, start)).status == 201


@pytest.mark.parametrize("scope", ["read", "write"])
async def test_a_key_works_on_every_service_until_it_is_deleted(owner: Owner, scope: str):
    robot = await program(owner, scope)
    assert await _everywhere(robot) == dict.fromkeys(ONE_OF_EACH, 200)
    await owner.must("DELETE", f"/api/api-keys/{robot.credentials['id']}")
    await _until(robot, 401)


async def test_what_a_program_does_is_written_down_as_its_own(owner: Owner):
    robot, staff = await program(owner, "write"), await owner.staff()
    service = await owner.service([staff])
    booked = await robot.book(service, staff, next_week(9))
    assert booked.status == 201
    activity = await owner.must("GET", f"/api/appointments/{booked.body['id']}/activity")
    assert [(each["actor"]["kind"], each["actor"]["id"]) for each in activity["items"]] == [
        ("apiKey", robot.credentials["id"])
    ]


async def test_a_program_repeats_a_request_under_its_own_idempotency_key(owner: Owner):
    robot, other, staff = await program(owner, "write"), await program(owner, "write"), await owner.staff()
    service, headers = await owner.service([staff]), {"Idempotency-Key": "robot-1"}
    first = await robot.book(service, staff, next_week(9), headers=headers)
    again = await robot.book(service, staff, next_week(9), headers=headers)
    assert (again.status, again.body, again.headers["Idempotency-Replayed"]) == (201, first.body, "true")
    assert (await other.book(service, staff, next_week(9), headers=headers)).status == 409


async def test_no_key_and_no_token_of_an_invitation_is_in_any_log(product: Product, owner: Owner):
    robot = await program(owner, "read")
    await _everywhere(robot)
    robot.token = robot.token[:-1] + ("A" if robot.token[-1] != "A" else "B")
    await _until(robot, 401)
    wanted = {"email": f"{uuid4().hex}@example.com", "role": "staff"}
    token = (await owner.must("POST", "/api/invitations", wanted))["token"]
    accepted = {"token": token, "name": "Lina", "password": "correct horse battery"}
    await Owner(owner.session, owner.url).must("POST", "/api/invitations/accept", accepted)
    written = "".join(path.read_text(errors="replace") for path in product.installation.folder.rglob("*.log"))
    assert "/api/invitations/accept" in written  # so these requests have reached a log
    assert token not in written
    assert not re.findall(r"sk_sundial_[A-Za-z0-9_-]{20}", written)
