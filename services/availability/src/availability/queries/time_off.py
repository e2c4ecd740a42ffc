"""Reads: time off, and when it is."""

from collections.abc import Collection
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_

from availability.domain import Business, Occurrence, TimeOff, TimeOffShown
from availability.tables import present_time_off, time_off, time_off_of
from contracts.ids import StaffId, TimeOffId
from plumbing.db import Tx
from scheduling.intervals import Interval
from scheduling.time_off import WEEK, WeeklyOff


async def one_time_off(tx: Tx, business: Business, time_off_id: TimeOffId) -> TimeOff | None:
    """Some time off, if there is any of this id that was not removed."""
    c = time_off.c
    row = await tx.row(present_time_off.where(c.business_id == business.id, c.id == time_off_id))
    return None if row is None else time_off_of(row)


async def time_off_page(
    tx: Tx,
    business: Business,
    window: Interval,
    *,
    staff_ids: Collection[StaffId],
    after: UUID | None,
    limit: int,
) -> list[TimeOff]:
    """What overlaps the window, and what comes every week and may; in the order in which it was added. One statement.

    Without `staff_ids` everybody's.
    """
    c = time_off.c
    ended = (window.start - WEEK * 2).astimezone(ZoneInfo(business.timezone)).date()
    goes_on = c.weekly & or_(c.weekly_until.is_(None), c.weekly_until >= ended)
    wanted = present_time_off.where(
        c.business_id == business.id, c.starts_at < window.end, or_(c.ends_at > window.start, goes_on)
    )
    if staff_ids:
        wanted = wanted.where(c.staff_id.in_(staff_ids))
    if after is not None:
        wanted = wanted.where(c.id > after)
    return [time_off_of(row) for row in await tx.rows(wanted.order_by(c.id).limit(limit))]


def shown_within(off: TimeOff, window: Interval, zone: str) -> TimeOffShown:
    """The time off with all its times that overlap the window; perhaps none, of what comes every week."""
    times = [off.during] if off.weekly is None else WeeklyOff(zone, off.during, off.weekly.until).within(window)
    occurrences = [Occurrence(start=one.start, end=one.end) for one in times]
    return TimeOffShown.model_construct(**dict(off), occurrences=occurrences)
