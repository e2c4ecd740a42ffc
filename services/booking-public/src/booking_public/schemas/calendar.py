"""An appointment as a calendar of its guest takes it (RFC 5545)."""

from datetime import date

from icalendar import Calendar, Event, Timezone

from booking_public.domain import Business
from contracts.appointments import AppointmentDetails, Status
from scheduling.calendar_clock import calendar_zone, vtimezone

_STATUS = {Status.PENDING: "TENTATIVE", Status.CANCELLED: "CANCELLED"}


def calendar_of(appointment: AppointmentDetails, business: Business) -> bytes:
    """One event with a UID that stays and a SEQUENCE that rises, in the zone that was agreed; cancelled when it is."""
    zone, event = calendar_zone(appointment.timezone, appointment.start, appointment.end), Event()
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
    if clock := vtimezone(zone.key, date(start.year, 1, 1), date(start.year + 1, 12, 31)):
        calendar.add_component(Timezone.from_ical(clock))
    calendar.add_component(event)
    return calendar.to_ical()
