"""The tables of this service, and what their constraints mean to a client."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
    text,
)

from plumbing.migrations import NAMING
from plumbing.sqlstates import Constraints

metadata = MetaData(naming_convention=NAMING)


def _moment(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _number(name: str) -> Column[Any]:
    return Column(name, SmallInteger, nullable=False)


staff = Table(
    "staff",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text),
    Column("phone", Text),
    Column("color", Text, nullable=False),
    Column("title", Text),
    Column("specializations", ARRAY(Text), nullable=False),
    Column("active", Boolean, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
    _moment("archived_at", nullable=True),
    Column("revision", Integer, nullable=False),
    Column("hours_revision", Integer, nullable=False),
    CheckConstraint("revision >= 1 AND hours_revision >= 1", name="revision"),
)

services = Table(
    "services",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("category", Text),
    Column("color", Text, nullable=False),
    _number("duration_minutes"),
    _number("buffer_before_minutes"),
    _number("buffer_after_minutes"),
    _number("slot_interval_minutes"),
    Column("price_amount", BigInteger, nullable=False),
    Column("price_currency", Text, nullable=False),
    Column("deposit_kind", Text, nullable=False),
    Column("deposit_amount", BigInteger),
    Column("deposit_percent", SmallInteger),
    Column("min_notice_minutes", Integer, nullable=False),
    _number("max_advance_days"),
    _number("capacity"),
    Column("active", Boolean, nullable=False),
    _moment("created_at"),
    _moment("updated_at"),
    _moment("archived_at", nullable=True),
    Column("revision", Integer, nullable=False),
    CheckConstraint("duration_minutes BETWEEN 5 AND 1440", name="duration"),
    CheckConstraint(
        "buffer_before_minutes BETWEEN 0 AND 480 AND buffer_after_minutes BETWEEN 0 AND 480", name="buffers"
    ),
    CheckConstraint("slot_interval_minutes BETWEEN 5 AND 240", name="slot_interval"),
    CheckConstraint("price_amount >= 0", name="price"),
    CheckConstraint(
        """
        CASE deposit_kind
            WHEN 'none' THEN deposit_amount IS NULL AND deposit_percent IS NULL
            WHEN 'full' THEN deposit_amount IS NULL AND deposit_percent IS NULL
            WHEN 'fixed' THEN deposit_amount BETWEEN 0 AND price_amount AND deposit_percent IS NULL
            WHEN 'percent' THEN deposit_amount IS NULL AND deposit_percent BETWEEN 1 AND 100
            ELSE false
        END IS TRUE
        """,
        name="deposit",
    ),
    CheckConstraint("min_notice_minutes BETWEEN 0 AND 525600", name="notice"),
    CheckConstraint("max_advance_days BETWEEN 0 AND 730", name="horizon"),
    CheckConstraint("capacity BETWEEN 1 AND 500", name="capacity"),
    CheckConstraint("revision >= 1", name="revision"),
)

staff_services = Table(
    "staff_services",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("service_id", Uuid, primary_key=True),
    Column("staff_id", Uuid, primary_key=True),
    ForeignKeyConstraint(["business_id", "service_id"], ["services.business_id", "services.id"]),
    ForeignKeyConstraint(["business_id", "staff_id"], ["staff.business_id", "staff.id"]),
    Index("ix_staff_services_business_id_staff_id", "business_id", "staff_id"),
)

service_resources = Table(
    "service_resources",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("service_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    _number("quantity"),
    ForeignKeyConstraint(["business_id", "service_id"], ["services.business_id", "services.id"]),
    CheckConstraint("quantity >= 1", name="quantity"),
)

resources = Table(
    "resources",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Index("ix_resources_business_id_kind", "business_id", "kind"),
)

availability_blocks = Table(
    "availability_blocks",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("staff_id", Uuid, primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    _number("day_of_week"),
    _number("start_minute"),
    _number("end_minute"),
    Column("valid_from", Date),
    Column("valid_to", Date),
    ForeignKeyConstraint(["business_id", "staff_id"], ["staff.business_id", "staff.id"]),
    CheckConstraint("day_of_week BETWEEN 1 AND 7", name="day"),
    CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name="minutes"),
    CheckConstraint("valid_from <= valid_to", name="dates"),
)

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
    _moment("ends_at"),
    _moment("expires_at", nullable=True),
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

versions = Table(
    "versions",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
)
"""Rises with everything that a slot answer depends on, in the transaction that changes it."""

CONSTRAINTS: Constraints = {}
"""Every rule is checked before it can break a constraint; a broken one is a defect."""
