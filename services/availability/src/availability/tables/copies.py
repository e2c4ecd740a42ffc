"""What other services own, as far as it was heard of."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, SmallInteger, Table, Text, Uuid, func, text

from availability.tables.metadata import metadata, number
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
)

claims_copy = Table(
    "claims_copy",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("bookable_id", Uuid, primary_key=True),
    Column("starts_at", DateTime(timezone=True), primary_key=True),
    Column("owner_id", Uuid, primary_key=True),
    moment("ends_at"),
    moment("expires_at", nullable=True),
    Column("buffer_before_minutes", SmallInteger, nullable=False, server_default="0"),
    Column("buffer_after_minutes", SmallInteger, nullable=False, server_default="0"),
    Column("of_session", Boolean, nullable=False, server_default="false"),
    Index("ix_claims_copy_business_id_owner_id", "business_id", "owner_id"),
)

claim_owners_copy = Table(
    "claim_owners_copy",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("owner_id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("released", Boolean, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("ix_claim_owners_copy_changed_at", "changed_at", postgresql_where=text("released")),
)

sessions_copy = Table(
    "sessions_copy",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("owner_id", Uuid, primary_key=True),
    Column("service_id", Uuid, nullable=False),
    Column("staff_id", Uuid, nullable=False),
    moment("starts_at"),
    moment("ends_at"),
    number("capacity"),
    number("seats_taken"),
    Index("ix_sessions_copy_business_id_service_id_starts_at", "business_id", "service_id", "starts_at"),
)
