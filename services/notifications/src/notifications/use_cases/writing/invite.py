"""An appointment as the calendar of whoever comes takes it (RFC 5545, 5546): an update replaces the entry."""

from datetime import date

from icalendar import Calendar, Event, Timezone, vCalAddress

from contracts.appointments import Status
from notifications.domain import Business, KnownAppointment
from scheduling.calendar_clock import calendar_zone, vtimezone

_STATUS = {Status.PENDING: "TENTATIVE", Status.CANCELLED: "CANCELLED"}

REQUEST, CANCEL = "REQUEST", "CANCEL"


def method_of(known: KnownAppointment) -> str:
    """Whether the entry is to be there or to go."""
    return REQUEST if known.is_live else CANCEL


def invite(known: KnownAppointment, business: Business, *, organizer: str, attendee: str) -> bytes:
    """One event with the UID that booking pages give it too, a SEQUENCE that rises, in the zone that was agreed."""
    details, calendar = known.details, Calendar()
    zone, method = calendar_zone(details.timezone, details.start, details.end), method_of(known)
    start, event = details.start.astimezone(zone), Event()
    event.add("UID", details.calendar_uid)
    event.add("SEQUENCE", details.calendar_sequence)
    event.add("SUMMARY", f"{details.service_name}, {business.name}")
    event.add("DTSTAMP", details.updated_at)
    event.add("LAST-MODIFIED", details.updated_at)
    event.add("DTSTART", start)
    event.add("DTEND", details.end.astimezone(zone))
    event.add("STATUS", _STATUS.get(details.status, "CONFIRMED") if known.is_live else "CANCELLED")
    event.add("DESCRIPTION", details.staff_name)
    if business.address:
        event.add("LOCATION", business.address)
    event.add("ORGANIZER", _address(organizer, CN=business.name))
    event.add("ATTENDEE", _address(attendee, PARTSTAT="ACCEPTED", RSVP="FALSE"))
    calendar.add("PRODID", "-//Sundial//Booking//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method)
    if clock := vtimezone(zone.key, date(start.year, 1, 1), date(start.year + 1, 12, 31)):
        calendar.add_component(Timezone.from_ical(clock))
    calendar.add_component(event)
    return calendar.to_ical()


def _address(email: str, **parameters: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{email}")
    for name, value in parameters.items():
        made.params[name] = value
    return made
