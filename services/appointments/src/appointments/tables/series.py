"""Series: by which rule some appointments repeat. What is booked are the appointments; a series is never changed."""

from sqlalchemy import Column, Table, Text, Uuid

from appointments.tables.metadata import metadata
from plumbing.columns import moment

series = Table(
    "series",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("rrule", Text, nullable=False),
    moment("start_time"),
    Column("timezone", Text, nullable=False),
    moment("created_at"),
)
