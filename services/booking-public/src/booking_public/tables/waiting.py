"""Guests who wait, and the links that are sent to guests."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from booking_public.domain.bookings import Terms
from booking_public.domain.waiting import Wait
from booking_public.tables.metadata import metadata
from plumbing.columns import moment

guest_waits = Table(
    "guest_waits",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("page_id", Uuid, nullable=False),
    Column("key_hash", LargeBinary, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("service_id", Uuid, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("terms", JSONB(none_as_null=True), nullable=False),
    Column("address", LargeBinary, nullable=False),
    Column("answer", JSONB(none_as_null=True)),
    moment("until"),
    moment("created_at"),
    UniqueConstraint("business_id", "key_hash"),
    UniqueConstraint("token_hash"),
    Index("ix_guest_waits_business_id_address", "business_id", "address"),
    Index("ix_guest_waits_until", "until"),
)
"""Nothing of who waits: that is known to appointments. `until`: so long the link is good."""

guest_links = Table(
    "guest_links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("business_id", Uuid, nullable=False),
    Column("booking_id", Uuid),
    Column("waiting_id", Uuid),
    moment("created_at"),
    CheckConstraint("num_nonnulls(booking_id, waiting_id) = 1", name="target"),
    ForeignKeyConstraint(["business_id", "booking_id"], ["bookings.business_id", "bookings.id"], ondelete="CASCADE"),
    ForeignKeyConstraint(
        ["business_id", "waiting_id"], ["guest_waits.business_id", "guest_waits.id"], ondelete="CASCADE"
    ),
    Index("ix_guest_links_business_id_booking_id", "business_id", "booking_id"),
    Index("ix_guest_links_business_id_waiting_id", "business_id", "waiting_id"),
)
"""Links beside the one that the guest was given when they asked: of each only its hash is known here."""

_WAIT = "business_id id page_id service_id timezone locale answer until fingerprint salt".split()


def wait_of(row: RowMapping) -> Wait:
    """The wish in a row of `guest_waits`."""
    return Wait(**{name: row[name] for name in _WAIT}, terms=Terms.model_validate(row["terms"]))
