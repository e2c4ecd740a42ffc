"""Who may do what: a row for every operation of the product. A new operation gets its row here.

    "PUT /api/things/{}": Row(MANAGERS),                                    # owners, managers, keys that may write
    "PUT /api/own-things/{}": Row(OWN, ids=own_thing, body=own_changes),    # and staff, of what is theirs

`ids` fills the path for a staff member's thing, and `body` is sent with it: they are needed where staff may change what
is their own, so that what is refused is refused for the role alone.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.e2e.owner import EVERY_DAY, Owner, next_week

CALLERS = ("owner", "manager", "staff", "read key", "write key")


@dataclass(frozen=True, slots=True)
class Right:
    """Who may. `own_only`: staff may, but only with what is their own."""

    callers: frozenset[str]
    own_only: bool = False
    is_open: bool = False

    def allows(self, caller: str, *, own: bool) -> bool:
        """Whether this caller may, with a thing of their own staff member or of another's."""
        return caller in self.callers and (own or caller != "staff" or not self.own_only)


def _right(*callers: str, own_only: bool = False, is_open: bool = False) -> Right:
    return Right(frozenset(callers), own_only, is_open)


OPEN = _right(*CALLERS, is_open=True)
"""Asks nobody who they are."""

READERS = _right(*CALLERS)
"""The calendar of the business, for everybody in it."""

USERS = _right("owner", "manager", "staff")
"""People, and no programs."""

EDITORS = _right("owner", "manager", "staff", "write key")
MANAGERS = _right("owner", "manager", "write key")
READING_MANAGERS = _right("owner", "manager", "read key", "write key")
OWNERS = _right("owner")
OWN_OF_PEOPLE = _right("owner", "manager", "staff", own_only=True)
OWN = _right("owner", "manager", "staff", "write key", own_only=True)
"""Staff change only their own appointments, hours and time off."""


@dataclass(slots=True)
class World:
    """A business with one caller of each kind; `own` is the staff member that the caller with the role staff is."""

    owner: Owner
    callers: Mapping[str, Owner]
    own: str
    other: str
    service: str
    group: str
    """A service with several seats."""
    numbers: Iterator[int] = field(default_factory=count)

    async def appointment(self, staff: str) -> list[str]:
        """A new appointment of a staff member."""
        booked = await self.owner.book(self.service, staff, self._start())
        assert booked.status == 201, booked.body
        return [booked.body["id"]]

    async def staff_member(self, staff: str) -> list[str]:
        """The staff member."""
        return [staff]

    async def override(self, staff: str) -> list[str]:
        """Other hours of a staff member on one date."""
        date = next_week(0, day=100 + next(self.numbers)).date().isoformat()
        await self.owner.must("PUT", f"/api/staff/{staff}/overrides/{date}", self.hours_of_a_day(staff))
        return [staff, date]

    async def time_off(self, staff: str) -> list[str]:
        """Time off of a staff member."""
        return [(await self.owner.must("POST", "/api/time-off", self.new_time_off(staff)))["id"]]

    async def series(self, staff: str) -> list[str]:
        """A series of a staff member."""
        return [(await self.owner.must("POST", "/api/series", self.new_series(staff)))["id"]]

    async def session(self, staff: str) -> list[str]:
        """A group session of a staff member."""
        return [(await self.owner.must("POST", "/api/sessions", self.new_session(staff)))["id"]]

    async def waiting(self, staff: str) -> list[str]:
        """Somebody who waits for a time of a staff member."""
        return [(await self.owner.must("POST", "/api/waiting-list", self.new_waiting(staff)))["id"]]

    async def offered(self, staff: str) -> list[str]:
        """Somebody who waited for the only seat of a session of a staff member, and was offered it."""
        start = self._start()
        wanted = {"serviceId": self.group, "staffId": staff, "start": start.isoformat(), "capacity": 1}
        session = await self.owner.must("POST", "/api/sessions", wanted)
        seat = await self.owner.book(self.group, staff, start, customer={"name": "Noor"})
        wish = {"serviceId": self.group, "sessionId": session["id"], "customer": {"name": "Lina"}}
        waiting = await self.owner.must("POST", "/api/waiting-list", wish)
        await self.owner.must("PUT", f"/api/appointments/{seat.body['id']}/status", {"status": "CANCELLED"})
        return [waiting["id"]]

    async def feed(self, staff: str) -> list[str]:
        """A calendar feed of a staff member."""
        return [(await self.owner.must("POST", "/api/feeds", self.new_feed(staff)))["id"]]

    def new_feed(self, staff: str) -> Any:
        """The body of a calendar feed."""
        return {"staffId": staff}

    def new_waiting(self, staff: str) -> Any:
        """The body of getting in line."""
        span = {"from": DAYS["rangeStart"], "to": DAYS["rangeEnd"]}
        return {"serviceId": self.service, "staffId": staff, **span, "customer": {"name": "Noor"}}

    def new_session(self, staff: str) -> Any:
        """The body of a group session."""
        return {**self.new_appointment(staff), "serviceId": self.group}

    def new_appointment(self, staff: str) -> Any:
        """The body of a booking."""
        return {"serviceId": self.service, "staffId": staff, "start": self._start().isoformat()}

    def new_series(self, staff: str) -> Any:
        """The body of a series."""
        return {**self.new_appointment(staff), "rrule": "FREQ=WEEKLY;COUNT=2"}

    def new_time_off(self, staff: str) -> Any:
        """The body of time off, long after everything that is booked."""
        number = next(self.numbers)
        start, end = (next_week(hour, day=200 + number).isoformat() for hour in (9, 10))
        return {"staffId": staff, "start": start, "end": end}

    def hours(self, _: str) -> Any:
        """The body of weekly hours."""
        return {"blocks": EVERY_DAY}

    def hours_of_a_day(self, _: str) -> Any:
        """The body of an override."""
        return {"blocks": [{"start": "09:00", "end": "17:00"}]}

    def _start(self) -> Any:
        """A start that nobody has taken: four a day, from a week ahead on."""
        day, slot = divmod(next(self.numbers), 4)
        return next_week(8 + 2 * slot, day=day)


