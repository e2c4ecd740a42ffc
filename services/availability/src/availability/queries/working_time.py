"""When staff work, as rules 2 and 3 judge it: weekly hours, seasons, overrides, closures and time off, of many at once.

A fixed number of statements, whoever is asked about. What is over before `since` is left out, because it grows without
limit and hardly anybody looks back: whoever asks about earlier dates says so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, Table, or_, select

from availability.tables import (
    availability_blocks,
    block_of,
    closures,
    day_blocks_of,
    overrides,
    season_blocks_of,
    seasons,
    staff,
    time_off,
)
from contracts.ids import BusinessId, StaffId
from plumbing.db import Tx
from scheduling.conflicts import StaffTime
from scheduling.hours import EARLIEST, Closure, Hours, Override, Season
from scheduling.intervals import Interval
from scheduling.time_off import NO_TIME_OFF, TimeOff, WeeklyOff

EVERYTHING = EARLIEST
"""Leaves nothing out."""

_MARGIN = timedelta(days=9)  # a week's occurrence that began before is still on, and zones differ
_NOBODY: list[RowMapping] = []


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The rows that say when staff work, by staff member, and those that hold for everybody."""

    blocks: Mapping[UUID, Sequence[RowMapping]]
    overrides: Mapping[UUID, Sequence[RowMapping]]
    time_off: Mapping[UUID, Sequence[RowMapping]]
    closures: tuple[Closure, ...]
    seasons: Sequence[tuple[Season, frozenset[UUID] | None]]

    def of(self, member: RowMapping, zone: str) -> StaffTime:
        """The time of the staff member in a row of `staff`; an archived one is not active."""
        staff_id: UUID = member["id"]
        hours = Hours(
            zone=zone,
            blocks=tuple(map(block_of, self.blocks.get(staff_id, _NOBODY))),
            seasons=tuple(season for season, whose in self.seasons if whose is None or staff_id in whose),
            overrides=tuple(map(_override, self.overrides.get(staff_id, _NOBODY))),
            closures=self.closures,
        )
        off = _time_off(self.time_off.get(staff_id, _NOBODY), zone)
        active = member["active"] and member["archived_at"] is None
        return StaffTime(staff_id=staff_id, hours=hours, active=active, time_off=off)


async def working_time(
    tx: Tx, business_id: BusinessId, *, since: date, of: Collection[StaffId] | None = None
) -> WorkingTime:
    """When staff work; everybody's, or only that `of` some. What is over before `since` may be missing."""
    since -= _MARGIN
    moment = datetime(since.year, since.month, since.day, tzinfo=UTC)

    def ours(table: Table, order: Any) -> Select[Any]:
        mine = select(table).where(table.c.business_id == business_id).order_by(order)
        return mine if of is None or "staff_id" not in table.c else mine.where(table.c.staff_id.in_(of))

    o, t = overrides.c, time_off.c
    dated = ours(overrides, o.on_date).where(o.on_date >= since, o.removed_at.is_(None))
    away = ours(time_off, t.starts_at).where(t.removed_at.is_(None), _not_over(since, moment))
    return WorkingTime(
        blocks=_by_staff(await tx.rows(ours(availability_blocks, availability_blocks.c.position))),
        overrides=_by_staff(await tx.rows(dated)),
        time_off=_by_staff(await tx.rows(away)),
        closures=tuple(map(_closure, await tx.rows(ours(closures, closures.c.id).where(closures.c.end_date >= since)))),
        seasons=[_season(row) for row in await tx.rows(ours(seasons, seasons.c.id).where(seasons.c.end_date >= since))],
    )


async def staff_times(
    tx: Tx, business_id: BusinessId, staff_ids: Collection[StaffId] | None, zone: str, since: date
) -> Mapping[StaffId, StaffTime]:
    """When these staff members work, or everybody. A fixed number of statements."""
    found = await working_time(tx, business_id, since=since, of=staff_ids)
    people = select(staff).where(staff.c.business_id == business_id)
    rows = await tx.rows(people if staff_ids is None else people.where(staff.c.id.in_(staff_ids)))
    return {row["id"]: found.of(row, zone) for row in rows}


def _not_over(since: date, moment: datetime) -> ColumnElement[bool]:
    t = time_off.c
    goes_on = t.weekly & or_(t.weekly_until.is_(None), t.weekly_until >= since)
    return or_(t.ends_at > moment, goes_on)


def _by_staff(rows: Iterable[RowMapping]) -> Mapping[UUID, Sequence[RowMapping]]:
    found: defaultdict[UUID, list[RowMapping]] = defaultdict(list)
    for row in rows:
        found[row["staff_id"]].append(row)
    return found


def _override(row: RowMapping) -> Override:
    return Override(row["on_date"], tuple(day_blocks_of(row)))


def _closure(row: RowMapping) -> Closure:
    return Closure(row["start_date"], row["end_date"])


def _season(row: RowMapping) -> tuple[Season, frozenset[UUID] | None]:
    season = Season(row["start_date"], row["end_date"], tuple(season_blocks_of(row)))
    return season, None if row["staff_ids"] is None else frozenset(row["staff_ids"])


def _time_off(rows: Sequence[RowMapping], zone: str) -> TimeOff:
    if not rows:
        return NO_TIME_OFF
    return TimeOff(
        [_interval(row) for row in rows if not row["weekly"]],
        [WeeklyOff(zone, _interval(row), row["weekly_until"]) for row in rows if row["weekly"]],
    )


def _interval(row: RowMapping) -> Interval:
    return Interval(row["starts_at"], row["ends_at"])
