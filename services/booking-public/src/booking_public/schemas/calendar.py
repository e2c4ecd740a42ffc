"""An appointment as a calendar of its guest takes it (RFC 5545)."""

from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from booking_public.domain import Business
from contracts.appointments import AppointmentDetails, Status

_STATUS = {Status.PENDING: "TENTATIVE", Status.CANCELLED: "CANCELLED"}


def calendar_of(appointment: AppointmentDetails, business: Business) -> bytes:
    """One event with a UID that stays and a SEQUENCE that rises, in the zone that was agreed; cancelled when it is."""
    zone, event = ZoneInfo(appointment.timezone), Event()
    event.add("UID", appointment.calendar_uid)
    event.add("SEQUENCE", appointment.calendar_sequence)
    event.add("SUMMARY", f"{appointment.service_name}, {business.name}")
    event.add("DTSTAMP", appointment.updated_at)
    event.add("LAST-MODIFIED", appointment.updated_at)
    event.add("DTSTART", appointment.start.astimezone(zone))
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
    calendar.add_missing_timezones()
    return calendar.to_ical()
