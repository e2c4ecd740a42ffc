"""The tables of this service, what their constraints mean to a client, and how a row becomes an appointment."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    Interval,
    MetaData,
    RowMapping,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, ExcludeConstraint

from appointments.domain import local_start
from contracts.appointments import AppointmentDetails, CustomerDetails, Source, Status
from contracts.money import Money
from plumbing.columns import moment
from plumbing.migrations import NAMING
from plumbing.problems import Invalid, Problem
from plumbing.sqlstates import Constraints, Contended

metadata = MetaData(naming_convention=NAMING)

NO_OVERLAP = "ex_claims_bookable_id_during"
"""The constraint by which no time is taken twice."""


customers = Table(
    "customers",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    moment("created_at"),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
    CheckConstraint("email = lower(email)", name="email_lower"),
    CheckConstraint(r"phone ~ '^\+[1-9][0-9]{1,14}$'", name="phone_e164"),
    UniqueConstraint("business_id", "email"),
    UniqueConstraint("business_id", "phone"),
)

appointments = Table(
    "appointments",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("staff_id", Uuid, nullable=False),
    Column("service_id", Uuid, nullable=False),
    Column("customer_id", Uuid),
    Column("booking_page_id", Uuid),
    Column("series_id", Uuid),
    Column("session_id", Uuid),
    moment("start_time"),
    moment("end_time"),
    Column("timezone", Text, nullable=False),
    Column("start_local", DateTime(timezone=False), nullable=False),
    Column("status", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("service_name", Text, nullable=False),
    Column("staff_name", Text, nullable=False),
    Column("price_amount", BigInteger, nullable=False),
    Column("price_currency", Text, nullable=False),
    Column("buffer_before_minutes", SmallInteger, nullable=False),
    Column("buffer_after_minutes", SmallInteger, nullable=False),
    Column("resource_ids", ARRAY(Uuid), nullable=False),
    moment("expires_at", nullable=True),
    Column("cancellation_reason", Text),
    moment("created_at"),
    moment("updated_at"),
    moment("deleted_at", nullable=True),
    Column("revision", Integer, nullable=False),
    ForeignKeyConstraint(["business_id", "customer_id"], ["customers.business_id", "customers.id"]),
    CheckConstraint("status IN ('PENDING', 'CONFIRMED', 'CANCELLED', 'COMPLETED', 'NO_SHOW')", name="status"),
    CheckConstraint("source IN ('internal', 'public')", name="source"),
    CheckConstraint("start_time < end_time", name="order"),
    CheckConstraint("end_time - start_time <= interval '48 hours'", name="length"),
    CheckConstraint("buffer_before_minutes >= 0 AND buffer_after_minutes >= 0", name="buffers"),
    CheckConstraint("expires_at IS NULL OR status = 'PENDING'", name="expires_at"),
    CheckConstraint("revision >= 1", name="revision"),
    Index("ix_appointments_business_id_start_time_id", "business_id", "start_time", "id"),
    Index("ix_appointments_business_id_staff_id_created_at", "business_id", "staff_id", "created_at"),
    Index("ix_appointments_expires_at", "expires_at", postgresql_where=text("status = 'PENDING'")),
)

claims = Table(
    "claims",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("owner_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("bookable_id", Uuid, nullable=False),
    moment("start_at"),
    moment("end_at"),
    Column("buffer_before", Interval, nullable=False),
    Column("buffer_after", Interval, nullable=False),
    Column("during", TSTZRANGE, nullable=False),
    moment("expires_at", nullable=True),
    ExcludeConstraint(("bookable_id", "="), ("during", "&&"), using="gist", name=NO_OVERLAP),
    CheckConstraint("NOT isempty(during)", name="not_empty"),
    CheckConstraint("isfinite(start_at) AND isfinite(end_at)", name="finite"),
    CheckConstraint("NOT lower_inf(during) AND NOT upper_inf(during)", name="bounded"),
    CheckConstraint("lower_inc(during) AND NOT upper_inc(during)", name="half_open"),
    CheckConstraint("upper(during) - lower(during) <= interval '48 hours'", name="length"),
    CheckConstraint("buffer_before >= interval '0' AND buffer_after >= interval '0'", name="buffers"),
    CheckConstraint("lower(during) = start_at - buffer_before", name="lower"),
    CheckConstraint("upper(during) = end_at + buffer_after", name="upper"),
    CheckConstraint("start_at < end_at", name="order"),
    # What is in the way is read from this index alone: the claims of some days around lie all over the table.
    Index(
        "ix_claims_business_id_bookable_id_start_at",
        "business_id",
        "bookable_id",
        "start_at",
        postgresql_include=["during", "owner_id", "expires_at"],
    ),
)

appointment_activity = Table(
    "appointment_activity",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("appointment_id", Uuid, primary_key=True),
    Column("revision", Integer, primary_key=True),
    moment("at"),
    Column("actor", JSONB, nullable=False),
    Column("change", Text, nullable=False),
    Column("before", JSONB),
    Column("after", JSONB),
    Column("cause", Text),
    ForeignKeyConstraint(["business_id", "appointment_id"], ["appointments.business_id", "appointments.id"]),
)


def _not_an_email() -> Problem:
    return Invalid.at("/customer/email", "is not an email address")


def _not_a_phone() -> Problem:
    return Invalid.at("/customer/phone", "is not a phone number")


CONSTRAINTS: Constraints = {
    # Two bookings gave one customer the same address at once: the second looks again and finds it.
    "uq_customers_business_id_email": Contended,
    "uq_customers_business_id_phone": Contended,
    "ck_customers_email_lower": _not_an_email,
    "ck_customers_phone_e164": _not_a_phone,
}

every_appointment = select(
    appointments,
    customers.c.name.label("customer_name"),
    customers.c.email.label("customer_email"),
    customers.c.phone.label("customer_phone"),
).outerjoin_from(appointments, customers)
"""The rows that `details_of` reads: appointments with their customers, deleted ones included."""

present_appointments = every_appointment.where(appointments.c.deleted_at.is_(None))
"""The same without the deleted ones."""


def details_of(row: RowMapping) -> AppointmentDetails:
    """The appointment in a row of `every_appointment`; it was checked when it was stored, and is not again."""
    return AppointmentDetails.model_construct(
        id=row["id"],
        business_id=row["business_id"],
        staff_id=row["staff_id"],
        service_id=row["service_id"],
        customer_id=row["customer_id"],
        booking_page_id=row["booking_page_id"],
        series_id=row["series_id"],
        session_id=row["session_id"],
        start=row["start_time"],
        end=row["end_time"],
        timezone=row["timezone"],
        status=Status(row["status"]),
        notes=row["notes"],
        source=Source(row["source"]),
        service_name=row["service_name"],
        staff_name=row["staff_name"],
        customer=_customer_of(row),
        price=Money.model_construct(amount=row["price_amount"], currency=row["price_currency"]),
        buffer_before_minutes=row["buffer_before_minutes"],
        buffer_after_minutes=row["buffer_after_minutes"],
        resource_ids=row["resource_ids"],
        expires_at=row["expires_at"],
        cancellation_reason=row["cancellation_reason"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        revision=row["revision"],
    )


def row_of(appointment: AppointmentDetails) -> dict[str, Any]:
    """The row in which the appointment is stored, in the driver's own values."""
    return {
        "business_id": appointment.business_id,
        "id": appointment.id,
        "staff_id": appointment.staff_id,
        "service_id": appointment.service_id,
        "customer_id": appointment.customer_id,
        "booking_page_id": appointment.booking_page_id,
        "series_id": appointment.series_id,
        "session_id": appointment.session_id,
        "start_time": appointment.start,
        "end_time": appointment.end,
        "timezone": appointment.timezone,
        "start_local": local_start(appointment),
        "status": appointment.status.value,
        "notes": appointment.notes,
        "source": appointment.source.value,
        "service_name": appointment.service_name,
        "staff_name": appointment.staff_name,
        "price_amount": appointment.price.amount,
        "price_currency": appointment.price.currency,
        "buffer_before_minutes": appointment.buffer_before_minutes,
        "buffer_after_minutes": appointment.buffer_after_minutes,
        "resource_ids": appointment.resource_ids,
        "expires_at": appointment.expires_at,
        "cancellation_reason": appointment.cancellation_reason,
        "created_at": appointment.created_at,
        "updated_at": appointment.updated_at,
        "revision": appointment.revision,
    }


def _customer_of(row: RowMapping) -> CustomerDetails | None:
    if row["customer_id"] is None:
        return None
    return CustomerDetails.model_construct(
        id=row["customer_id"], name=row["customer_name"], email=row["customer_email"], phone=row["customer_phone"]
    )
