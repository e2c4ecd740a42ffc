"""Group sessions, and how a row becomes one."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    RowMapping,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from appointments.tables.metadata import metadata
from contracts.appointments import SessionDetails
from contracts.money import Money
from plumbing.columns import moment
from plumbing.session import Row

sessions = Table(
    "sessions",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("service_id", Uuid, nullable=False),
    Column("staff_id", Uuid, nullable=False),
    Column("resource_ids", ARRAY(Uuid), nullable=False),
    moment("start_at"),
    moment("end_at"),
    Column("timezone", Text, nullable=False),
    Column("buffer_before_minutes", SmallInteger, nullable=False),
    Column("buffer_after_minutes", SmallInteger, nullable=False),
    Column("service_name", Text, nullable=False),
    Column("staff_name", Text, nullable=False),
    Column("price_amount", BigInteger, nullable=False),
    Column("price_currency", Text, nullable=False),
    Column("capacity", SmallInteger, nullable=False),
    Column("seats_taken", SmallInteger, nullable=False),
    Column("planned", Boolean, nullable=False),
    moment("expires_at", nullable=True),
    Column("cancellation_reason", Text),
    moment("created_at"),
    moment("updated_at"),
    moment("closed_at", nullable=True),
    Column("revision", Integer, nullable=False),
    CheckConstraint("start_at < end_at", name="order"),
    CheckConstraint("buffer_before_minutes >= 0 AND buffer_after_minutes >= 0", name="buffers"),
    CheckConstraint("capacity BETWEEN 1 AND 500", name="capacity"),
    CheckConstraint("seats_taken BETWEEN 0 AND capacity", name="seats_taken"),
    CheckConstraint("NOT planned OR expires_at IS NULL", name="planned"),
    CheckConstraint("revision >= 1", name="revision"),
    Index(
        "ix_sessions_business_id_start_at_id",
        "business_id",
        "start_at",
        "id",
        postgresql_where=text("closed_at IS NULL"),
    ),
)


def session_of(row: RowMapping | Row) -> SessionDetails:
    """The session in a row."""
    return SessionDetails.model_construct(
        id=row["id"],
        business_id=row["business_id"],
        service_id=row["service_id"],
        staff_id=row["staff_id"],
        resource_ids=row["resource_ids"],
        start=row["start_at"],
        end=row["end_at"],
        timezone=row["timezone"],
        buffer_before_minutes=row["buffer_before_minutes"],
        buffer_after_minutes=row["buffer_after_minutes"],
        service_name=row["service_name"],
        staff_name=row["staff_name"],
        price=Money.model_construct(amount=row["price_amount"], currency=row["price_currency"]),
        capacity=row["capacity"],
        seats_taken=row["seats_taken"],
        planned=row["planned"],
        expires_at=row["expires_at"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        revision=row["revision"],
    )


def session_row(session: SessionDetails) -> dict[str, Any]:
    """The row of an open session, in the driver's own values."""
    return {
        "business_id": session.business_id,
        "id": session.id,
        "service_id": session.service_id,
        "staff_id": session.staff_id,
        "resource_ids": session.resource_ids,
        "start_at": session.start,
        "end_at": session.end,
        "timezone": session.timezone,
        "buffer_before_minutes": session.buffer_before_minutes,
        "buffer_after_minutes": session.buffer_after_minutes,
        "service_name": session.service_name,
        "staff_name": session.staff_name,
        "price_amount": session.price.amount,
        "price_currency": session.price.currency,
        "capacity": session.capacity,
        "seats_taken": session.seats_taken,
        "planned": session.planned,
        "expires_at": session.expires_at,
        "created_at": session.created_at,
        "updated_at": session.updated_at,
        "revision": session.revision,
    }
