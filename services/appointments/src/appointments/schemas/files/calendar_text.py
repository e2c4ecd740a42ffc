"""Calendars as text (RFC 5545): lines that are folded and escaped."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from contracts.appointments import AppointmentDetails, Status
from scheduling.calendar_clock import calendar_zone, vtimezone

_MOST_OCTETS = 75
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_STATUS = {Status.PENDING: "TENTATIVE", Status.CANCELLED: "CANCELLED"}


def opening(name: str) -> str:
    """How a calendar begins."""
    return _text(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Sundial//Calendar//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"NAME:{escaped(name)}",
            f"X-WR-CALNAME:{escaped(name)}",
            "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
            "X-PUBLISHED-TTL:PT15M",
        ]
    )


CLOSING = "END:VCALENDAR\r\n"


def timezones(zones: Iterable[str], first: date, last: date) -> str:
    """The clocks of these zones from one local date to another, both inclusive."""
    return "".join(vtimezone(zone, first, last) for zone in sorted(set(zones)))


def event(appointment: AppointmentDetails, *, busy_only: bool) -> str:
    """An appointment. `busy_only`: nothing of it but when it is."""
    start, end = _times(appointment)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{appointment.calendar_uid}",
        f"DTSTAMP:{_utc(appointment.updated_at)}",
        f"CREATED:{_utc(appointment.created_at)}",
        f"LAST-MODIFIED:{_utc(appointment.updated_at)}",
        f"SEQUENCE:{appointment.calendar_sequence}",
        f"DTSTART{start}",
        f"DTEND{end}",
        f"STATUS:{_STATUS.get(appointment.status, 'CONFIRMED')}",
        f"TRANSP:{'TRANSPARENT' if appointment.status is Status.CANCELLED else 'OPAQUE'}",
        *(["SUMMARY:Busy"] if busy_only else _words(appointment)),
        "END:VEVENT",
    ]
    return _text(lines)


def escaped(text: str) -> str:
    """A text as a value: no control characters, line breaks as `\\n`."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain).translate(_ESCAPES)


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which ends within a character."""
    if len(line.encode()) <= _MOST_OCTETS:
        return line
    return "\r\n ".join(_pieces(line))


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _pieces(line: str) -> Iterator[str]:
    """The space before a piece counts."""
    begins, octets = 0, 0
    for position, character in enumerate(line):
        size = len(character.encode())
        if octets + size > _MOST_OCTETS:
            yield line[begins:position]
            begins, octets = position, 1
        octets += size
    yield line[begins:]


def _words(appointment: AppointmentDetails) -> list[str]:
    customer = appointment.customer
    summary = appointment.service_name if customer is None else f"{appointment.service_name}: {customer.name}"
    contact = [] if customer is None else [part for part in (customer.phone, customer.email) if part]
    described = [appointment.staff_name, *contact, *([appointment.notes] if appointment.notes else [])]
    return [f"SUMMARY:{escaped(summary)}", f"DESCRIPTION:{escaped('\n'.join(described))}"]


def _times(appointment: AppointmentDetails) -> tuple[str, str]:
    """By the clock of the appointment; in UTC where that shows a time that it has shown before."""
    zone = calendar_zone(appointment.timezone, appointment.start, appointment.end)
    if zone.key == "UTC":
        return f":{_utc(appointment.start)}", f":{_utc(appointment.end)}"
    start, end = (f";TZID={zone}:{_wall(each.astimezone(zone))}" for each in (appointment.start, appointment.end))
    return start, end


def _wall(wall: datetime) -> str:
    return wall.strftime("%Y%m%dT%H%M%S")


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
