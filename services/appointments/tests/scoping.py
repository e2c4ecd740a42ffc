"""What a business does with its own things and with another's: the steps of the probe of scoping."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from appointments import jobs
from appointments.consumers import take_back_feeds, take_back_feeds_of_others
from contracts.accounts import MemberChanged, MemberRemoved
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys
from tests.walls.probe import Foreign, Step

from .belongings import IN_THE_FILE, Ids
from .files import send, table, work
from .make import Studio, at, iso

RANGE = f"rangeStart={iso(at(0))}&rangeEnd={iso(at(0, day=5))}"
CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:meeting@example.com
DTSTAMP:20270101T000000Z
DTSTART:20270301T100000Z
DTEND:20270301T110000Z
SUMMARY:Meeting
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")

type Request = tuple[str, str, Any]


def with_ids(ids: Ids) -> Iterator[Request]:
    """Every request about one thing."""
    one, seat, machine = (f"/api/appointments/{ids[name]}" for name in ("appointment", "seat", "on_machine"))
    noor, series, session = (
        f"/api/customers/{ids['customer']}",
        f"/api/series/{ids['series']}",
        f"/api/sessions/{ids['session']}",
    )
    full, waiting, in_line = (
        f"/api/sessions/{ids['full']}",
        f"/api/waiting-list/{ids['waiting']}",
        f"/api/waiting-list/{ids['in_line']}",
    )
    reads = (one, f"{one}/activity", noor, f"{noor}/appointments", f"{noor}/export", series, session, full, waiting)
    for path in (*reads, in_line, f"/api/imports/{ids['import']}"):
        yield "GET", path, None
    for path in (one, machine, seat):
        yield "PUT", path, {"notes": "Changed"}
        yield "PUT", f"{path}/status", {"status": "CANCELLED"}
        yield "PUT", f"{path}/status", {"status": "NO_SHOW"}
        yield "DELETE", path, None
    for path in (one, machine):
        yield "PUT", path, {"start": iso(at(20))}
        yield "PUT", path, {"start": iso(at(8.5))}
        yield "POST", f"{path}/check", {"start": iso(at(9))}
    yield "PUT", noor, {"name": "Changed", "blocked": True}
    yield "POST", f"{noor}/erase", None
    yield "PUT", series, {"scope": "all", "notes": "Changed"}
    yield "PUT", series, {"scope": "following", "appointmentId": ids["occurrence"], "start": iso(at(17, day=7))}
    yield "PUT", series, {"scope": "all", "appointmentId": ids["occurrence"], "start": iso(at(14.5, day=7))}
    yield "DELETE", f"{series}?scope=all", None
    yield "PUT", session, {"capacity": 3, "start": iso(at(19))}
    yield "DELETE", session, None
    yield "PUT", full, {"start": iso(at(17))}
    yield "DELETE", full, None
    yield "PUT", f"/api/appointments/{ids['taken_seat']}/status", {"status": "CANCELLED"}
    yield "DELETE", waiting, None
    yield "POST", f"/api/feeds/{ids['feed']}/rotate", None
    yield "DELETE", f"/api/feeds/{ids['feed']}", None


def only_mine(ids: Ids) -> Iterator[Request]:
    """What makes sense with one's own only."""
    for word in ("accept", "decline"):
        yield "POST", f"/api/waiting-list/{ids['offered']}/{word}", None
    yield "PUT", f"/api/appointments/{ids['offered_seat']}/status", {"status": "CANCELLED"}
    merged, alone = f"/api/customers/{ids['merged']}", f"/api/customers/{ids['alone_customer']}"
    yield "POST", f"/api/customers/{ids['customer']}/merge", {"intoId": ids["other_customer"]}
    yield "GET", merged, None
    yield "PUT", merged, {"name": "Changed"}
    yield "POST", f"{alone}/erase", None
    seat = {"serviceId": ids["yoga"], "start": iso(at(9)), "customerId": ids["alone_customer"]}
    yield "POST", "/api/appointments", seat
    yield (
        "POST",
        "/api/appointments",
        {**seat, "customerId": ids["merged"], "serviceId": ids["service"], "start": iso(at(21))},
    )
    line = {"serviceId": ids["group"], "sessionId": ids["full"], "customerId": ids["alone_customer"]}
    yield "POST", "/api/waiting-list", line
    yield "POST", f"/api/customers/{ids['other_customer']}/merge", {"intoId": ids["customer"]}
    yield "GET", f"/api/feeds{ids['feed_url'].removeprefix('/feeds')}", None
    for path in ("/api/feeds", "/api/imports", "/api/customers", "/api/customers?search=noor", "/api/waiting-list"):
        yield "GET", path, None
    ranges = ("appointments", "appointments/report", "appointments/export.csv", "appointments/export.ics", "sessions")
    for path in ranges:
        yield "GET", f"/api/{path}?{RANGE}", None
    yield "GET", "/api/customers/export.csv", None
    for limit in ("", "&limit=1"):  # all of them: of a first one it is chance which twin comes first
        yield "GET", f"/api/appointments?{RANGE}&status=CONFIRMED{limit}", None


