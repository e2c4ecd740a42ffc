"""Reads: overrides, closures and seasons, as they were written down."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping, Table, select, tuple_

from availability.domain import Closure, Override, Season
from availability.tables import closure_of, closures, override_of, overrides, season_of, seasons
from contracts.ids import BusinessId, ClosureId, SeasonId, StaffId
from plumbing.db import Tx

type Bounds = tuple[date | None, date | None]
"""The first and the last local date, where there is one."""

type DateAndId = tuple[date, UUID]


async def override_page(
    tx: Tx, business_id: BusinessId, staff_id: StaffId, *, bounds: Bounds, after: date | None, limit: int
) -> list[Override]:
    """Overrides of a staff member within the bounds, by their date. One statement."""
    c, (first, last) = overrides.c, bounds
    statement = select(overrides).where(c.business_id == business_id, c.staff_id == staff_id, c.removed_at.is_(None))
    if first is not None:
        statement = statement.where(c.on_date >= first)
    if last is not None:
        statement = statement.where(c.on_date <= last)
    if after is not None:
        statement = statement.where(c.on_date > after)
    return [override_of(row) for row in await tx.rows(statement.order_by(c.on_date).limit(limit))]


async def closure(tx: Tx, business_id: BusinessId, closure_id: ClosureId) -> Closure | None:
    """One closure, if there is one."""
    row = await tx.row(select(closures).filter_by(business_id=business_id, id=closure_id))
    return None if row is None else closure_of(row)


async def closure_page(
    tx: Tx, business_id: BusinessId, *, bounds: Bounds, after: DateAndId | None, limit: int
) -> list[Closure]:
    """Closures that have dates within the bounds, by their first. One statement."""
    return [
        closure_of(row) for row in await _ranges(tx, closures, business_id, bounds=bounds, after=after, limit=limit)
    ]


async def season(tx: Tx, business_id: BusinessId, season_id: SeasonId) -> Season | None:
    """One season, if there is one."""
    row = await tx.row(select(seasons).filter_by(business_id=business_id, id=season_id))
    return None if row is None else season_of(row)


async def season_page(
    tx: Tx, business_id: BusinessId, *, bounds: Bounds, after: DateAndId | None, limit: int
) -> list[Season]:
    """Seasons that have dates within the bounds, by their first. One statement."""
    rows = await _ranges(tx, seasons, business_id, bounds=bounds, after=after, limit=limit)
    return [season_of(row) for row in rows]


async def _ranges(
    tx: Tx, table: Table, business_id: BusinessId, *, bounds: Bounds, after: DateAndId | None, limit: int
) -> Sequence[RowMapping]:
    c, (first, last) = table.c, bounds
    statement = select(table).where(c.business_id == business_id)
    if first is not None:
        statement = statement.where(c.end_date >= first)
    if last is not None:
        statement = statement.where(c.start_date <= last)
    if after is not None:
        statement = statement.where(tuple_(c.start_date, c.id) > after)
    return await tx.rows(statement.order_by(c.start_date, c.id).limit(limit))