Ids = Callable[[World, str], Awaitable[list[str]]]
Body = Callable[[World, str], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """Who may do it, and how it is asked for."""

    right: Right
    ids: Ids | None = None
    body: Body | None = None
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    ends_the_session: bool = False


def _always(body: Any) -> Body:
    return lambda _, __: body


DAYS = {"rangeStart": next_week(0).isoformat(), "rangeEnd": next_week(0, day=7).isoformat()}

ACCOUNTS: dict[str, Row] = {
    "POST /api/auth/sign-up": Row(OPEN),
    "POST /api/auth/sign-in": Row(OPEN),
    "POST /api/auth/refresh": Row(OPEN),
    "POST /api/auth/sign-out": Row(USERS, ends_the_session=True),
    "GET /api/auth/me": Row(USERS),
    "GET /api/auth/businesses": Row(USERS),
    "GET /.well-known/jwks.json": Row(OPEN),
    "GET /api/business": Row(READERS),
    "PUT /api/business": Row(OWNERS, body=_always({"name": "Studio"})),
    "GET /api/members": Row(OWNERS),
    "GET /api/members/{}": Row(OWNERS),
    "PUT /api/members/{}": Row(OWNERS),
    "DELETE /api/members/{}": Row(OWNERS),
    "GET /api/invitations": Row(OWNERS),
    "POST /api/invitations": Row(OWNERS, body=_always({"email": "somebody@example.com", "role": "staff"})),
    "DELETE /api/invitations/{}": Row(OWNERS),
    "POST /api/invitations/accept": Row(OPEN),
    "GET /api/api-keys": Row(OWNERS),
    "POST /api/api-keys": Row(OWNERS, body=_always({"name": "Robot", "scopes": ["read"]})),
    "DELETE /api/api-keys/{}": Row(OWNERS),
}

AVAILABILITY: dict[str, Row] = {
    "GET /api/services": Row(READERS),
    "POST /api/services": Row(MANAGERS),
    "GET /api/services/{}": Row(READERS),
    "PUT /api/services/{}": Row(MANAGERS),
    "DELETE /api/services/{}": Row(MANAGERS),
    "GET /api/staff": Row(READERS),
    "POST /api/staff": Row(MANAGERS, body=_always({"name": "Somebody"})),
    "GET /api/staff/{}": Row(READERS, ids=World.staff_member),
    "PUT /api/staff/{}": Row(MANAGERS, ids=World.staff_member, body=_always({"title": "Therapist"})),
    "DELETE /api/staff/{}": Row(MANAGERS),
    "GET /api/staff/{}/hours": Row(READERS, ids=World.staff_member),
    "PUT /api/staff/{}/hours": Row(OWN, ids=World.staff_member, body=World.hours),
    "GET /api/staff/{}/overrides": Row(READERS, ids=World.staff_member),
    "PUT /api/staff/{}/overrides/{}": Row(OWN, ids=World.override, body=World.hours_of_a_day),
    "DELETE /api/staff/{}/overrides/{}": Row(OWN, ids=World.override),
    "GET /api/closures": Row(READERS),
    "POST /api/closures": Row(MANAGERS),
    "POST /api/closures/import": Row(MANAGERS),
    "GET /api/closures/{}": Row(READERS),
    "PUT /api/closures/{}": Row(MANAGERS),
    "DELETE /api/closures/{}": Row(MANAGERS),
    "GET /api/seasons": Row(READERS),
    "POST /api/seasons": Row(MANAGERS),
    "GET /api/seasons/{}": Row(READERS),
    "PUT /api/seasons/{}": Row(MANAGERS),
    "DELETE /api/seasons/{}": Row(MANAGERS),
    "GET /api/time-off": Row(READERS, query=DAYS),
    "POST /api/time-off": Row(OWN, body=World.new_time_off),
    "GET /api/time-off/{}": Row(READERS, ids=World.time_off),
    "PUT /api/time-off/{}": Row(OWN, ids=World.time_off, body=_always({"reason": "Training"})),
    "DELETE /api/time-off/{}": Row(OWN, ids=World.time_off),
    "GET /api/resources": Row(READERS),
    "POST /api/resources": Row(MANAGERS),
    "GET /api/resources/{}": Row(READERS),
    "PUT /api/resources/{}": Row(MANAGERS),
    "DELETE /api/resources/{}": Row(MANAGERS),
    "GET /api/availability/slots": Row(READERS),
    "GET /api/availability/open": Row(READERS, query=DAYS),
    "GET /api/availability/explain": Row(READERS),
    "GET /api/public/booking/{}/availability": Row(OPEN),
}

APPOINTMENTS: dict[str, Row] = {
    "GET /api/appointments": Row(READERS, query=DAYS),
    "POST /api/appointments": Row(OWN, body=World.new_appointment),
    "POST /api/appointments/check": Row(EDITORS, body=World.new_appointment),
    "GET /api/appointments/{}": Row(READERS, ids=World.appointment),
    "PUT /api/appointments/{}": Row(OWN, ids=World.appointment, body=_always({"notes": "Changed"})),
    "POST /api/appointments/{}/check": Row(EDITORS, ids=World.appointment, body=_always({"notes": "Changed"})),
    "PUT /api/appointments/{}/status": Row(OWN, ids=World.appointment, body=_always({"status": "CANCELLED"})),
    "DELETE /api/appointments/{}": Row(OWN, ids=World.appointment),
    "GET /api/appointments/{}/activity": Row(READERS, ids=World.appointment),
    "GET /api/appointments/report": Row(READING_MANAGERS, query=DAYS),
    "GET /api/appointments/export.csv": Row(READING_MANAGERS, query=DAYS),
    "GET /api/appointments/export.ics": Row(READING_MANAGERS, query=DAYS),
    "GET /api/customers": Row(READERS),
    "POST /api/customers": Row(EDITORS, body=_always({"name": "Noor"})),
    "GET /api/customers/export.csv": Row(READING_MANAGERS),
    "GET /api/customers/{}": Row(READERS),
    "PUT /api/customers/{}": Row(MANAGERS),
    "GET /api/customers/{}/appointments": Row(READERS),
    "POST /api/customers/{}/merge": Row(MANAGERS),
    "GET /api/customers/{}/export": Row(READING_MANAGERS),
    "POST /api/customers/{}/erase": Row(MANAGERS),
    "POST /api/series": Row(OWN, body=World.new_series),
    "GET /api/series/{}": Row(READERS, ids=World.series),
    "PUT /api/series/{}": Row(OWN, ids=World.series, body=_always({"scope": "all", "notes": "Changed"})),
    "DELETE /api/series/{}": Row(OWN, ids=World.series),
    "GET /api/sessions": Row(READERS, query=DAYS),
    "POST /api/sessions": Row(OWN, body=World.new_session),
    "GET /api/sessions/{}": Row(READERS, ids=World.session),
    "PUT /api/sessions/{}": Row(OWN, ids=World.session, body=_always({"capacity": 3})),
    "DELETE /api/sessions/{}": Row(OWN, ids=World.session),
    "GET /api/waiting-list": Row(READERS),
    "POST /api/waiting-list": Row(OWN, body=World.new_waiting),
    "GET /api/waiting-list/{}": Row(READERS, ids=World.waiting),
    "DELETE /api/waiting-list/{}": Row(OWN, ids=World.waiting),
    "POST /api/waiting-list/{}/accept": Row(OWN, ids=World.offered),
    "POST /api/waiting-list/{}/decline": Row(OWN, ids=World.offered),
    "GET /api/imports": Row(READING_MANAGERS),
    "POST /api/imports": Row(MANAGERS),
    "GET /api/imports/{}": Row(READING_MANAGERS),
    "POST /api/imports/{}/apply": Row(MANAGERS),
    "POST /api/imports/{}/undo": Row(MANAGERS),
    "GET /api/feeds": Row(READERS),
    "POST /api/feeds": Row(OWN_OF_PEOPLE, body=World.new_feed),
    "POST /api/feeds/{}/rotate": Row(OWN_OF_PEOPLE, ids=World.feed),
    "DELETE /api/feeds/{}": Row(OWN, ids=World.feed),
    "GET /api/feeds/{}.ics": Row(OPEN),
}

ROWS: dict[str, Row] = ACCOUNTS | AVAILABILITY | APPOINTMENTS
