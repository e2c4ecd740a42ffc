"""Calendars that we write: as a client library reads them, at every instant of every zone."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from appointments.schemas.files.calendar_text import CLOSING, escaped, event, folded, opening, timezones
from contracts.appointments import AppointmentDetails, CustomerDetails, Status
from contracts.ids import CustomerId, uuid7

from ..make import an_appointment

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
ZONES = [
    "Asia/Dubai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Europe/Dublin",
    "Africa/Casablanca",
    "Pacific/Chatham",
    "UTC",
]
instants = st.integers(0, 728 * 86_400).map(
    lambda seconds: datetime(2026, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds)
)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


def read(appointment: AppointmentDetails, *, busy_only: bool = False) -> Any:
    """The event, as a client reads it."""
    text = (
        opening("x")
        + timezones([appointment.timezone], FIRST, LAST)
        + event(appointment, busy_only=busy_only)
        + CLOSING
    )
    [found] = icalendar.Calendar.from_ical(text.encode()).walk("VEVENT")
    return found


@given(start=instants, zone=st.sampled_from(ZONES))
def test_an_event_begins_and_ends_when_the_appointment_does(start: datetime, zone: str):
    found = read(an_appointment(start=start, end=start + timedelta(minutes=90), timezone=zone))
    assert (found.start.astimezone(UTC), found.end.astimezone(UTC)) == (start, start + timedelta(minutes=90))


@given(instant=instants, zone=st.sampled_from(ZONES[:-1]))
def test_the_clock_that_is_described_is_the_zones_own(instant: datetime, zone: str):
    text = opening("x") + timezones([zone], FIRST, LAST) + CLOSING
    described = tz.tzical(io.StringIO(text)).get(zone)
    wall, real = instant.astimezone(described), instant.astimezone(tz.gettz(zone))
    assert wall.replace(tzinfo=None) == real.replace(tzinfo=None)


@given(name=texts, notes=texts)
def test_texts_are_read_as_they_were_written(name: str, notes: str):
    customer = CustomerDetails(id=CustomerId(uuid7()), name="x" + name, phone="+971501234567")
    found = read(an_appointment(customer=customer, notes="x" + notes, service_name="Cut; and, \\ more"))
    assert found["summary"] == f"Cut; and, \\ more: x{name}"
    assert found["description"] == f"Amira\n+971501234567\nx{notes}"


@given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=300))
def test_no_line_is_longer_than_75_octets_and_none_ends_within_a_character(text: str):
    line = folded("X:" + escaped(text))
    assert all(len(part.encode()) <= 75 for part in line.split("\r\n"))
    assert line.replace("\r\n ", "") == "X:" + escaped(text)
    assert not any(character in escaped(text) for character in "\r\n\x00\x1b")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.PENDING, "TENTATIVE"),
        (Status.CONFIRMED, "CONFIRMED"),
        (Status.COMPLETED, "CONFIRMED"),
        (Status.NO_SHOW, "CONFIRMED"),
        (Status.CANCELLED, "CANCELLED"),
    ],
)
def test_the_status_is_told_in_the_words_of_calendars(status: Status, told: str):
    found = read(an_appointment(status=status))
    assert (found["status"], found["transp"]) == (told, "TRANSPARENT" if status is Status.CANCELLED else "OPAQUE")


def test_an_hour_that_comes_twice_is_told_apart():
    first = an_appointment(
        start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), end=datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    )
    for hours in (0, 1):
        shifted = {name: getattr(first, name) + timedelta(hours=hours) for name in ("start", "end")}
        found = read(first.model_copy(update={**shifted, "timezone": "Europe/Berlin"}))
        assert found.start.astimezone(UTC) == shifted["start"]
