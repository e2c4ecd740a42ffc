"""What other services own, as far as it was heard of."""

from sqlalchemy import Boolean, CheckConstraint, Column, Integer, RowMapping, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from booking_public.domain import Business
from booking_public.tables.metadata import metadata

businesses_copy = Table(
    "businesses_copy",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("contact_email", Text),
    Column("contact_phone", Text),
    Column("address", Text),
)

catalogue_copy = Table(
    "catalogue_copy",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("details", JSONB, nullable=False),
    CheckConstraint("kind IN ('service', 'staff')", name="kind"),
)
"""`details` are those of the event, of a staff member without email and phone."""


def business_of(row: RowMapping) -> Business:
    """The business in a row of `businesses_copy`."""
    return Business(
        id=row["business_id"],
        revision=row["revision"],
        name=row["name"],
        timezone=row["timezone"],
        currency=row["currency"],
        locale=row["locale"],
        contact_email=row["contact_email"],
        contact_phone=row["contact_phone"],
        address=row["address"],
    )
