"""The business whose screens are pictured: the same people, services, bookings and times in every run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import aiohttp

from tests.e2e.owner import Owner, sign_up
from tests.e2e.web.elsewhen import Elsewhen

DUBAI = timedelta(hours=4)
NOW = datetime(2026, 6, 17, 6, 20, tzinfo=UTC)
"""Wednesday, 17 June 2026, twenty past ten in Dubai."""

WEEK = {
    0: (("08:00", "12:00"), ("13:00", "17:00")),
    1: (("09:00", "17:00"),),
    2: (("10:00", "18:00"),),
}
"""When each of the three works, from Monday to Saturday."""

SERVICES = (
    {"durationMinutes": 60, "bufferAfterMinutes": 15, "by": (0, 1), "price": 25_000},
    {"durationMinutes": 45, "by": (1,), "price": 40_000, "deposit": {"kind": "percent", "percent": 25}},
    {"durationMinutes": 90, "bufferBeforeMinutes": 15, "by": (2,), "price": 38_000},
    {"durationMinutes": 30, "by": (0, 2), "price": 0},
)


class Visit(NamedTuple):
    """Whom and what by index, when from Monday on, by the clock there, who comes, and whether it is confirmed."""

    person: int
    service: int
    day: int
    hour: int
    minute: int
    customer: int
    is_firm: bool


BOOKED = (
    Visit(0, 0, 0, 9, 0, 0, True),
    Visit(1, 1, 0, 10, 15, 1, True),
    Visit(2, 2, 1, 11, 30, 2, True),
    Visit(0, 0, 2, 8, 30, 3, True),
    Visit(1, 1, 2, 9, 15, 0, True),
    Visit(2, 2, 2, 10, 45, 4, True),
    Visit(0, 3, 2, 11, 0, 5, True),
    Visit(1, 0, 2, 11, 45, 2, False),
    Visit(0, 0, 2, 14, 0, 1, False),
    Visit(2, 3, 2, 15, 30, 3, True),
    Visit(1, 1, 3, 13, 30, 4, True),
    Visit(0, 0, 4, 9, 30, 5, True),
    Visit(2, 2, 4, 14, 0, 0, False),
    Visit(1, 1, 5, 12, 15, 1, True),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the business says, in one language."""

    business: str
    people: tuple[tuple[str, str], ...]
    services: tuple[tuple[str, str, str], ...]
    customers: tuple[str, ...]
    about: str
    policy: str
    address: str


ENGLISH = Words(
    business="Palm Studio",
    people=(("Amira Haddad", "Pilates instructor"), ("Daniel Okafor", "Physiotherapist"), ("Chloé Martin", "Massage")),
    services=(
        ("Private Pilates", "Movement", "An hour on the reformer, for you alone."),
        ("Physiotherapy", "Care", "Please bring what your doctor wrote."),
        ("Deep tissue massage", "Care", ""),
        ("First talk", "Movement", "Half an hour to get to know each other."),
    ),
    customers=("Noor Al Suwaidi", "James Carter", "Priya Menon", "Sofia Rossi", "Omar Farouk", "Hannah Weber"),
    about="Pilates, physiotherapy and massage by the sea.",
    policy="Please come ten minutes early, and tell us a day before if you cannot.",
    address="12 Marina Walk, Dubai",
)

ARABIC = Words(
    business="استوديو النخلة",
    people=(("أميرة حداد", "مدرّبة بيلاتس"), ("دانيال أوكافور", "معالج فيزيائي"), ("كلوي مارتن", "مدلّكة")),
    services=(
        ("بيلاتس فردي", "حركة", "ساعة على جهاز الريفورمر لك وحدك."),
        ("علاج فيزيائي", "عناية", "يرجى إحضار ما كتبه طبيبك."),
        ("تدليك عميق", "عناية", ""),
        ("لقاء أول", "حركة", "نصف ساعة لنتعارف."),
    ),
    customers=("نور السويدي", "خالد المنصوري", "فاطمة الزهراء", "مريم يوسف", "عمر فاروق", "سارة الهاشمي"),
    about="بيلاتس وعلاج فيزيائي وتدليك على البحر.",
    policy="يرجى الحضور قبل الموعد بعشر دقائق، وإخبارنا قبل يوم إن تعذّر عليك المجيء.",
    address="١٢ ممشى المرسى، دبي",
)