def filters(ids: Ids) -> Iterator[Request]:
    """Lists of what belongs to something."""
    for name, value in (("staffId", ids["staff"]), ("serviceId", ids["service"]), ("customerId", ids["customer"])):
        yield "GET", f"/api/appointments?{RANGE}&{name}={value}", None
    yield "GET", f"/api/sessions?{RANGE}&serviceId={ids['yoga']}", None
    yield "GET", f"/api/waiting-list?serviceId={ids['group']}&sessionId={ids['full']}", None


def in_bodies(ids: Ids) -> Iterator[Request]:
    """Every request that names something in its body."""
    booking = {"serviceId": ids["service"], "staffId": ids["staff"]}
    line = {"serviceId": ids["group"], "sessionId": ids["full"]}
    for hour in (9, 10, 11, 20):
        yield "POST", "/api/appointments/check", {**booking, "start": iso(at(hour))}
    yield "POST", "/api/appointments", {**booking, "start": iso(at(20)), "customerId": ids["customer"]}
    yield "POST", "/api/appointments", {"serviceId": ids["service"], "start": iso(at(21))}
    yield "POST", "/api/appointments", {**booking, "serviceId": ids["machine"], "start": iso(at(22))}
    yield (
        "POST",
        "/api/appointments",
        {**booking, "start": iso(at(23)), "customer": {"name": "N", "email": ids["email"]}},
    )
    yield "POST", "/api/waiting-list", {**line, "customerId": ids["customer"]}
    yield "POST", "/api/appointments", {"serviceId": ids["yoga"], "start": iso(at(9)), "customer": {"name": "Sara"}}
    yield "POST", "/api/series", {**booking, "start": iso(at(20, day=1)), "rrule": "FREQ=WEEKLY;COUNT=3"}
    yield "POST", "/api/sessions", {"serviceId": ids["yoga"], "staffId": ids["staff"], "start": iso(at(20, day=2))}
    yield "POST", "/api/feeds", {"staffId": ids["staff"], "detail": "busy"}
    yield "POST", "/api/waiting-list", {**line, "customer": {"name": "Sara"}}


def internal(studio: Studio, ids: Ids) -> Iterator[Request]:
    """What booking-public asks for this business."""
    of_business = {"businessId": str(studio.id)}
    hold = {**of_business, "serviceId": ids["service"], "start": iso(at(21)), "id": str(uuid4()), "seconds": 300}
    yield "POST", "/internal/holds", hold
    yield "POST", "/internal/holds", {**hold, "id": ids["hold"]}
    yield "POST", "/internal/holds/release", {**of_business, "id": ids["hold"]}
    booking = f"/internal/bookings/{ids['appointment']}"
    yield "POST", booking, of_business
    yield "POST", f"{booking}/cancel", {**of_business, "reason": "ill"}
    yield "POST", f"{booking}/confirm", {**of_business, "status": "CONFIRMED"}
    yield "POST", f"{booking}/reschedule", {**of_business, "start": iso(at(20))}
    yield "POST", f"/internal/bookings/{ids['offered_seat']}/waiting", of_business
    for waiting in (ids["waiting"], ids["offered"]):
        yield "POST", f"/internal/waiting-list/{waiting}", of_business
        yield "POST", f"/internal/waiting-list/{waiting}/withdraw", of_business
    line = {**of_business, "serviceId": ids["group"], "sessionId": ids["full"]}
    for customer in ({"name": "Sara", "email": ids["email"]}, {"name": "Sara", "email": "sara@example.com"}):
        yield "POST", "/internal/waiting-list", {**line, "id": str(uuid4()), "customer": customer}


