"""What a message is written from, and the words that its template is filled in with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup

from contracts.appointments import AppointmentDetails, CustomerDetails, Status
from contracts.money import Money
from notifications.domain import Business, Kind
from notifications.domain.kinds import WORDS
from notifications.use_cases.writing.defaults import labels, reasons
from notifications.use_cases.writing.layout import button, table
from notifications.use_cases.writing.words import (
    date_in_words,
    moment_in_words,
    money_in_words,
    on_one_line,
    phone_in_text,
    span_in_words,
    time_in_words,
    zone_in_words,
)

Words = dict[str, str | Markup | bool]

_MOST_NAME = 100
_PHONES = frozenset({"business_phone", "customer_phone"})
_TIMES = frozenset({"time", "end_time", "old_time", "pay_until", "valid_until"})
_LIKE_A_LINK = re.compile(r"://|www\.|\w\.[a-z]{2,}|\w\.(?i:com|net|org|info|biz|io|xyz|top|link|app)\b")
_OF_THE_BUSINESS = frozenset(
    {Kind.STAFF_BOOKED, Kind.STAFF_RESCHEDULED, Kind.STAFF_CANCELLED, Kind.STAFF_PAYMENT_FAILED}
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Everything that is known about what happened. `repeats`: the other dates of a series that was booked at once."""

    kind: Kind
    locale: str
    business: Business
    appointment: AppointmentDetails | None = None
    payload: Mapping[str, Any] = field(default_factory=dict[str, Any])
    manage_url: str | None = None
    repeats: Sequence[datetime] = ()

    @property
    def zone(self) -> str:
        """In which times are told: the appointment's, which was agreed; else the business's."""
        return self.appointment.timezone if self.appointment else self.business.timezone


def words_for(occasion: Occasion, *, html: bool) -> Words:
    """All words that a template of this kind may use; what is not known is empty."""
    found: Words = dict.fromkeys(WORDS[occasion.kind], "")
    known = _of_business(occasion)
    if occasion.appointment is not None:
        known |= _of_appointment(occasion, occasion.appointment)
    known |= _of_payload(occasion) | {
        "details": _details(occasion, html=html),
        "actions": _actions(occasion, html=html),
    }
    for name in known.keys() & (_TIMES if html else _PHONES):
        known[name] = on_one_line(str(known[name])) if html else phone_in_text(str(known[name]), occasion.locale)
    return found | {name: value for name, value in known.items() if name in found}


def safe_name(name: str, locale: str) -> str:
    """What a stranger calls themselves, for a mail that we send: one line, and no advertisement with a link in it."""
    line = " ".join(name.split())[:_MOST_NAME]
    return labels(locale)["guest"] if not line or _LIKE_A_LINK.search(line) else line


def _of_business(occasion: Occasion) -> Words:
    business = occasion.business
    return {
        "business_name": business.name,
        "business_phone": business.contact_phone or "",
        "business_email": business.contact_email or "",
        "business_address": business.address or "",
    }


def _of_appointment(occasion: Occasion, appointment: AppointmentDetails) -> Words:
    zone, locale = occasion.zone, occasion.locale
    customer = appointment.customer or CustomerDetails.model_construct(name="", email=None, phone=None)
    until = appointment.expires_at
    return {
        "customer_name": safe_name(customer.name, locale),
        "customer_email": customer.email or "",
        "customer_phone": customer.phone or "",
        "service_name": appointment.service_name,
        "staff_name": appointment.staff_name,
        "date": date_in_words(appointment.start, zone, locale),
        "time": time_in_words(appointment.start, zone, locale),
        "end_time": time_in_words(appointment.end, zone, locale),
        "timezone": zone_in_words(appointment.start, zone, locale),
        "price": money_in_words(appointment.price, locale),
        "pending": appointment.status is Status.PENDING,
        "pay_until": moment_in_words(until, zone, locale) if until else "",
        "manage_url": occasion.manage_url or "",
        "notes": appointment.notes,
        "reason": _reason(appointment.cancellation_reason or "", locale),
    }


def _of_payload(occasion: Occasion) -> Words:
    """What only the event said: amounts, times, codes, links."""
    payload, locale, zone = occasion.payload, occasion.locale, occasion.zone
    found: Words = {}
    if "amount" in payload:
        found["amount"] = money_in_words(Money.model_validate(payload["amount"]), locale)
    for key, word in (("validUntil", "valid_until"), ("payUntil", "pay_until")):
        if key in payload:
            found[word] = moment_in_words(_instant(payload[key]), zone, locale)
    if "start" in payload.get("before", {}):
        before = _instant(payload["before"]["start"])
        found |= {"old_date": date_in_words(before, zone, locale), "old_time": time_in_words(before, zone, locale)}
    if "reason" in payload:
        found["reason"] = labels(locale).get(payload["reason"], payload["reason"])
    if "role" in payload:
        role = "staff_role" if payload["role"] == "staff" else payload["role"]
        found["role"] = labels(locale).get(role, payload["role"])
    as_they_are = (("code", "code"), ("accept_url", "acceptUrl"), ("endpoint", "endpoint"))
    return found | {name: payload[key] for name, key in as_they_are if key in payload}


def _reason(given: str, locale: str) -> str:
    """What a service writes in the words of the language; what a person writes as it is."""
    return reasons(locale).get(given, given)


def _details(occasion: Occasion, *, html: bool) -> str | Markup:
    rows = _rows(occasion, html=html)
    if html:
        return table([(label, on_one_line(value)) for label, value in rows])
    return "\n".join(f"{label}: {' · '.join(value.splitlines())}" for label, value in rows)


def _rows(occasion: Occasion, *, html: bool) -> list[tuple[str, str]]:
    appointment, locale, zone = occasion.appointment, occasion.locale, occasion.zone
    if appointment is None:
        return []
    named = labels(locale)
    rows = _customer_rows(occasion, appointment, html=html) if occasion.kind in _OF_THE_BUSINESS else []
    rows += [
        (named["service"], appointment.service_name),
        (named["staff"], appointment.staff_name),
        (named["when"], date_in_words(appointment.start, zone, locale)),
        (named["time"], span_in_words(appointment.start, appointment.end, zone, locale)),
        (named["timezone"], zone_in_words(appointment.start, zone, locale)),
    ]
    if occasion.repeats:
        rows.append((named["repeats"], "\n".join(date_in_words(each, zone, locale) for each in occasion.repeats)))
    if occasion.business.address:
        rows.append((named["where"], occasion.business.address))
    if appointment.price.amount:
        rows.append((named["price"], money_in_words(appointment.price, locale)))
    return rows


def _customer_rows(occasion: Occasion, appointment: AppointmentDetails, *, html: bool) -> list[tuple[str, str]]:
    named, customer = labels(occasion.locale), appointment.customer
    if customer is None:
        return []
    phone = customer.phone or ""
    found = [
        (named["customer"], customer.name),
        (named["phone"], phone if html else phone_in_text(phone, occasion.locale)),
        (named["email"], customer.email),
        (named["notes"], " ".join(appointment.notes.split())),
    ]
    return [(label, value) for label, value in found if value]


def _actions(occasion: Occasion, *, html: bool) -> str | Markup:
    """What there is to press: nothing, where there is no link."""
    named, accept = labels(occasion.locale), occasion.payload.get("acceptUrl")
    manage = named["take" if occasion.kind is Kind.WAITING_LIST_OFFER else "manage"]
    label, url = (named["accept"], str(accept)) if accept else (manage, occasion.manage_url)
    if not url:
        return ""
    return button(label, url) if html else f"{label}: {url}"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
