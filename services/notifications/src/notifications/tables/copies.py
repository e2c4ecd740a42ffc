"""What other services own, as far as it was heard of: businesses, staff, appointments, and who was erased."""

from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, RowMapping, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from contracts.appointments import AppointmentDetails
from notifications.domain import Business, KnownAppointment, StaffMember
from notifications.tables.metadata import metadata
from plumbing.columns import moment

businesses_copy = Table(
    "businesses_copy",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("contact_email", Text),
    Column("contact_phone", Text),
    Column("address", Text),
)

staff_copy = Table(
    "staff_copy",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text),
)
"""Without an email address where they are archived: nobody writes to them any more."""

appointments_copy = Table(
    "appointments_copy",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("is_live", Boolean, nullable=False),
    moment("start_at"),
    Column("customer_id", Uuid),
    Column("details", JSONB, nullable=False),
    Index("ix_appointments_copy_business_id_start_at", "business_id", "start_at"),
    Index("ix_appointments_copy_business_id_customer_id", "business_id", "customer_id"),
    Index("ix_appointments_copy_start_at", "start_at"),
    Index("ix_appointments_copy_series", "business_id", text("(details ->> 'seriesId')")),
)
"""Kept until long after their start; what was erased is not in them."""

erased_customers = Table(
    "erased_customers",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("customer_id", Uuid, primary_key=True),
    moment("at"),
    Index("ix_erased_customers_at", "at"),
)
"""Who is to be forgotten, by id alone: an event about them may still be on its way."""


def business_of(row: RowMapping) -> Business:
    """The business in a row of `businesses_copy`."""
    fields = ("revision", "name", "timezone", "currency", "locale", "contact_email", "contact_phone", "address")
    return Business(id=row["business_id"], **{name: row[name] for name in fields})


def staff_member_of(row: RowMapping) -> StaffMember:
    """The staff member in a row of `staff_copy`."""
    return StaffMember(**{name: row[name] for name in ("business_id", "id", "revision", "name", "email")})


def known_appointment_of(row: RowMapping) -> KnownAppointment:
    """The appointment in a row of `appointments_copy`."""
    return KnownAppointment(AppointmentDetails.model_validate(row["details"], extra="ignore"), row["deleted"])


def appointment_row(known: KnownAppointment) -> dict[str, Any]:
    """The row in which an appointment is kept."""
    details = known.details
    return {
        "business_id": details.business_id,
        "id": details.id,
        "revision": details.revision,
        "deleted": known.deleted,
        "is_live": known.is_live,
        "start_at": details.start,
        "customer_id": details.customer_id,
        "details": details.model_dump(mode="json"),
    }
