"""Appointments and customers as lines of a CSV file, which can be imported again."""

from appointments.domain import Customer
from appointments.schemas.files.cells import line_of
from contracts.appointments import AppointmentDetails
from contracts.money import written
from contracts.wire import rfc3339
from scheduling.hours import local_time

APPOINTMENT_COLUMNS = (
    "id",
    "start",
    "end",
    "timezone",
    "status",
    "service",
    "staff",
    "customer",
    "email",
    "phone",
    "price",
    "currency",
    "notes",
    "source",
    "serviceId",
    "staffId",
    "customerId",
)

CUSTOMER_COLUMNS = ("id", "name", "email", "phone", "locale", "notes", "blocked", "marketingConsent", "createdAt")


def appointment_line(one: AppointmentDetails) -> str:
    """An appointment; its times by its own clock, with their offsets."""
    customer = one.customer
    return line_of(
        [
            str(one.id),
            local_time(one.start, one.timezone).isoformat(),
            local_time(one.end, one.timezone).isoformat(),
            one.timezone,
            one.status.value,
            one.service_name,
            one.staff_name,
            customer.name if customer else "",
            (customer and customer.email) or "",
            (customer and customer.phone) or "",
            written(one.price),
            one.price.currency,
            one.notes,
            one.source.value,
            str(one.service_id),
            str(one.staff_id),
            str(one.customer_id or ""),
        ]
    )


def customer_line(one: Customer) -> str:
    """A customer."""
    consent = one.marketing_consent
    return line_of(
        [
            str(one.id),
            one.name,
            one.email or "",
            one.phone or "",
            one.locale or "",
            one.notes,
            "yes" if one.blocked else "no",
            "" if consent is None else "yes" if consent.given else "no",
            rfc3339(one.created_at),
        ]
    )
