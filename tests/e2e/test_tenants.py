"""What belongs to another business does not exist: every route, generated from the product's own description."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from tests.e2e.operations import Operation, operations
from tests.e2e.owner import EVERY_DAY, Owner, Reply, next_week

NOWHERE = "01890000-0000-7000-8000-000000000000"
BODIES: dict[str, Any] = {
    "PUT /api/services/{}": {"name": "Taken over"},
    "PUT /api/staff/{}": {"name": "Taken over"},
    "PUT /api/staff/{}/hours": {"blocks": EVERY_DAY},
    "PUT /api/appointments/{}": {"notes": "Taken over"},
    "POST /api/appointments/{}/check": {"notes": "Taken over"},
    "PUT /api/resources/{}": {"name": "Taken over"},
    "PUT /api/appointments/{}/status": {"status": "CANCELLED"},
    "PUT /api/members/{}": {"role": "staff"},
    "PUT /api/series/{}": {"scope": "all", "notes": "Taken over"},
    "PUT /api/sessions/{}": {"capacity": 9},
    "PUT /api/booking-pages/{}": {"title": "Taken over"},
    "PUT /api/customers/{}": {"name": "Taken over"},
    "POST /api/customers/{}/merge": {"intoId": NOWHERE},
}
"""What is sent to the routes that want a body: valid, so that only the id can be refused."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """One of everything, of one business."""

    owner: Owner
    staff: str
    service: str
    appointment: str
    customer: str
    more: dict[str, str]
    """The ids of what else there is, by the noun in its path."""

    def id_for(self, path: str) -> str:
        """The id that stands in a path."""
        ids = {"services": self.service, "staff": self.staff, "appointments": self.appointment}
        return {**ids, "customers": self.customer, **self.more}[path.split("/")[2]]

    async def seen(self) -> list[Any]:
        """All of it, as its own owner sees it."""
        paths = [f"/api/services/{self.service}", f"/api/staff/{self.staff}", f"/api/staff/{self.staff}/hours"]
        paths += [
            f"/api/appointments/{self.appointment}",
            f"/api/customers/{self.customer}",
            "/api/members",
            "/api/invitations",
            "/api/api-keys",
            "/api/feeds",
        ]
        nouns = ("series", "sessions", "waiting-list", "resources", "booking-pages", "imports")
        paths += [f"/api/{noun}/{self.more[noun]}" for noun in nouns]
        return [await self.owner.must("GET", path) for path in paths]


@pytest.fixture
async def theirs(other_owner: Owner) -> Belongings:
    staff = await other_owner.staff()
    service = await other_owner.service([staff])
    made = (await other_owner.book(service, staff, next_week(9), customer={"name": "Noor"})).body
    return Belongings(other_owner, staff, service, made["id"], made["customerId"], await _more(other_owner))


async def _more(owner: Owner) -> dict[str, str]:
    """What a new route is about gets a line here: the noun in its path, and one of it."""
    made: dict[str, Any] = {
        "members": (await owner.must("GET", "/api/members"))["items"][0],
        "invitations": await owner.must("POST", "/api/invitations", {"email": "noor@example.com", "role": "staff"}),
        "api-keys": await owner.must("POST", "/api/api-keys", {"name": "Robot", "scopes": ["read"]}),
        "series": await _series(owner),
        "resources": await owner.must("POST", "/api/resources", {"name": "Room 1", "kind": "room"}),
        "sessions": await _session(owner),
        "waiting-list": await _waiting(owner),
        "feeds": await owner.must("POST", "/api/feeds", {"detail": "full"}),
        "imports": await _import(owner),
        "booking-pages": await owner.must("POST", "/api/booking-pages", {"slug": f"studio-{uuid4().hex[:12]}"}),
    }
    return {noun: one["id"] for noun, one in made.items()}


async def _import(owner: Owner) -> Any:
    form = aiohttp.FormData({"kind": "staff"})
    form.add_field("file", b"name\r\nNoor\r\n", filename="staff.csv")
    headers = {"Authorization": f"Bearer {owner.token}"}
    async with owner.session.post(f"{owner.url}/api/imports", data=form, headers=headers) as response:
        assert response.status == 201
        return await response.json()


async def _session(owner: Owner) -> Any:
    staff = await owner.staff()
    service = await owner.service([staff], capacity=8)
    wanted = {"serviceId": service, "staffId": staff, "start": next_week(9).isoformat()}
    return await owner.must("POST", "/api/sessions", wanted)


async def _waiting(owner: Owner) -> Any:
    service = await owner.service([await owner.staff()])
    span = {"from": next_week(9).isoformat(), "to": next_week(17).isoformat()}
    return await owner.must("POST", "/api/waiting-list", {"serviceId": service, "customer": {"name": "Noor"}, **span})


async def _series(owner: Owner) -> Any:
    staff = await owner.staff()
    service = await owner.service([staff])
    start = next_week(9).isoformat()
    wanted = {"serviceId": service, "staffId": staff, "start": start, "rrule": "FREQ=WEEKLY;COUNT=2"}
    return await owner.must("POST", "/api/series", wanted)


@pytest.fixture
async def described(owner: Owner) -> list[Operation]:
    return operations(await owner.must("GET", "/api/docs/openapi.json"))


async def test_ids_of_another_business_are_not_found_on_any_route(
    owner: Owner, theirs: Belongings, described: list[Operation]
):
    before = await theirs.seen()
    for operation in filter(lambda each: each.names_something, described):
        foreign = await _call(owner, operation, theirs.id_for(operation.path))
        never = await _call(owner, operation, NOWHERE)
        assert (foreign.status, foreign.code) == (404, "NotFound"), operation
        assert _without_the_request(foreign.body) == _without_the_request(never.body), operation
    assert await theirs.seen() == before


async def test_ids_of_another_business_in_a_body_are_refused_by_their_pointer(owner: Owner, theirs: Belongings):
    staff = await owner.staff()
    service = await owner.service([staff])
    start = next_week(9).isoformat()
    mine = (await owner.book(service, staff, next_week(12))).body["id"]
    wishes = [
        ("POST", "/api/appointments", {"serviceId": theirs.service, "staffId": staff, "start": start}, "/serviceId"),
        ("POST", "/api/appointments", {"serviceId": service, "staffId": theirs.staff, "start": start}, "/staffId"),
        (
            "POST",
            "/api/appointments",
            {"serviceId": service, "staffId": staff, "start": start, "customerId": theirs.customer},
            "/customerId",
        ),
        ("PUT", f"/api/appointments/{mine}", {"staffId": theirs.staff}, "/staffId"),
        (
            "POST",
            "/api/appointments/check",
            {"serviceId": service, "staffId": theirs.staff, "start": start},
            "/staffId",
        ),
        ("POST", f"/api/appointments/{mine}/check", {"staffId": theirs.staff}, "/staffId"),
        ("PUT", f"/api/appointments/{mine}", {"serviceId": theirs.service}, "/serviceId"),
        ("PUT", f"/api/services/{service}", {"staffIds": [theirs.staff]}, "/staffIds/0"),
        (
            "POST",
            "/api/series",
            {"serviceId": theirs.service, "start": start, "rrule": "FREQ=WEEKLY;COUNT=2"},
            "/serviceId",
        ),
    ]
    for method, path, body, pointer in wishes:
        reply = await owner.call(method, path, body)
        assert (reply.status, reply.code) == (422, "Invalid"), (path, body, reply.body)
        assert [error["pointer"] for error in reply.body["errors"]] == [pointer]


async def test_lists_and_slots_show_nothing_of_another_business(owner: Owner, theirs: Belongings):
    query = {"rangeStart": next_week(0).isoformat(), "rangeEnd": next_week(23).isoformat()}
    for more in ({}, {"staffId": theirs.staff}, {"serviceId": theirs.service}, {"customerId": theirs.customer}):
        assert (await owner.must("GET", "/api/appointments", **query, **more))["items"] == []
    for path in ("/api/services", "/api/staff", "/api/resources", "/api/feeds", "/api/imports"):
        assert (await owner.must("GET", path))["items"] == []
    day = next_week(0).date().isoformat()
    assert (await owner.call("GET", "/api/availability/slots", serviceId=theirs.service, **{"from": day})).status == 404


async def test_every_route_wants_a_member_or_says_that_it_does_not(owner: Owner, described: list[Operation]):
    for operation in described:
        reply = await _call(Owner(owner.session, owner.url), operation, NOWHERE)
        if "401" in operation.responses:
            assert (reply.status, reply.code in {"NotSignedIn", "InvalidCredentials"}) in {(401, True), (422, False)}
        else:
            assert reply.status < 300 or operation.is_public or operation.path.startswith("/api/auth/"), operation
            assert reply.status < 500, operation


async def _call(owner: Owner, operation: Operation, wanted: str) -> Reply:
    path = operation.path.replace("{}", wanted)
    return await owner.call(operation.method, path, BODIES.get(str(operation)))


def _without_the_request(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name not in {"traceId", "instance"}}