def steps(studio: Studio, mine: Ids, theirs: Ids, app: FastAPI, keys: TestKeys) -> list[Step]:
    """All of them."""

    async def call(method: str, path: str, body: Any, headers: Mapping[str, str]) -> httpx.Response:
        return await studio.client.request(method, path, json=body, headers=headers)

    def step(name: str, request: Request, foreign: Foreign | None = None, **headers: str) -> Step:
        method, path, body = request
        return Step(f"{name}: {method} {path} {body or ''}", partial(call, *request, headers), foreign)

    inside = bearer(keys)
    return [
        *(step("own", one) for one in (*with_ids(mine), *only_mine(mine), *filters(mine), *in_bodies(mine))),
        *(step("another's", one, "refused") for one in (*with_ids(theirs), *in_bodies(theirs))),
        *(step("another's", one, "empty") for one in filters(theirs)),
        *(step("internal", one, Authorization=inside) for one in (*internal(studio, mine), *internal(studio, theirs))),
        *in_background(studio, mine, app),
    ]


def in_background(studio: Studio, mine: Ids, app: FastAPI) -> list[Step]:
    """What happens without a request, or after one."""

    async def imported(step: str) -> list[Any]:
        answers = [await studio.client.post(f"/api/imports/{mine['import']}/apply")]
        await work(app)
        if step == "undo":
            answers.append(await studio.client.post(f"/api/imports/{mine['applied']}/undo"))
            await work(app)
            answers.append(await studio.client.get(f"/api/imports/{mine['applied']}?limit=200"))
        return [*answers, await studio.client.get(f"/api/imports/{mine['import']}?limit=200")]

    async def offered(word: str) -> Any:
        await studio.client.put(f"/api/appointments/{mine['taken_seat']}/status", json={"status": "CANCELLED"})
        return await studio.client.post(f"/api/waiting-list/{mine['in_line']}/{word}")

    async def forgotten() -> list[Any]:
        alone = f"/api/customers/{mine['alone_customer']}"
        answers = [await studio.client.post(f"/api/imports/{mine['import']}/apply")]
        answers.append(await studio.client.put(alone, json={"email": IN_THE_FILE}))
        answers.append(await studio.client.post(f"{alone}/erase"))
        return [*answers, await studio.client.get(f"/api/imports/{mine['import']}?limit=200")]

    async def left() -> None:
        async with app.state.uow.across_businesses() as tx:
            feeds = MemberRemoved(business_id=studio.id, revision=1, member_id=uuid4(), user_id=who(studio))
            await take_back_feeds(tx, feeds)

    async def demoted() -> None:
        async with app.state.uow.across_businesses() as tx:
            about = {"member_id": uuid4(), "user_id": who(studio), "role": "staff", "staff_id": mine["staff"]}
            await take_back_feeds_of_others(tx, MemberChanged(business_id=studio.id, revision=2, **about))

    every: list[tuple[str, Callable[[], Awaitable[Any]]]] = [
        ("check a file", partial(send, studio, "customers", table(("name",), ("Noor Haddad",)))),
        ("check a calendar", partial(send, studio, "timeOff", CALENDAR, staffId=mine["staff"])),
        ("apply", partial(imported, "apply")),
        ("undo", partial(imported, "undo")),
        ("forget who is in a file that is being applied", forgotten),
        ("accept", partial(offered, "accept")),
        ("decline", partial(offered, "decline")),
        ("a member is demoted", demoted),
        ("a member has left", left),
    ]
    all_of_them = partial(jobs.republish, app.state.uow), partial(jobs.expire, app.state.uow)
    return [*(Step(name, run) for name, run in every), *(Step("job", run, of_everybody=True) for run in all_of_them)]


def who(studio: Studio) -> UUID:
    """The user who calls."""
    claims = studio.client.headers["Authorization"].split(".")[1]
    return UUID(json.loads(urlsafe_b64decode(claims + "=="))["sub"])


def bearer(keys: TestKeys) -> str:
    """How booking-public says who it is."""
    return f"Bearer {ServiceToken(keys.private_json, audience='appointments').current()}"
