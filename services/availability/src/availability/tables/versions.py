"""By what it is seen that something has changed."""

from sqlalchemy import BigInteger, Column, Table, Uuid

from availability.tables.metadata import metadata

versions = Table(
    "versions",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("catalogue_version", BigInteger, nullable=False),
)
"""`version` rises with everything that a slot answer depends on, in the transaction that changes it;
`catalogue_version` with everything but claims."""

claim_versions = Table(
    "claim_versions",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("bookable_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
)
"""`version` rises with every change of the claims on one bookable; where none ever came there is no row."""
