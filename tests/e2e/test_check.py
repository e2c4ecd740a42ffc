"""What a check says, the call does: for each service, staff member and half hour of a day with everything in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from plumbing.testing import eventually
from tests.e2e.owner import Owner, Reply, next_week

HALF_HOURS = [8 + half / 2 for half in range(21)]
OWN_RULES = {"inactive", "outsideHours", "timeOff"}
"""What refuses before anybody looks who is busy."""


@dataclass(frozen=True, slots=True)
class Day:
    """A business with a full day a week ahead: hours 9–17, time off 11–12, busy at 14 and from 15:30, one bed."""

    owner: Owner
    staff: dict[str, str | None]
    services: dict[str, str]
    made: Any

    def wishes(self) -> Iterator[dict[str, Any]]:
        """Every service, with each of the staff or any of them, at every half hour."""
        for service, staff, hour in product(self.services.values(), self.staff.values(), HALF_HOURS):
            wish = {"serviceId": service, "start": at(hour).isoformat()}
            yield wish if staff is None else wish | {"staffId": staff}


def at(hour: float) -> datetime:
    """An hour of that day."""
    return next_week(0) + timedelta(hours=hour)


@pytest.fixture
async def day(owner: Owner) -> Day:
    nine_to_five = [{"dayOfWeek": day, "start": "09:00", "end": "17:00"} for day in range(1, 8)]
    amira, bilal, away = [await owner.staff(name, nine_to_five) for name in ("Amira", "Bilal", "Chen")]
    await owner.must("POST", "/api/resources", {"name": "Bed 1", "kind": "bed"})
    both = [amira, away]
    services = {
        "plain": await owner.service(both, durationMinutes=60),
        "buffered": await owner.service(both, durationMinutes=60, bufferBeforeMinutes=15, bufferAfterMinutes=15),
        "bed": await owner.service([amira, bilal], resourceNeeds=[{"kind": "bed", "quantity": 1}]),
        "stools": await owner.service(both, resourceNeeds=[{"kind": "stool", "quantity": 1}]),
        "ended": await owner.service(both),
    }
    off = {"staffId": amira, "start": at(11).isoformat(), "end": at(12).isoformat()}
    await owner.must("POST", "/api/time-off", off)
    made = (await owner.book(services["plain"], amira, at(14))).body
    await owner.book(services["buffered"], amira, at(15.5))
    await owner.book(services["bed"], bilal, at(9.5))
    await owner.must("PUT", f"/api/staff/{away}", {"active": False})
    await owner.must("PUT", f"/api/services/{services['ended']}", {"active": False})
    staff = {"Amira": amira, "Bilal": bilal, "Chen": away, "any": None}
    return Day(owner, staff, services, made)


def kinds(answer: Any) -> set[str]:
    """What is in the way."""
    return {conflict["kind"] for conflict in answer.get("conflicts", [])}


async def until_heard(day: Day) -> None:
    """Availability has heard of what was booked last."""
    query = {"serviceId": day.services["bed"], "staffId": day.staff["Bilal"], "start": at(9.5).isoformat()}

    async def busy() -> bool:
        return not (await day.owner.must("GET", "/api/availability/explain", **query))["bookable"]

    await eventually(busy, until=lambda seen: seen, seconds=5)


async def agree(checked: Any, reply: Reply, wish: Any) -> None:
    """The call was answered as the check said."""
    assert checked["bookable"] is (reply.status < 300), (wish, checked, reply.body)
    if reply.status >= 300:
        assert reply.status == 409, (wish, reply.body)
        assert checked["conflicts"] == reply.body["conflicts"], wish


async def test_what_a_check_says_a_booking_does(day: Day):
    seen: set[str] = set()
    for wish in day.wishes():
        checked = await day.owner.must("POST", "/api/appointments/check", wish)
        reply = await day.owner.call("POST", "/api/appointments", wish)
        await agree(checked, reply, wish)
        seen |= kinds(checked) or {"free"}
        if reply.status == 201:
            await day.owner.must("DELETE", f"/api/appointments/{reply.body['id']}")
    assert seen == {"free", "inactive", "outsideHours", "timeOff", "staffBusy", "resourceBusy"}


async def test_what_a_check_says_a_move_does(day: Day):
    """Also onto its own time, to somebody else, to another service, and to another length."""
    path, own = f"/api/appointments/{day.made['id']}", {"start": day.made["start"], "end": day.made["end"]}
    own |= {"staffId": day.made["staffId"], "serviceId": day.made["serviceId"]}
    lengths = [{"end": at(hour).isoformat()} for hour in (14.5, 15.25, 15.5, 16)]
    moved = [{"start": at(hour).isoformat()} for hour in HALF_HOURS]
    outside = [one | {"allow": ["outsideHours", "timeOff"]} for one in moved]
    seen: dict[bool, int] = {True: 0, False: 0}
    for wish in [*lengths, *moved, *outside, *day.wishes()]:
        checked = await day.owner.must("POST", f"{path}/check", wish)
        reply = await day.owner.call("PUT", path, wish)
        await agree(checked, reply, wish)
        seen[checked["bookable"]] += 1
        await day.owner.must("PUT", path, own)
    assert min(seen.values()) > 10


async def test_explain_names_what_the_check_names(day: Day):
    """And more: a check, as the call itself, does not look who is busy when the time is none to work in."""
    await until_heard(day)
    for wish in day.wishes():
        checked = await day.owner.must("POST", "/api/appointments/check", wish)
        explained = await day.owner.must("GET", "/api/availability/explain", **wish)
        assert explained["bookable"] is checked["bookable"], wish
        if "staffId" in wish:
            named = kinds(explained["staff"][0])
            assert kinds(checked) == (named & OWN_RULES or named), wish


async def test_alternatives_can_be_had(day: Day):
    await until_heard(day)
    for service, hour in product(("plain", "buffered", "bed"), (9.5, 11.5, 14.5, 16.5)):
        wish = {"serviceId": day.services[service], "start": at(hour).isoformat(), "staffId": day.staff["Amira"]}
        checked = await day.owner.must("POST", "/api/appointments/check", wish)
        away = [abs(datetime.fromisoformat(one["start"]) - at(hour)) for one in checked["alternatives"]]
        assert away == sorted(away)
        assert len(away) == (0 if checked["bookable"] else 5)
        for one in checked["alternatives"]:
            made = await day.owner.must("POST", "/api/appointments", wish | {"start": one["start"]})
            assert (made["start"], made["end"]) == (one["start"], one["end"])
            await day.owner.must("DELETE", f"/api/appointments/{made['id']}")
