"""Reads: calendar feeds, and what a calendar shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import RowMapping, func, select

from appointments.domain import LONGEST_CLAIM
from appointments.tables import appointments, details_of, feeds, present_appointments
from contracts.appointments import AppointmentDetails, Status
from contracts.ids import BusinessId, FeedId, StaffId
from contracts.wire import Instant, Wire
from plumbing.db import Tx

BEHIND, AHEAD = timedelta(days=90), timedelta(days=365)
"""So much of the past and of the future a feed shows."""

MOST_EVENTS = 10_000
"""So many: those nearest to now. No calendar takes more."""


class FeedDetails(Wire):
    """A calendar feed: of a staff member, or of the whole business."""

    id: FeedId
    staff_id: StaffId | None
    detail: Literal["full", "busy"]
    name: str
    created_at: Instant
    updated_at: Instant
    revision: int


@dataclass(frozen=True, slots=True)
class FeedShown:
    """What somebody with the secret may see."""

    business_id: BusinessId
    staff_id: StaffId | None
    detail: Literal["full", "busy"]
    name: str


async def feed_page(
    tx: Tx, business_id: BusinessId, *, staff_id: StaffId | None, after: UUID | None, limit: int
) -> list[FeedDetails]:
    """Feeds in the order in which they were made; only those of one staff member, if one is given."""
    statement = select(feeds).where(feeds.c.business_id == business_id).order_by(feeds.c.id).limit(limit)
    if staff_id is not None:
        statement = statement.where(feeds.c.staff_id == staff_id)
    if after is not None:
        statement = statement.where(feeds.c.id > after)
    return [feed_of(row) for row in await tx.rows(statement)]


async def feed_with(tx: Tx, token_hash: bytes) -> FeedShown | None:
    """The feed with this secret, of any business; None when there is none."""
    row = await tx.row(select(feeds).where(feeds.c.token_hash == token_hash))
    if row is None:
        return None
    return FeedShown(row["business_id"], row["staff_id"], row["detail"], row["name"])


async def feed_events(tx: Tx, feed: FeedShown, today: datetime) -> list[AppointmentDetails]:
    """What a feed shows, by start and id: all but cancelled ones. One statement, however many there are."""
    c = appointments.c
    own = present_appointments.where(c.business_id == feed.business_id, c.status != Status.CANCELLED.value)
    if feed.staff_id is not None:
        own = own.where(c.staff_id == feed.staff_id)
    shown = own.where(
        c.start_time > today - BEHIND - LONGEST_CLAIM, c.start_time < today + AHEAD, c.end_time > today - BEHIND
    )
    nearest = func.abs(func.extract("epoch", c.start_time - today))
    rows = await tx.rows(shown.order_by(nearest, c.id).limit(MOST_EVENTS))
    return sorted((details_of(row) for row in rows), key=lambda one: (one.start, one.id))


def feed_of(row: RowMapping) -> FeedDetails:
    """The feed in a row."""
    return FeedDetails(**{name: row[name] for name in FeedDetails.model_fields})
