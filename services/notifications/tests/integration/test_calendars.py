"""What is attached to a mail, put into a calendar by its reader: an update replaces the entry, which can end."""

from base64 import b64decode
from datetime import UTC, timedelta

import caldav
import icalendar

from contracts.appointments import Change, Source, Status
from tests.servers.calendars import keep, kept

from ..make import Studio, next_week
from ..post import Post


async def attached(post: Post, address: str | None) -> list[icalendar.Calendar]:
    """The calendars in the mails to somebody, the oldest first."""
    mails = await post.to(address or "")
    return [
        icalendar.Calendar.from_ical(b64decode(each["content"]))
        for mail in mails
        for each in mail["attachments"]
        if each["name"] == "appointment.ics"
    ]


async def test_an_entry_keeps_its_name_and_each_change_its_number(studio: Studio, post: Post):
    made = await studio.books(status=Status.PENDING, source=Source.PUBLIC)
    await studio.send()
    confirmed = await studio.changes(made, Change.CONFIRMED, status=Status.CONFIRMED)
    await studio.send()
    start = next_week(12)
    moved = await studio.changes(confirmed, Change.RESCHEDULED, start=start, end=start + timedelta(hours=1))
    await studio.send()
    await studio.changes(moved, Change.CANCELLED, status=Status.CANCELLED)
    await studio.send()
    found = await attached(post, made.customer.email)
    events = [each.events[0] for each in found]
    assert [str(each["method"]) for each in found] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert {str(event["uid"]) for event in events} == {f"{made.id}@sundial"}
    assert [event["sequence"] for event in events] == [0, 1, 2, 3]
    assert [str(event["status"]) for event in events] == ["TENTATIVE", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [event.start.astimezone(UTC) for event in events] == [made.start, made.start, start, start]
    for each in found:
        assert [str(zone["tzid"]) for zone in each.timezones] == ["Asia/Dubai"]
        assert each.events[0]["dtstart"].params["tzid"] == "Asia/Dubai"


async def test_a_calendar_server_takes_it_an_update_replaces_the_entry_and_a_cancellation_removes_it(
    studio: Studio, post: Post, calendar: caldav.Calendar
):
    made = await studio.books()
    await studio.send()
    start = next_week(12)
    moved = await studio.changes(made, Change.RESCHEDULED, start=start, end=start + timedelta(hours=2))
    await studio.send()
    await studio.changes(moved, Change.CANCELLED, status=Status.CANCELLED)
    await studio.send()
    first, second, third = await attached(post, made.customer.email)
    _receive(calendar, first)
    [entry] = kept(calendar)
    assert (entry["sequence"], entry.start.astimezone(UTC)) == (0, made.start)
    _receive(calendar, second)
    _receive(calendar, first)  # once more, too late: the newer one stays
    [entry] = kept(calendar)
    assert (entry["sequence"], entry.start.astimezone(UTC)) == (1, start)
    assert str(entry["summary"]) == "Pilates, Studio"
    _receive(calendar, third)
    assert kept(calendar) == []


def _receive(calendar: caldav.Calendar, received: icalendar.Calendar) -> None:
    """As a mail program does (RFC 5546, 3.2): by UID and SEQUENCE; what is stored has no method (RFC 4791, 4.1)."""
    [event] = received.events
    before = [each for each in calendar.events() if each.icalendar_component["uid"] == event["uid"]]
    if any(each.icalendar_component["sequence"] > event["sequence"] for each in before):
        return
    if received["method"] == "CANCEL":
        for each in before:
            each.delete()
        return
    stored = icalendar.Calendar.from_ical(received.to_ical())
    del stored["method"]
    keep(calendar, stored)
