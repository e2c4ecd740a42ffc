"""A feed, put into a calendar server and read back by a calendar client: both understand it as it was meant."""

import threading
from collections.abc import Generator
from datetime import UTC, timedelta
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import caldav
import icalendar
import pytest
from radicale import config
from radicale.app import Application

from plumbing.clock import utc_now

from ..make import Studio, iso

SOON = (utc_now() + timedelta(days=5)).replace(hour=9, minute=0, second=0, microsecond=0)


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def calendar(tmp_path: Path) -> Generator[caldav.Calendar]:
    """An empty calendar on a server of its own."""
    settings = config.load()
    settings.update(
        {
            "storage": {"filesystem_folder": str(tmp_path)},
            "auth": {"type": "none"},
            "rights": {"type": "authenticated"},
        },
        "test",
        privileged=True,
    )
    with make_server("127.0.0.1", 0, Application(settings), handler_class=_Silent) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with caldav.DAVClient(f"http://127.0.0.1:{server.server_port}/", username="x", password="x") as client:
            yield client.principal().make_calendar(name="Feed")
        server.shutdown()
        thread.join()


async def test_a_calendar_server_keeps_a_feed_as_it_was_meant(studio: Studio, calendar: caldav.Calendar):
    made = [
        await studio.booked(
            SOON + timedelta(days=day), customer={"name": "نور; the, 2nd"}, notes="one\ntwo\\ " + "x" * 200
        )
        for day in range(3)
    ]
    feed = (await studio.client.post("/api/feeds", json={"detail": "full"})).json()
    _put(calendar, (await studio.client.get(feed["url"])).content)
    for one, event in zip(made, _read(calendar), strict=True):
        assert event["uid"] == f"{one['id']}@{one['businessId']}"
        assert (iso(event.start.astimezone(UTC)), iso(event.end.astimezone(UTC))) == (one["start"], one["end"])
        assert event["sequence"] == 1
        assert event["summary"] == "Cut: نور; the, 2nd"
        assert event["description"].endswith("one\ntwo\\ " + "x" * 200)
    [found] = calendar.search(start=SOON, end=SOON + timedelta(hours=1), event=True, expand=True)
    assert found.icalendar_component["uid"].startswith(made[0]["id"])
    await studio.change(made[0], start=iso(SOON + timedelta(hours=3)))
    _put(calendar, (await studio.client.get(feed["url"])).content)
    moved = _read(calendar)[0]
    assert (moved["sequence"], moved.start.astimezone(UTC)) == (2, SOON + timedelta(hours=3))
    assert len(_read(calendar)) == 3  # the same events, in place of those before


def _put(calendar: caldav.Calendar, feed: bytes) -> None:
    """Each event for itself with the clocks of the feed, as a client stores it."""
    whole = icalendar.Calendar.from_ical(feed)
    for event in whole.walk("VEVENT"):
        single = icalendar.Calendar()
        single.add("prodid", whole["prodid"])
        single.add("version", "2.0")
        for component in (*whole.walk("VTIMEZONE"), event):
            single.add_component(component)
        address = calendar.url.join(f"{event['uid']}.ics")
        answer = calendar.client.put(str(address), single.to_ical().decode(), {"Content-Type": "text/calendar"})
        assert answer.status in {201, 204}


def _read(calendar: caldav.Calendar) -> list[icalendar.Event]:
    return sorted((one.icalendar_component for one in calendar.events()), key=lambda event: event.start)
