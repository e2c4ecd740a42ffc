"""By what it is seen that something has changed."""

from sqlalchemy import BigInteger, Column, Table, Uuid

from booking_public.tables.metadata import metadata

versions = Table(
    "versions",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
)
"""`version` rises with everything that the public pages of a business show, in the transaction that changes it."""
