"""When one staff member does not work, and how the rows become what they mean."""

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    RowMapping,
    Table,
    Text,
    Uuid,
    select,
    text,
)

from availability.domain import TimeOff
from availability.tables.metadata import metadata
from contracts.availability import Weekly
from plumbing.columns import moment

time_off = Table(
    "time_off",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("staff_id", Uuid, nullable=False),
    moment("starts_at"),
    moment("ends_at"),
    Column("weekly", Boolean, nullable=False),
    Column("weekly_until", Date),
    Column("reason", Text, nullable=False),
    moment("created_at"),
    moment("updated_at"),
    moment("removed_at", nullable=True),
    Column("revision", Integer, nullable=False),
    ForeignKeyConstraint(["business_id", "staff_id"], ["staff.business_id", "staff.id"]),
    CheckConstraint("starts_at < ends_at", name="times"),
    CheckConstraint("weekly OR weekly_until IS NULL", name="weekly"),
    CheckConstraint("revision >= 1", name="revision"),
    Index("ix_time_off_business_id_staff_id", "business_id", "staff_id", postgresql_where=text("removed_at IS NULL")),
    Index("ix_time_off_removed_at", "removed_at", postgresql_where=text("removed_at IS NOT NULL")),
)
"""What is removed stays for a while, so that it can be told again."""

every_time_off = select(time_off)
"""The rows that `time_off_of` reads, removed ones included."""
present_time_off = every_time_off.where(time_off.c.removed_at.is_(None))

_SAME = ("business_id", "id", "staff_id", "reason", "created_at", "updated_at", "revision")


def time_off_of(row: RowMapping) -> TimeOff:
    """The time off in a row; it was checked when it was stored, and is not again."""
    return TimeOff.model_construct(
        **{name: row[name] for name in _SAME},
        start=row["starts_at"],
        end=row["ends_at"],
        weekly=Weekly.model_construct(until=row["weekly_until"]) if row["weekly"] else None,
    )


def time_off_row(off: TimeOff) -> dict[str, Any]:
    """The row in which time off is stored, while it is not removed."""
    return {
        **{name: getattr(off, name) for name in _SAME},
        "starts_at": off.start,
        "ends_at": off.end,
        "weekly": off.weekly is not None,
        "weekly_until": off.weekly.until if off.weekly else None,
    }
