"""Appointments, and how a row becomes one."""

from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    RowMapping,
    SmallInteger,
    Table,
    Text,
    Uuid,
    select,
    text,
)

from appointments.domain import local_start
from appointments.tables.customers import customers
from appointments.tables.metadata import metadata
from contracts.appointments import AppointmentDetails, CustomerDetails, Source, Status
from contracts.money import Money
from plumbing.columns import moment

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
    ForeignKeyConstraint(["business_id", "session_id"], ["sessions.business_id", "sessions.id"]),
    ForeignKeyConstraint(["business_id", "series_id"], ["series.business_id", "series.id"]),
    CheckConstraint("status IN ('PENDING', 'CONFIRMED', 'CANCELLED', 'COMPLETED', 'NO_SHOW')", name="status"),
    CheckConstraint("source IN ('internal', 'public')", name="source"),
    CheckConstraint("start_time < end_time", name="order"),
    CheckConstraint("end_time - start_time <= interval '48 hours'", name="length"),
    CheckConstraint("buffer_before_minutes >= 0 AND buffer_after_minutes >= 0", name="buffers"),
    CheckConstraint("expires_at IS NULL OR status = 'PENDING'", name="expires_at"),
    CheckConstraint("revision >= 1", name="revision"),
    Index("ix_appointments_business_id_start_time_id", "business_id", "start_time", "id"),
    Index("ix_appointments_business_id_staff_id_created_at", "business_id", "staff_id", "created_at"),
    Index(
        "ix_appointments_business_id_session_id",
        "business_id",
        "session_id",
        postgresql_where=text("session_id IS NOT NULL"),
    ),
    Index("ix_appointments_expires_at", "expires_at", postgresql_where=text("status = 'PENDING'")),
    Index(
        "ix_appointments_business_id_series_id",
        "business_id",
        "series_id",
        postgresql_where=text("series_id IS NOT NULL"),
    ),
)

every_appointment = select(
    appointments,
    customers.c.name.label("customer_name"),
    customers.c.email.label("customer_email"),
    customers.c.phone.label("customer_phone"),
).outerjoin_from(appointments, customers)
"""The rows that `details_of` reads: appointments with their customers, deleted ones included."""

present_appointments = every_appointment.where(appointments.c.deleted_at.is_(None))
"""The same without the deleted ones."""


_COLUMNS = {"start": "start_time", "end": "end_time"}
_PLAIN = [
    (to_camel(name), _COLUMNS.get(name, name))
    for name in AppointmentDetails.model_fields
    if name not in {"customer", "price"}
]
_OF_CUSTOMER = [(name, f"customer_{name}") for name in CustomerDetails.model_fields]


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


def document_of(row: RowMapping) -> dict[str, Any]:
    """The JSON of `details_of`, past the model: a week is a thousand rows, and a model costs five times as much."""
    return {
        **{name: row[column] for name, column in _PLAIN},
        "customer": None if row["customer_id"] is None else {name: row[column] for name, column in _OF_CUSTOMER},
        "price": {"amount": row["price_amount"], "currency": row["price_currency"]},
    }


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
