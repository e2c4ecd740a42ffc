"""One of everything that a business can have: what the matrix of tenants is filled with."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp

from plumbing.testing import eventually
from tests.e2e.owner import Owner, next_week

type Ids = dict[str, str]
type Make = Callable[[Owner, Ids], Awaitable[Any]]

DAY = next_week(0).date().isoformat()
SPAN = {"from": next_week(9).isoformat(), "to": next_week(17).isoformat()}


@dataclass(frozen=True, slots=True)
class Belongings:
    """A business with one of everything; the ids by the noun in their path."""

    owner: Owner
    ids: Ids = field(default_factory=dict[str, str])


async def filled(owner: Owner) -> Belongings:
    """Make one of everything."""
    belongings = Belongings(owner)
    for noun, make in NOUNS.items():
        belongings.ids[noun] = (await make(owner, belongings.ids))["id"]
    return belongings


def _posted(path: str, body: Callable[[Ids], Any]) -> Make:
    async def make(owner: Owner, ids: Ids) -> Any:
        return await owner.must("POST", path, body(ids))

    return make


async def _staff(owner: Owner, _: Ids) -> Any:
    staff = await owner.staff(blocks=[{"dayOfWeek": day, "start": "08:00", "end": "20:00"} for day in range(1, 8)])
    await owner.must("PUT", f"/api/staff/{staff}/overrides/{DAY}", {"blocks": [{"start": "08:00", "end": "20:00"}]})
    return {"id": staff}


async def _service(owner: Owner, ids: Ids) -> Any:
    return {"id": await owner.service([ids["staff"]])}


async def _group(owner: Owner, ids: Ids) -> Any:
    return {"id": await owner.service([ids["staff"]], name="Yoga", capacity=8)}


async def _import(owner: Owner, _: Ids) -> Any:
    form = aiohttp.FormData({"kind": "staff"})
    form.add_field("file", b"name\r\nNoor\r\n", filename="staff.csv")
    headers = {"Authorization": f"Bearer {owner.token}"}
    async with owner.session.post(f"{owner.url}/api/imports", data=form, headers=headers) as response:
        assert response.status == 201
        return await response.json()


async def _message(owner: Owner, _: Ids) -> Any:
    """One to whom was booked, that is sent: nothing more becomes of it."""

    async def sent() -> Any:
        return (await owner.must("GET", "/api/messages", status="sent"))["items"]

    return (await eventually(sent, seconds=20))[0]


async def _member(owner: Owner, _: Ids) -> Any:
    return (await owner.must("GET", "/api/members"))["items"][0]


def booking(ids: Ids, hour: int = 9, *, service: str = "services") -> Any:
    """The body of an appointment."""
    start = next_week(hour).isoformat()
    return {"serviceId": ids[service], "staffId": ids["staff"], "customerId": ids["customers"], "start": start}


def series(ids: Ids, hour: int = 11) -> Any:
    """The body of a series."""
    return {**booking(ids, hour), "rrule": "FREQ=WEEKLY;COUNT=2"}


def session(ids: Ids, hour: int = 13) -> Any:
    """The body of a group session."""
    return {"serviceId": ids["groups"], "staffId": ids["staff"], "start": next_week(hour).isoformat()}


def time_off(ids: Ids, day: int = 5) -> Any:
    """The body of time off."""
    start, end = (next_week(hour, day=day).isoformat() for hour in (9, 10))
    return {"staffId": ids["staff"], "start": start, "end": end}


def season(ids: Ids, day: int = 100) -> Any:
    """The body of a season."""
    date = next_week(0, day=day).date().isoformat()
    blocks = [{"dayOfWeek": 1, "start": "10:00", "end": "12:00"}]
    return {"name": "Ramadan", "startDate": date, "endDate": date, "blocks": blocks, "staffIds": [ids["staff"]]}


def _closure(_: Ids) -> Any:
    date = next_week(0, day=150).date().isoformat()
    return {"name": "Holiday", "startDate": date, "endDate": date}


def waiting(ids: Ids) -> Any:
    """The body of getting in line."""
    return {"serviceId": ids["services"], "staffId": ids["staff"], "customerId": ids["customers"], **SPAN}


def page(ids: Ids) -> Any:
    """The body of a booking page."""
    asked = [{"label": "Allergies?", "kind": "text", "serviceId": ids["services"]}]
    named = {"serviceIds": [ids["services"]], "staffIds": [ids["staff"]], "intakeQuestions": asked}
    return {"slug": f"studio-{uuid4().hex[:12]}", **named}


NOUNS: Mapping[str, Make] = {
    "staff": _staff,
    "services": _service,
    "groups": _group,
    "customers": _posted("/api/customers", lambda _: {"name": "Noor", "email": "noor@example.com"}),
    "appointments": _posted("/api/appointments", booking),
    "series": _posted("/api/series", series),
    "sessions": _posted("/api/sessions", session),
    "waiting-list": _posted("/api/waiting-list", waiting),
    "closures": _posted("/api/closures", _closure),
    "seasons": _posted("/api/seasons", season),
    "time-off": _posted("/api/time-off", time_off),
    "resources": _posted("/api/resources", lambda _: {"name": "Room 1", "kind": "room"}),
    "feeds": _posted("/api/feeds", lambda ids: {"detail": "full", "staffId": ids["staff"]}),
    "imports": _import,
    "members": _member,
    "invitations": _posted("/api/invitations", lambda _: {"email": "noor@example.com", "role": "staff"}),
    "api-keys": _posted("/api/api-keys", lambda _: {"name": "Robot", "scopes": ["read"]}),
    "booking-pages": _posted("/api/booking-pages", page),
    "messages": _message,
    "webhook-endpoints": _posted(
        "/api/webhook-endpoints", lambda _: {"url": "https://example.com/hooks", "events": ["message.failed"]}
    ),
}
"""How one of each is made, by the noun in its path; what is made later may name what was made before."""
