"""What a business does with its own things and with another's: the steps of the probe of scoping."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from appointments import jobs
from appointments.consumers import take_back_feeds
from contracts.accounts import MemberRemoved
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys
from tests.walls.probe import Foreign, Step

from .files import checked, done, send, table, work
from .line import get_in_line
from .make import Studio, at, iso
from .series import repeated

RANGE = f"rangeStart={iso(at(0))}&rangeEnd={iso(at(0, day=5))}"
WIDER = """
ALTER TABLE claims DROP CONSTRAINT ex_claims_bookable_id_during, ADD CONSTRAINT ex_claims_bookable_id_during
    EXCLUDE USING gist (business_id WITH =, bookable_id WITH =, during WITH &&)
"""
"""Twins take the same time of the same people, which but for this database nobody can."""

IMPORTED = """
INSERT INTO imported_events (business_id, staff_id, uid, time_off_id)
VALUES ($1, $2, 'meeting@example.com', gen_random_uuid())
"""
"""An event of a calendar that was imported before."""

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

type Ids = Mapping[str, str]
type Request = tuple[str, str, Any]


async def made(studio: Studio, path: str, body: Any = None, **headers: str) -> Any:
    """The body of what has to be made."""
    answer = await studio.client.post(path, json=body, headers=headers)
    assert answer.status_code < 300, (path, answer.text)
    return answer.json()


def email(studio: Studio) -> str:
    """An address that nobody has but a customer of this business, and one of its twin."""
    return f"noor-{studio.id.hex}@example.com"


def phone(studio: Studio) -> str:
    """And a number."""
    return f"+97150{studio.id.int % 10**7:07}"


async def fill(studio: Studio, app: FastAPI, inside: str) -> Ids:
    """One of everything; the ids."""
    consent = {"given": True, "text": "May we write to you?"}
    noor = {"name": "Noor Haddad", "email": email(studio), "marketingConsent": consent}
    ids: dict[str, str] = {"customer": (await made(studio, "/api/customers", noor))["id"]}
    ids["other_customer"] = (await made(studio, "/api/customers", {"name": "Lina", "phone": phone(studio)}))["id"]
    ids["alone_customer"] = await _customer(studio, marketingConsent=consent)
    for name, into in (("merged", "customer"), ("merged_too", "alone_customer")):
        ids[name] = await _customer(studio)
        await made(studio, f"/api/customers/{ids[name]}/merge", {"intoId": ids[into]})
    past = await studio.booked(at(20), customerId=ids["alone_customer"])
    await studio.set_status(past, "CANCELLED")
    units = [uuid4(), uuid4()]
    machine, yoga, alone = studio.sells(units=units), studio.sells(capacity=4), studio.sells(capacity=1, name="Alone")
    group = studio.sells(capacity=2, name="Group")
    await studio.booked(at(9), key=str(studio.id), customerId=ids["other_customer"])
    ids["appointment"] = (await studio.booked(at(11), customerId=ids["customer"]))["id"]
    ids["on_machine"] = (await studio.booked(at(12), service=machine))["id"]
    series = await repeated(studio, at(14), staff=1, customerId=ids["customer"])
    ids |= {"series": series["id"], "occurrence": series["items"][1]["id"]}
    ids["session"] = (await made(studio, "/api/sessions", studio.body(at(9), service=yoga, staff=2)))["id"]
    ids["seat"] = (await studio.booked(at(9), service=yoga, staff=2, customerId=ids["customer"]))["id"]
    full = [await studio.booked(at(16), service=group, staff=2, customer={"name": name}) for name in ("A", "B")]
    waits = partial(get_in_line, studio)
    line = [await waits(group, "Ali", sessionId=full[0]["sessionId"]), await waits(alone, "Maha")]
    await waits(group, "Noor", sessionId=full[0]["sessionId"], customer=None, customerId=ids["customer"])
    line.append(await waits(group, "Zayd", sessionId=full[0]["sessionId"]))
    ids |= {"full": full[0]["sessionId"], "in_line": line[0].json()["id"], "waiting": line[1].json()["id"]}
    ids |= {"taken_seat": full[0]["id"], "group": str(group.id), "yoga": str(yoga.id), "alone": str(alone.id)}
    ids["service"], ids["machine"], ids["staff"] = str(studio.service.id), str(machine.id), str(studio.staff[0])
    ids["email"] = email(studio)
    pair = studio.sells(capacity=2, name="Pair")
    seats = [await studio.booked(at(19), service=pair, staff=2, customer={"name": name}) for name in ("C", "D")]
    ids["offered"] = (await waits(pair, "Rami", sessionId=seats[0]["sessionId"])).json()["id"]
    await studio.set_status(seats[0], "CANCELLED")
    offer = (await studio.client.get(f"/api/waiting-list/{ids['offered']}")).json()
    ids["offered_seat"] = offer["appointmentId"]
    ids["feed"] = (await made(studio, "/api/feeds", {"detail": "full"}))["id"]
    feed = await made(studio, "/api/feeds", {"detail": "full", "staffId": ids["staff"]})
    ids["feed_url"] = feed["url"].split("/api", 1)[1]
    rows = (("name", "email"), ("Sara", "sara@example.com"), ("Noor Haddad", email(studio)), ("", "nobody"))
    ids["import"] = (await checked(studio, "customers", *rows))["id"]
    rows = (("name", "email"), ("Huda", f"huda-{studio.id.hex}@example.com"), ("Noor", email(studio)), ("", "nobody"))
    applied = await done(app, studio, await checked(studio, "customers", *rows), "apply")
    ids |= {"applied": applied["id"], "imported": applied["rows"][0]["entityId"]}
    ids["hold"] = str(uuid4())
    hold = {"businessId": str(studio.id), "serviceId": ids["service"], "start": iso(at(18)), "id": ids["hold"]}
    await made(studio, "/internal/holds", {**hold, "seconds": 3000}, Authorization=inside)
    return ids


async def _customer(studio: Studio, **fields: Any) -> str:
    return (await made(studio, "/api/customers", {"name": "Somebody", **fields}))["id"]


def poisoned(ids: Ids) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """What the twin has otherwise, so that it is seen where it counts: other times, and what mine have nothing of."""
    earlier = {
        "start_at": "start_at - interval '1 hour'",
        "end_at": "end_at - interval '1 hour'",
        "during": "tstzrange(lower(during) - interval '1 hour', upper(during) - interval '1 hour')",
    }
    of_others = [{"customer_id": f"'{ids[name]}'"} for name in ("alone_customer", "imported")]
    more = [{**one, "id": f"md5('{number}' || id::text)::uuid"} for number, one in enumerate(of_others)]
    into = {"id": "md5(id::text)::uuid", "into_id": f"'{ids['imported']}'"}
    return {
        "claims": (earlier, {"owner_id": "md5(owner_id::text)::uuid"}),
        "feeds": ({"token_hash": "sha256(token_hash)"},),
        "customers": ({"email": "email", "phone": "phone"},),
        "appointments": ({}, *more),
        "waiting_list": ({}, *more),
        "customer_merges": ({}, into),
        "imports": ({"state": "'applying'"},),
        "import_rows": (
            {},
            {"number": "number + 100", "outcome": "'failed'"},
            {"number": "number + 200", "outcome": "'added'"},
        ),
    }


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
    for path in ("appointments", "appointments/export.csv", "appointments/export.ics", "sessions"):
        yield "GET", f"/api/{path}?{RANGE}", None
    yield "GET", "/api/customers/export.csv", None
    yield "GET", f"/api/appointments?{RANGE}&status=CONFIRMED&limit=1", None


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

    async def left() -> None:
        async with app.state.uow.across_businesses() as tx:
            feeds = MemberRemoved(business_id=studio.id, revision=1, member_id=uuid4(), user_id=who(studio))
            await take_back_feeds(tx, feeds)

    every: list[tuple[str, Callable[[], Awaitable[Any]]]] = [
        ("check a file", partial(send, studio, "customers", table(("name",), ("Noor Haddad",)))),
        ("check a calendar", partial(send, studio, "timeOff", CALENDAR, staffId=mine["staff"])),
        ("apply", partial(imported, "apply")),
        ("undo", partial(imported, "undo")),
        ("accept", partial(offered, "accept")),
        ("decline", partial(offered, "decline")),
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
