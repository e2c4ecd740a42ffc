"""Writing time off: the row and the event together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from availability.domain import Business, TimeOff
from availability.queries.standing import within_time_off
from availability.tables import present_time_off, time_off, time_off_of, time_off_row
from availability.use_cases.versions import bump
from contracts.availability import TimeOffAdded, TimeOffRemoved, TimeOffUpdated
from contracts.ids import TimeOffId
from contracts.offers import ConflictDetails
from plumbing.db import Tx
from plumbing.problems import NotFound
from scheduling import time_off as scheduling


async def locked_time_off(tx: Tx, business: Business, time_off_id: TimeOffId) -> TimeOff:
    """The time off, locked until the transaction ends. NotFound when there is none, or it was removed."""
    c = time_off.c
    row = await tx.row(present_time_off.where(c.business_id == business.id, c.id == time_off_id).with_for_update())
    if row is None:
        raise NotFound
    return time_off_of(row)


async def insert_time_off(tx: Tx, added: Sequence[TimeOff]) -> None:
    """Store new time off of one business, and tell it."""
    for off in added:
        tx.insert(time_off, time_off_row(off))
        tell_added(tx, off)
    await bump(tx, added[0].business_id)


async def replace_time_off(tx: Tx, after: TimeOff) -> None:
    """Store changed time off in place of what was locked, and tell it."""
    tx.update(time_off, {"business_id": after.business_id, "id": after.id}, time_off_row(after))
    tell_updated(tx, after)
    await bump(tx, after.business_id)


async def hide_time_off(tx: Tx, after: TimeOff) -> None:
    """Take time off back that was locked, and tell that. The row stays for a while, so that it can be told again."""
    key, at = {"business_id": after.business_id, "id": after.id}, after.updated_at
    tx.update(time_off, key, {"removed_at": at, "updated_at": at, "revision": after.revision})
    tell_removed(tx, after)
    await bump(tx, after.business_id)


async def overlapped(tx: Tx, business: Business, off: TimeOff, now: datetime) -> list[ConflictDetails]:
    """The appointments that it overlaps. One statement."""
    once, weekly = ([off.during], []) if off.weekly is None else ([], [weekly_of(off, business.timezone)])
    return await within_time_off(tx, business, off.staff_id, scheduling.TimeOff(once, weekly), now)


def weekly_of(off: TimeOff, zone: str) -> scheduling.WeeklyOff:
    """Time off of every week, as it is judged."""
    return scheduling.WeeklyOff(zone, off.during, off.weekly.until if off.weekly else None)


def tell_added(tx: Tx, off: TimeOff) -> None:
    """Tell new time off."""
    tx.emit(TimeOffAdded(**_told(off)))


def tell_updated(tx: Tx, off: TimeOff) -> None:
    """Tell time off that is another now."""
    tx.emit(TimeOffUpdated(**_told(off)))


def tell_removed(tx: Tx, off: TimeOff) -> None:
    """Tell time off that is no more."""
    tx.emit(TimeOffRemoved(**_told(off)))


def _told(off: TimeOff) -> dict[str, Any]:
    return {
        "business_id": off.business_id,
        "revision": off.revision,
        "time_off": off,
        "created_at": off.created_at,
        "updated_at": off.updated_at,
    }
