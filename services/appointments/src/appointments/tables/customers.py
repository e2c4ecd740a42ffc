"""Who appointments are for."""

from sqlalchemy import CheckConstraint, Column, Integer, Table, Text, UniqueConstraint, Uuid

from appointments.tables.metadata import metadata
from plumbing.columns import moment

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
