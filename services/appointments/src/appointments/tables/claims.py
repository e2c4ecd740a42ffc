"""The time that is taken: the one table in which the database refuses overlaps."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Interval, Table, Uuid
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint

from appointments.domain import Window
from appointments.tables.metadata import metadata
from contracts.ids import BookableId, uuid7
from plumbing.columns import moment
from plumbing.session import half_open

NO_OVERLAP = "ex_claims_bookable_id_during"
"""The constraint by which no time is taken twice."""

claims = Table(
    "claims",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("owner_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("bookable_id", Uuid, nullable=False),
    moment("start_at"),
    moment("end_at"),
    Column("buffer_before", Interval, nullable=False),
    Column("buffer_after", Interval, nullable=False),
    Column("during", TSTZRANGE, nullable=False),
    moment("expires_at", nullable=True),
    ExcludeConstraint(("bookable_id", "="), ("during", "&&"), using="gist", name=NO_OVERLAP),
    CheckConstraint("NOT isempty(during)", name="not_empty"),
    CheckConstraint("isfinite(start_at) AND isfinite(end_at)", name="finite"),
    CheckConstraint("NOT lower_inf(during) AND NOT upper_inf(during)", name="bounded"),
    CheckConstraint("lower_inc(during) AND NOT upper_inc(during)", name="half_open"),
    CheckConstraint("upper(during) - lower(during) <= interval '48 hours'", name="length"),
    CheckConstraint("buffer_before >= interval '0' AND buffer_after >= interval '0'", name="buffers"),
    CheckConstraint("lower(during) = start_at - buffer_before", name="lower"),
    CheckConstraint("upper(during) = end_at + buffer_after", name="upper"),
    CheckConstraint("start_at < end_at", name="order"),
    # What is in the way is read from this index alone: the claims of some days around lie all over the table.
    Index(
        "ix_claims_business_id_bookable_id_start_at",
        "business_id",
        "bookable_id",
        "start_at",
        postgresql_include=["during", "owner_id", "expires_at"],
    ),
)


def claim_row(window: Window, bookable: BookableId) -> dict[str, Any]:
    """The row by which the owner of a window takes it on one bookable, in the driver's own values."""
    return {
        "business_id": window.business_id,
        "owner_id": window.owner_id,
        "id": uuid7(),
        "bookable_id": bookable,
        "start_at": window.start,
        "end_at": window.end,
        "buffer_before": window.buffer_before,
        "buffer_after": window.buffer_after,
        "during": half_open(window.lower, window.upper),
        "expires_at": window.expires_at,
    }
