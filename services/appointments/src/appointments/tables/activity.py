"""What happened to appointments; rows are only ever added."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from appointments.tables.metadata import metadata
from plumbing.columns import moment

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
