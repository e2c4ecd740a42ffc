"""An appointment as a calendar takes it: what is written is the time that was agreed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from contracts.ids import BusinessId
from notifications.domain import KnownAppointment
from notifications.use_cases.writing.examples import some_business
from notifications.use_cases.writing.invite import invite

from ..make import an_appointment, at

BUSINESS = BusinessId(uuid4())


def written(start: datetime, zone: str) -> Calendar:
    """As it is attached."""
    appointment = an_appointment(BUSINESS, start=start, timezone=zone)
    known = KnownAppointment(appointment, deleted=False)
    text = invite(known, some_business(BUSINESS), organizer="studio@example.com", attendee="noor@example.com")
    return Calendar.from_ical(text)


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Asia/Dubai", "2026-11-25T09:00"),
        ("Europe/Berlin", "2026-10-24T22:30"),
        ("Europe/Berlin", "2027-03-28T01:30"),
        ("Africa/Casablanca", "2027-02-20T09:00"),
        ("America/New_York", "2027-01-01T04:30"),
        ("Pacific/Chatham", "2026-12-31T10:30"),
    ],
)
def test_the_clock_that_is_brought_along_shows_the_time_that_was_agreed(zone: str, start: str):
    found = written(at(start), zone)
    [described], [event] = found.timezones, found.events
    wall = event["dtstart"].dt.replace(tzinfo=None)
    assert wall.replace(tzinfo=described.to_tz(lookup_tzid=False)).astimezone(UTC) == at(start)
    assert found.subcomponents[0] is described


def test_an_hour_that_comes_twice_is_told_apart():
    for start in (at("2026-10-25T00:30"), at("2026-10-25T01:30")):
        [event] = written(start, "Europe/Berlin").events
        assert (event.start.astimezone(UTC), event.end - event.start) == (start, timedelta(hours=1))
