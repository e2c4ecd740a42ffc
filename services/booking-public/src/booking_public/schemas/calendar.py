"""An appointment as a calendar of its guest takes it (RFC 5545)."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from booking_public.domain import Business
from contracts.appointments import AppointmentDetails, Status

_STATUS = {Status.PENDING: "TENTATIVE", Status.CANCELLED: "CANCELLED"}


def calendar_of(appointment: AppointmentDetails, business: Business) -> bytes:
    """One event with a UID that stays and a SEQUENCE that rises, in the zone that was agreed; cancelled when it is."""
    zone, event = ZoneInfo(appointment.timezone), Event()
    start = appointment.start.astimezone(zone)
    event.add("UID", appointment.calendar_uid)
    event.add("SEQUENCE", appointment.calendar_sequence)
    event.add("SUMMARY", f"{appointment.service_name}, {business.name}")
    event.add("DTSTAMP", appointment.updated_at)
    event.add("LAST-MODIFIED", appointment.updated_at)
    event.add("DTSTART", start)
    event.add("DTEND", appointment.end.astimezone(zone))
    event.add("STATUS", _STATUS.get(appointment.status, "CONFIRMED"))
    event.add("DESCRIPTION", appointment.staff_name)
    if business.address:
        event.add("LOCATION", business.address)
    calendar = Calendar()
    calendar.add("PRODID", "-//Sundial//Booking//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "CANCEL" if appointment.status is Status.CANCELLED else "PUBLISH")
    calendar.add_component(event)
    for tzid in calendar.get_missing_tzids():
        calendar.subcomponents.insert(0, _timezone(tzid, start.year))
    return calendar.to_ical()


@lru_cache(maxsize=1024)
def _timezone(zone: str, year: int) -> Timezone:
    """A zone from the beginning of a year to the end of the next: looking through one may take 10 ms."""
    return Timezone.from_tzid(zone, first_date=date(year, 1, 1), last_date=date(year + 2, 1, 1))
