"""Who waits for a seat or a time, and what they have been offered."""

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from appointments.tables.metadata import metadata
from plumbing.columns import moment

waiting_list = Table(
    "waiting_list",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("service_id", Uuid, nullable=False),
    Column("staff_id", Uuid),
    Column("staff_ids", ARRAY(Uuid)),
    Column("session_id", Uuid),
    moment("from_at"),
    moment("to_at"),
    Column("customer_id", Uuid, nullable=False),
    Column("offer_minutes", SmallInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("appointment_id", Uuid),
    moment("offered_until", nullable=True),
    moment("created_at"),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
    ForeignKeyConstraint(["business_id", "customer_id"], ["customers.business_id", "customers.id"]),
    ForeignKeyConstraint(["business_id", "session_id"], ["sessions.business_id", "sessions.id"]),
    ForeignKeyConstraint(["business_id", "appointment_id"], ["appointments.business_id", "appointments.id"]),
    CheckConstraint("state IN ('waiting', 'offered', 'accepted', 'expired', 'withdrawn')", name="state"),
    CheckConstraint("from_at < to_at", name="order"),
    CheckConstraint("offer_minutes >= 1", name="offer_minutes"),
    CheckConstraint("(appointment_id IS NULL) = (offered_until IS NULL)", name="offer"),
    CheckConstraint("state NOT IN ('offered', 'accepted') OR appointment_id IS NOT NULL", name="offered"),
    CheckConstraint("revision >= 1", name="revision"),
    Index(
        "ix_waiting_list_business_id_service_id_created_at_id",
        "business_id",
        "service_id",
        "created_at",
        "id",
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("ix_waiting_list_business_id_appointment_id", "business_id", "appointment_id"),
    Index("ix_waiting_list_to_at", "to_at", postgresql_where=text("state = 'waiting'")),
)
"""A wish for a seat of a session (then from and to are the session's), or for any time of a service that starts in
`[from_at, to_at)`. `appointment_id` is what was offered: a pending appointment. `staff_ids`: by one of these alone, as
the booking page offers them; NULL is whoever."""
