"""Booking pages, which booking-public owns, as far as slots depend on them."""

from sqlalchemy import ARRAY, Boolean, Column, ForeignKeyConstraint, Index, Integer, Table, Text, Uuid

from availability.tables.metadata import metadata
from plumbing.columns import moment

booking_pages_copy = Table(
    "booking_pages_copy",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("service_ids", ARRAY(Uuid)),
    Column("staff_ids", ARRAY(Uuid)),
    Column("active", Boolean, nullable=False),
    Column("archived", Boolean, nullable=False),
)
"""Without `service_ids` all are offered, without `staff_ids` everybody offers; a removed page is archived."""

page_slugs_copy = Table(
    "page_slugs_copy",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("page_id", Uuid, primary_key=True),
    Column("business_id", Uuid, nullable=False),
    moment("until", nullable=True),
    ForeignKeyConstraint(["business_id", "page_id"], ["booking_pages_copy.business_id", "booking_pages_copy.id"]),
    Index("ix_page_slugs_copy_business_id_page_id", "business_id", "page_id"),
)
"""`until` is that of a slug which the page had before."""
