"""The rows of the matrix of tenants. A new operation, or a new field that names something, gets its row here.

A new noun gets its line in tests/e2e/belongings.py. What wants a body gets one in CHANGES: valid, so that only the id
in the path can be refused. What names something in its body or query gets a request in NAMING: valid as it is, so that
only the field can be refused in which the test puts an id of another business.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.e2e.belongings import DAY, Ids, booking, page, season, series, session, time_off, waiting
from tests.e2e.owner import EVERY_DAY, next_week

RANGE = {"rangeStart": next_week(0).isoformat(), "rangeEnd": next_week(23).isoformat()}

CHANGES: Mapping[str, Callable[[Ids], Any]] = {
    "PUT /api/services/{}": lambda _: {"name": "Taken over"},
    "PUT /api/staff/{}": lambda _: {"name": "Taken over"},
    "PUT /api/staff/{}/hours": lambda _: {"blocks": EVERY_DAY},
    "PUT /api/staff/{}/overrides/{}": lambda _: {"blocks": []},
    "PUT /api/closures/{}": lambda _: {"name": "Taken over"},
    "PUT /api/seasons/{}": lambda _: {"name": "Taken over"},
    "PUT /api/time-off/{}": lambda _: {"reason": "Taken over"},
    "PUT /api/resources/{}": lambda _: {"name": "Taken over"},
    "PUT /api/appointments/{}": lambda _: {"notes": "Taken over"},
    "POST /api/appointments/{}/check": lambda _: {"notes": "Taken over"},
    "PUT /api/appointments/{}/status": lambda _: {"status": "CANCELLED"},
    "PUT /api/customers/{}": lambda _: {"name": "Taken over"},
    "POST /api/customers/{}/merge": lambda mine: {"intoId": mine["customers"]},
    "PUT /api/series/{}": lambda _: {"scope": "all", "notes": "Taken over"},
    "PUT /api/sessions/{}": lambda _: {"capacity": 9},
    "PUT /api/members/{}": lambda _: {"role": "staff"},
    "PUT /api/booking-pages/{}": lambda _: {"title": "Taken over"},
    "PUT /api/webhook-endpoints/{}": lambda _: {"description": "Taken over"},
    "POST /api/webhook-endpoints/{}/replay": lambda _: {"since": RANGE["rangeStart"]},
}
"""What is sent to the routes that change something by its id."""

NAMING: Mapping[str, Callable[[Ids], Any]] = {
    "PUT /api/members/{}": lambda _: {"role": "owner"},
    "POST /api/invitations": lambda _: {"email": "lina@example.com", "role": "staff"},
    "POST /api/services": lambda mine: {
        "name": "Massage",
        "durationMinutes": 60,
        "price": {"amount": 100, "currency": "AED"},
        "staffIds": [mine["staff"]],
    },
    "PUT /api/services/{}": lambda _: {},
    "POST /api/seasons": lambda mine: season(mine, day=120),
    "PUT /api/seasons/{}": lambda _: {},
    "GET /api/time-off": lambda _: RANGE,
    "POST /api/time-off": lambda mine: time_off(mine, day=7),
    "PUT /api/time-off/{}": lambda _: {},
    "GET /api/availability/slots": lambda mine: {"serviceId": mine["services"], "from": DAY},
    "GET /api/availability/open": lambda _: RANGE,
    "GET /api/availability/explain": lambda mine: {"serviceId": mine["services"], "start": RANGE["rangeStart"]},
    "GET /api/appointments": lambda _: RANGE,
    "GET /api/appointments/report": lambda _: RANGE,
    "GET /api/appointments/export.csv": lambda _: RANGE,
    "GET /api/appointments/export.ics": lambda _: RANGE,
    "POST /api/appointments": lambda mine: booking(mine, 15),
    "PUT /api/appointments/{}": lambda _: {},
    "POST /api/appointments/check": lambda mine: booking(mine, 15),
    "POST /api/appointments/{}/check": lambda _: {},
    "POST /api/customers/{}/merge": lambda _: {},
    "POST /api/series": lambda mine: series(mine, 16),
    "PUT /api/series/{}": lambda _: {"scope": "all"},
    "DELETE /api/series/{}": lambda _: {"scope": "this"},
    "GET /api/sessions": lambda _: RANGE,
    "POST /api/sessions": lambda mine: session(mine, 17),
    "PUT /api/sessions/{}": lambda _: {},
    "GET /api/waiting-list": lambda _: {},
    "POST /api/waiting-list": waiting,
    "POST /api/feeds": lambda _: {},
    "POST /api/booking-pages": page,
    "PUT /api/booking-pages/{}": lambda mine: {"intakeQuestions": page(mine)["intakeQuestions"]},
    "GET /api/payments": lambda _: {},
    "GET /api/payments/report": lambda _: RANGE,
    "GET /api/messages": lambda _: {},
}
"""A request to each operation that names something in its body or query."""

FIELDS: Mapping[str, str] = {
    "staffId": "staff",
    "serviceId": "services",
    "customerId": "customers",
    "intoId": "customers",
    "appointmentId": "appointments",
    "sessionId": "sessions",
}
"""What a field of this name names, by the noun in its path."""

_OF_EVERYBODY = "names a kind, a channel and a language: every business has its own of each"

OTHERWISE: Mapping[str, str] = {
    "GET /api/templates/{}/{}/{}": _OF_EVERYBODY,
    "PUT /api/templates/{}/{}/{}": _OF_EVERYBODY,
    "DELETE /api/templates/{}/{}/{}": _OF_EVERYBODY,
    "POST /api/templates/{}/{}/{}/preview": _OF_EVERYBODY,
    "POST /api/webhook-endpoints/{}/deliveries/{}/replay": "it takes an event: tested in services/notifications",
    "POST /api/auth/sign-in /businessId": "says which business of one's own, and asks nobody who they are",
    "PUT /api/members/{} /staffId": "accounts knows no staff: the link opens nothing, as what is staff's own is scoped",
    "POST /api/invitations /staffId": "as that of a member",
    "POST /api/imports /staffId": "goes with a file in a form: it has a test by itself",
    "PUT /api/series/{} /appointmentId": "one of the series in the path, or NotFound as that would be",
    "GET /api/availability/explain ?appointmentId": "what is not in the way of itself: one of nobody changes nothing",
    "POST /api/payments/{}/refund": "a payment takes a guest who pays: tested in services/booking-public",
}
"""The operations and fields that the matrix does not try, and why."""
