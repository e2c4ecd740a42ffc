"""Codes that guests are sent while nobody can tell people from programs."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, LargeBinary, SmallInteger, Table, Uuid

from booking_public.tables.metadata import metadata
from plumbing.columns import moment

booking_codes = Table(
    "booking_codes",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("booking_id", Uuid, primary_key=True),
    Column("code_hash", LargeBinary, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    moment("expires_at"),
    ForeignKeyConstraint(["business_id", "booking_id"], ["bookings.business_id", "bookings.id"], ondelete="CASCADE"),
    Index("ix_booking_codes_expires_at", "expires_at"),
)
"""One for each booking that waits for its guest's code. `tries`: how often another one was sent."""
