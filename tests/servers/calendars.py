"""A calendar server for the tests, Radicale, and how a calendar program talks to it."""

from __future__ import annotations

import threading
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

if TYPE_CHECKING:  # every test loads this file, and few want a calendar
    import caldav
    import icalendar


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def calendar(tmp_path: Path) -> Generator[caldav.Calendar]:
    """An empty calendar on a server of its own."""
    import caldav
    from radicale import config
    from radicale.app import Application

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
            yield client.principal().make_calendar(name="Own")
        server.shutdown()
        thread.join()


def keep(calendar: caldav.Calendar, entry: icalendar.Calendar) -> None:
    """Store the one event that is in there by its UID, in place of what was there by that."""
    address = calendar.url.join(f"{entry.events[0]['uid']}.ics")
    answer = calendar.client.put(str(address), entry.to_ical().decode(), {"Content-Type": "text/calendar"})
    assert answer.status in {201, 204}


def kept(calendar: caldav.Calendar) -> list[Any]:
    """The events that are stored, the earliest first."""
    return sorted((one.icalendar_component for one in calendar.events()), key=lambda event: event.start)
