"""Times that are held for guests: what was offered, and until when it is kept."""

from sqlalchemy import Column, Index, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from appointments.tables.metadata import metadata
from plumbing.columns import moment

holds = Table(
    "holds",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("offer", JSONB, nullable=False),
    moment("expires_at"),
    moment("created_at"),
    Index("ix_holds_expires_at", "expires_at"),
)
"""The offer has one candidate, and the units that are held; the time is in the claims of the owner with this id."""
