"""Calendar feeds: of a token nothing is stored but its SHA-256."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, Uuid

from appointments.tables.metadata import metadata
from plumbing.columns import moment

feeds = Table(
    "feeds",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("staff_id", Uuid),
    Column("detail", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("made_by", Uuid, nullable=False),
    moment("created_at"),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("token_hash"),
    CheckConstraint("detail IN ('full', 'busy')", name="detail"),
    CheckConstraint("octet_length(token_hash) = 32", name="token_hash"),
    CheckConstraint("revision >= 1", name="revision"),
    Index("ix_feeds_made_by", "made_by"),
)
