"""Hours that count on some dates only: overrides, closures, seasons; and how their rows become what they mean."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    RowMapping,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from availability.domain import Closure, DayHours, Override, Season, SeasonBlock
from availability.tables.metadata import metadata
from plumbing.columns import moment
from scheduling.hours import Block, DayBlock

overrides = Table(
    "overrides",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("staff_id", Uuid, primary_key=True),
    Column("on_date", Date, primary_key=True),
    Column("starts", ARRAY(SmallInteger), nullable=False),
    Column("ends", ARRAY(SmallInteger), nullable=False),
    Column("reason", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    moment("updated_at"),
    moment("removed_at", nullable=True),
    ForeignKeyConstraint(["business_id", "staff_id"], ["staff.business_id", "staff.id"]),
    CheckConstraint("cardinality(starts) = cardinality(ends)", name="blocks"),
    CheckConstraint("revision >= 1", name="revision"),
)
"""An override that is removed stays, so that its revisions go on when there is another on that date."""

closures = Table(
    "closures",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("end_date", Date, nullable=False),
    Column("estimated", Boolean, nullable=False),
    Column("imported", Text),
    moment("created_at"),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("business_id", "imported"),
    CheckConstraint("start_date <= end_date", name="dates"),
    CheckConstraint("revision >= 1", name="revision"),
)
"""`imported` names the holiday that a closure was made from: the same one is not imported twice."""

seasons = Table(
    "seasons",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("end_date", Date, nullable=False),
    Column("days", ARRAY(SmallInteger), nullable=False),
    Column("starts", ARRAY(SmallInteger), nullable=False),
    Column("ends", ARRAY(SmallInteger), nullable=False),
    Column("staff_ids", ARRAY(Uuid)),
    moment("created_at"),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
    CheckConstraint("start_date <= end_date", name="dates"),
    CheckConstraint("cardinality(days) = cardinality(starts) AND cardinality(days) = cardinality(ends)", name="blocks"),
    CheckConstraint("revision >= 1", name="revision"),
)

_CLOSURE_COLUMNS = tuple(Closure.model_fields)
_SEASON_COLUMNS = tuple(name for name in Season.model_fields if name in seasons.c)


def day_blocks_of(row: RowMapping) -> list[DayBlock]:
    """The blocks in a row of `overrides`."""
    return [DayBlock(start, end) for start, end in zip(row["starts"], row["ends"], strict=True)]


def season_blocks_of(row: RowMapping) -> list[Block]:
    """The blocks in a row of `seasons`."""
    return [Block(*one) for one in zip(row["days"], row["starts"], row["ends"], strict=True)]


def override_of(row: RowMapping) -> Override:
    """The override in a row; it was checked when it was stored, and is not again."""
    return Override.model_construct(
        staff_id=row["staff_id"],
        on=row["on_date"],
        blocks=[DayHours.of(block) for block in day_blocks_of(row)],
        reason=row["reason"],
        updated_at=row["updated_at"],
        revision=row["revision"],
    )


def closure_of(row: RowMapping) -> Closure:
    """The closure in a row; it was checked when it was stored, and is not again."""
    return Closure.model_construct(**{name: row[name] for name in _CLOSURE_COLUMNS})


def closure_row(closure: Closure) -> dict[str, Any]:
    """The row in which a closure is stored, but for what it was imported from."""
    return {name: getattr(closure, name) for name in _CLOSURE_COLUMNS}


def season_of(row: RowMapping) -> Season:
    """The season in a row; it was checked when it was stored, and is not again."""
    blocks = [SeasonBlock.of(block) for block in season_blocks_of(row)]
    return Season.model_construct(**{name: row[name] for name in _SEASON_COLUMNS}, blocks=blocks)


def season_row(season: Season) -> dict[str, Any]:
    """The row in which a season is stored."""
    blocks = [block.block() for block in season.blocks]
    return {
        **{name: getattr(season, name) for name in _SEASON_COLUMNS},
        "days": [block.day_of_week for block in blocks],
        "starts": [block.start for block in blocks],
        "ends": [block.end for block in blocks],
    }
