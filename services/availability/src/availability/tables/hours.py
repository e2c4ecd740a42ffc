"""When staff work."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKeyConstraint, RowMapping, SmallInteger, Table, Uuid

from availability.tables.metadata import metadata, number
from scheduling.hours import Block

availability_blocks = Table(
    "availability_blocks",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("staff_id", Uuid, primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    number("day_of_week"),
    number("start_minute"),
    number("end_minute"),
    Column("valid_from", Date),
    Column("valid_to", Date),
    ForeignKeyConstraint(["business_id", "staff_id"], ["staff.business_id", "staff.id"]),
    CheckConstraint("day_of_week BETWEEN 1 AND 7", name="day"),
    CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name="minutes"),
    CheckConstraint("valid_from <= valid_to", name="dates"),
)


def block_of(row: RowMapping) -> Block:
    """The block of weekly hours in a row of `availability_blocks`."""
    return Block(row["day_of_week"], row["start_minute"], row["end_minute"], row["valid_from"], row["valid_to"])