WORDS: Mapping[str, Words] = {"en": ENGLISH, "ar": ARABIC}


@dataclass(frozen=True, slots=True)
class PalmStudio:
    """The business, and another day on which it is looked at. `appointments`: ids, in the order of `BOOKED`."""

    owner: Owner
    elsewhen: Elsewhen
    language: str
    words: Words
    staff: tuple[str, ...]
    services: tuple[str, ...]
    appointments: tuple[str, ...]
    slug: str

    def told(self, name: str) -> str:
        """What a page is told in place of what the product made up."""
        return self.elsewhen.names[name]


async def opened_in(language: str, http: aiohttp.ClientSession, url: str) -> PalmStudio:
    """A new one that speaks a language."""
    words, elsewhen = WORDS[language], Elsewhen(NOW)
    owner = await sign_up(http, url, name=words.business, timezone="Asia/Dubai")
    contact = {
        "contactEmail": "hello@example.com",
        "contactPhone": "+97145550100",
        "address": words.address,
        "locale": language,
    }
    await owner.must("PUT", "/api/business", contact)
    # What was sent says the product's own dates in words.
    await owner.must("PUT", "/api/notification-settings", {"muted": ["booked", "reminder", "staffBooked"]})
    staff = [await _member(owner, words, at) for at in range(len(words.people))]
    services = [await _service(owner, words, at, staff) for at in range(len(SERVICES))]
    slug = f"palm-{uuid4().hex[:12]}"
    texts = {"description": words.about, "policyText": words.policy, "locale": language, "cancelWindowMinutes": 1440}
    await owner.must("POST", "/api/booking-pages", {"slug": slug, **texts})
    made = PalmStudio(owner, elsewhen, language, words, tuple(staff), tuple(services), (), slug)
    booked = [await _booked(made, visit) for visit in BOOKED]
    elsewhen.names.update({real: str(UUID(int=at + 1)) for at, real in enumerate(services)})
    elsewhen.names[slug] = "palm-studio"
    elsewhen.names[owner.credentials["email"]] = "amira@example.com"
    return PalmStudio(owner, elsewhen, language, words, tuple(staff), tuple(services), tuple(booked), slug)


async def _member(owner: Owner, words: Words, at: int) -> str:
    name, title = words.people[at]
    member = await owner.must("POST", "/api/staff", {"name": name, "title": title})
    blocks = [{"dayOfWeek": day, "start": start, "end": end} for day in range(1, 7) for start, end in WEEK[at]]
    await owner.must("PUT", f"/api/staff/{member['id']}/hours", {"blocks": blocks})
    return member["id"]


async def _service(owner: Owner, words: Words, at: int, staff: list[str]) -> str:
    name, category, description = words.services[at]
    sold: dict[str, Any] = dict(SERVICES[at])
    by, price = sold.pop("by"), {"amount": sold.pop("price"), "currency": "AED"}
    named = {"name": name, "category": category, "description": description}
    return await owner.service([staff[each] for each in by], price=price, **named, **sold)


async def _booked(made: PalmStudio, visit: Visit) -> str:
    monday = NOW.replace(hour=0, minute=0) - timedelta(days=NOW.weekday()) - DUBAI
    start = made.elsewhen.real(monday + timedelta(days=visit.day, hours=visit.hour, minutes=visit.minute))
    customer = {"name": made.words.customers[visit.customer], "phone": f"+9715010000{visit.customer:02}"}
    status = {} if visit.is_firm else {"status": "PENDING"}
    service, person = made.services[visit.service], made.staff[visit.person]
    reply = await made.owner.book(service, person, start, customer=customer, **status)
    assert reply.status == 201, reply.body
    return reply.body["id"]
