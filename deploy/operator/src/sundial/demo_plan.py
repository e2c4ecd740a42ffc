"""The demo business: who works there, what is sold, and which appointments its calendar shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

EMAIL = "demo@sundial.example"
PASSWORD = "sundial-demo"  # noqa: S105  # printed for everybody by `make up`
OWNER = "Layla Haddad"
BUSINESS = "Marina Wellness Studio"
ZONE = ZoneInfo("Asia/Dubai")
CURRENCY = "AED"
CONTACT = {"contactEmail": EMAIL, "contactPhone": "+97144001000", "address": "12 Marina Walk, Dubai"}
SLUG = "marina-wellness"
PAGE: dict[str, object] = {
    "slug": SLUG,
    "description": "Pilates, yoga, physiotherapy and massage by the sea.",
    "policyText": "Please come ten minutes early. Cancel a day before, and what you have paid is paid back.",
    "confirmationText": "We look forward to seeing you.",
    "cancelWindowMinutes": 24 * 60,
    "rescheduleWindowMinutes": 12 * 60,
    "refundPolicy": {"late": "percent", "percent": 50},
    "intakeQuestions": [
        {"label": "Does anything hurt?", "kind": "text"},
        {"label": "How did you hear of us?", "kind": "choice", "options": ["From a friend", "Online", "Walking by"]},
    ],
}
WEEKS = 3


@dataclass(frozen=True, slots=True)
class Person:
    """A staff member and the weekly hours: ISO weekdays, local times."""

    name: str
    title: str
    color: str
    days: tuple[int, ...]
    hours: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sold:
    """A service: minutes, price in fils, and who offers it by index."""

    name: str
    category: str
    color: str
    minutes: int
    before: int
    after: int
    price: int
    by: tuple[int, ...]
    deposit: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment of the plan."""

    person: int
    service: int
    start: datetime
    customer: str
    status: str


PEOPLE = (
    Person("Amira Nasser", "Pilates instructor", "#2f855a", (1, 2, 3, 4, 5), (("08:00", "12:00"), ("13:00", "18:00"))),
    Person("Daniel Okafor", "Physiotherapist", "#2b6cb0", (1, 2, 3, 4, 6), (("09:00", "17:00"),)),
    Person("Mei Lin", "Massage therapist", "#b83280", (2, 3, 4, 5, 6), (("10:00", "20:00"),)),
    Person("Yousef Karim", "Yoga teacher", "#c05621", (1, 3, 5, 6, 7), (("07:00", "11:00"), ("16:00", "21:00"))),
)

SERVICES = (
    Sold("Private Pilates", "Movement", "#2f855a", 60, 0, 10, 25_000, (0,)),
    Sold("Reformer Duo", "Movement", "#38a169", 50, 5, 10, 32_000, (0, 3)),
    Sold("Physiotherapy", "Clinic", "#2b6cb0", 45, 0, 15, 40_000, (1,), {"kind": "percent", "percent": 25}),
    Sold("First assessment", "Clinic", "#4299e1", 75, 10, 15, 55_000, (1,), {"kind": "full"}),
    Sold("Deep tissue massage", "Care", "#b83280", 60, 10, 20, 38_000, (2,)),
    Sold("Private yoga", "Movement", "#c05621", 60, 0, 5, 22_000, (3, 0)),
)

CUSTOMERS = (
    "Noor Al Suwaidi", "James Carter", "فاطمة الزهراء", "Priya Menon", "Sofia Rossi", "خالد المنصوري", "Hannah Weber",
    "Omar Farouk", "Chloe Martin", "Aisha Rahman", "Lucas Silva", "مريم يوسف", "Tom Becker", "Elena Petrova",
    "Rashid Khan", "Grace Mwangi",
)  # fmt: skip


def visits(first: date) -> Iterator[Visit]:
    """The appointments from the Monday `first` for three weeks, the same for the same Monday, none overlapping."""
    for day in range(WEEKS * 7):
        on = first + timedelta(days=day)
        for number, person in enumerate(PEOPLE):
            if on.isoweekday() in person.days:
                yield from _day(number, person, on)


def _day(number: int, person: Person, on: date) -> Iterator[Visit]:
    """Each block is filled from its start, with pauses: services keep their buffers apart."""
    random = Random(f"{on.isoformat()} {number}")  # noqa: S311  # a plan, not a secret
    offered = [index for index, service in enumerate(SERVICES) if number in service.by]
    for opens, closes in person.hours:
        at, end = _at(on, opens), _at(on, closes)
        while True:
            service = random.choice(offered)
            sold = SERVICES[service]
            start = _up_to_quarter(at + timedelta(minutes=sold.before))
            if start + timedelta(minutes=sold.minutes) > end:
                break
            at = start + timedelta(minutes=sold.minutes + sold.after)
            if random.random() < 0.6:
                status = "PENDING" if random.random() < 0.15 else "CONFIRMED"
                yield Visit(number, service, start, random.choice(CUSTOMERS), status)
            at += timedelta(minutes=random.choice((0, 0, 15, 30)))


def _at(on: date, local: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(local), tzinfo=ZONE)


def _up_to_quarter(instant: datetime) -> datetime:
    return instant + timedelta(minutes=-instant.minute % 15)
