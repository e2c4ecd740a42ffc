"""A range of the calendar as a client keeps it: what was read, and what was told since, in whichever order it came."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

type Appointment = Mapping[str, Any]

CANCELLED = "CANCELLED"
_DELETED = "appointment.deleted"


class CachedRange:
    """The appointments that overlap `[start, end)`, but the cancelled ones: what `GET /api/appointments` answers."""

    def __init__(self, start: datetime, end: datetime) -> None:
        """Nothing is known yet."""
        self._start = start
        self._end = end
        self._known: dict[str, Appointment] = {}
        self._revisions: dict[str, int] = {}

    @property
    def appointments(self) -> list[Appointment]:
        """By start, then id."""
        return sorted(self._known.values(), key=lambda each: (datetime.fromisoformat(each["start"]), each["id"]))

    def replace(self, items: Sequence[Appointment], told_meanwhile: Sequence[Mapping[str, Any]] = ()) -> None:
        """What was read; and what was told since the reading began, some of which it may contain already."""
        self._known = {each["id"]: each for each in items}
        self._revisions = {each["id"]: each["revision"] for each in items}
        for message in told_meanwhile:
            self.apply(message)

    def apply(self, message: Mapping[str, Any]) -> None:
        """A message of the live calendar. What is no newer than what is known changes nothing."""
        if not message["type"].startswith("appointment.") or "id" not in message["data"]:
            return
        told = message["data"]
        if self._revisions.get(told["id"], 0) >= message["revision"]:
            return
        self._revisions[told["id"]] = message["revision"]
        if message["type"] != _DELETED and self._shows(told):
            self._known[told["id"]] = told
        else:
            self._known.pop(told["id"], None)

    def _shows(self, told: Appointment) -> bool:
        start, end = datetime.fromisoformat(told["start"]), datetime.fromisoformat(told["end"])
        return told["status"] != CANCELLED and start < self._end and end > self._start
