"""A feed, put into a calendar server and read back by a calendar client: both understand it as it was meant."""

from datetime import UTC, timedelta

import caldav
import icalendar

from plumbing.clock import utc_now
from tests.servers.calendars import keep, kept

from ..make import Studio, iso

SOON = (utc_now() + timedelta(days=5)).replace(hour=9, minute=0, second=0, microsecond=0)


async def test_a_calendar_server_keeps_a_feed_as_it_was_meant(studio: Studio, calendar: caldav.Calendar):
    made = [
        await studio.booked(
            SOON + timedelta(days=day), customer={"name": "نور; the, 2nd"}, notes="one\ntwo\\ " + "x" * 200
        )
        for day in range(3)
    ]
    feed = (await studio.client.post("/api/feeds", json={"detail": "full"})).json()
    _put(calendar, (await studio.client.get(feed["url"])).content)
    for one, event in zip(made, kept(calendar), strict=True):
        assert event["uid"] == f"{one['id']}@sundial"
        assert (iso(event.start.astimezone(UTC)), iso(event.end.astimezone(UTC))) == (one["start"], one["end"])
        assert event["sequence"] == 0
        assert event["summary"] == "Cut: نور; the, 2nd"
        assert event["description"].endswith("one\ntwo\\ " + "x" * 200)
    [found] = calendar.search(start=SOON, end=SOON + timedelta(hours=1), event=True, expand=True)
    assert found.icalendar_component["uid"].startswith(made[0]["id"])
    await studio.change(made[0], start=iso(SOON + timedelta(hours=3)))
    _put(calendar, (await studio.client.get(feed["url"])).content)
    moved = kept(calendar)[0]
    assert (moved["sequence"], moved.start.astimezone(UTC)) == (1, SOON + timedelta(hours=3))
    assert len(kept(calendar)) == 3  # the same events, in place of those before


def _put(calendar: caldav.Calendar, feed: bytes) -> None:
    """Each event for itself with the clocks of the feed, as a client stores it."""
    whole = icalendar.Calendar.from_ical(feed)
    for event in whole.walk("VEVENT"):
        single = icalendar.Calendar()
        single.add("prodid", whole["prodid"])
        single.add("version", "2.0")
        for component in (*whole.walk("VTIMEZONE"), event):
            single.add_component(component)
        keep(calendar, single)
