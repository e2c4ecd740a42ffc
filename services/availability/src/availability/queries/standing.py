"""Appointments that stand: what a change of hours or time off may be in the way of."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, or_, select

from availability.domain import LONGEST_CLAIM, Business
from availability.queries.working_time import staff_times
from availability.tables import claims_copy, staff
from contracts.ids import AppointmentId, GroupSessionId, StaffId
from contracts.offers import ConflictDetails
from plumbing.db import Tx
from scheduling.conflicts import DAY, Kind
from scheduling.hours import local_date, local_seconds
from scheduling.intervals import Interval
from scheduling.standing import in_time_off, outside_hours
from scheduling.time_off import TimeOff

_DETAILS = {
    Kind.OUTSIDE_HOURS: "This is outside working hours.",
    Kind.TIME_OFF: "The staff member has time off.",
}


type _Reach = tuple[datetime, datetime | None]  # None: without an end


@dataclass(frozen=True, slots=True)
class Standing:
    """An appointment or a group session, without its buffers, and who gives it."""

    owner_id: UUID
    staff_id: StaffId
    during: Interval
    is_session: bool

    def conflict(self, kind: Kind) -> ConflictDetails:
        """That it does not fit, as it is told."""
        return ConflictDetails(
            kind=kind.value,
            detail=_DETAILS[kind],
            start=self.during.start,
            end=self.during.end,
            staff_id=self.staff_id,
            appointment_id=None if self.is_session else AppointmentId(self.owner_id),
            session_id=GroupSessionId(self.owner_id) if self.is_session else None,
        )


@dataclass(frozen=True, slots=True)
class Dates:
    """Local dates, both inclusive; without a `last` all that follow."""

    first: date
    last: date | None = None

    def is_to_come(self, today: date) -> bool:
        """Whether one of them is not over."""
        return self.last is None or self.last >= today

    def reach(self, now: datetime) -> _Reach:
        """A time in which all is that is on these dates in any zone, and not over."""
        start = max(_midnight_somewhere(self.first), now)
        return start, None if self.last is None else max(_midnight_somewhere(self.last + DAY * 3), start)

    def meet(self, during: Interval, zone: str) -> bool:
        """Whether some of it is on one of these dates."""
        first, last = local_date(during.start, zone), local_date(during.end - timedelta(microseconds=1), zone)
        return self.first <= last and (self.last is None or first <= self.last)


async def outside_of_hours(
    tx: Tx, business: Business, staff_ids: Collection[StaffId] | None, dates: Sequence[Dates], now: datetime
) -> list[ConflictDetails]:
    """The appointments to come on these dates that lie outside of the hours as they are now, by their start.

    Those of these staff, or of everybody. A fixed number of statements. The caller has bumped the version: what is
    copied meanwhile is judged there.
    """
    zone = business.timezone
    today = local_date(now, zone)
    found = await _standing(tx, business, staff_ids, [one.reach(now) for one in dates if one.is_to_come(today)], now)
    if not found:
        return []
    times = await staff_times(tx, business.id, list(found), zone, today)
    misfits: list[Standing] = []
    for staff_id, standing in found.items():
        outside = set(outside_hours(times[staff_id].hours, [one.during for one in standing]))
        misfits += [one for one in standing if one.during in outside]
    return _conflicts(
        [one for one in misfits if any(span.meet(one.during, zone) for span in dates)], Kind.OUTSIDE_HOURS
    )


async def within_time_off(
    tx: Tx, business: Business, staff_id: StaffId, off: TimeOff, now: datetime
) -> list[ConflictDetails]:
    """The appointments of a staff member that overlap this time off, past ones too; by their start. One statement."""
    first = min(one.start for one in [*off.once, *(weekly.first for weekly in off.weekly)])
    last = None if off.weekly else max(one.end for one in off.once)
    standing = (await _standing(tx, business, [staff_id], [(first, last)], now)).get(staff_id, ())
    overlapping = set(in_time_off(off, [one.during for one in standing]))
    return _conflicts([one for one in standing if one.during in overlapping], Kind.TIME_OFF)


def standing_of(row: RowMapping) -> Standing:
    """The appointment in a row of `claims_copy`."""
    start = row["starts_at"] + timedelta(minutes=row["buffer_before_minutes"])
    end = row["ends_at"] - timedelta(minutes=row["buffer_after_minutes"])
    return Standing(row["owner_id"], row["bookable_id"], Interval(start, end), row["of_session"])


async def _standing(
    tx: Tx, business: Business, staff_ids: Collection[StaffId] | None, reaches: Sequence[_Reach], now: datetime
) -> Mapping[StaffId, Sequence[Standing]]:
    """What stands on these staff, or on everybody, and overlaps one of the reaches; by staff member."""
    if not reaches:
        return {}
    c = claims_copy.c
    everybody = select(staff.c.id).where(staff.c.business_id == business.id)
    rows = await tx.rows(
        select(claims_copy).where(
            c.business_id == business.id,
            c.bookable_id.in_(everybody if staff_ids is None else staff_ids),
            or_(*(_begins_within(reach) for reach in reaches)),
            or_(c.expires_at.is_(None), c.expires_at > now),
        )
    )
    found: defaultdict[StaffId, list[Standing]] = defaultdict(list)
    for one in map(standing_of, rows):
        if any(start < one.during.end and (end is None or one.during.start < end) for start, end in reaches):
            found[one.staff_id].append(one)
    return found


def _begins_within(reach: _Reach) -> ColumnElement[bool]:
    begins, (start, end) = claims_copy.c.starts_at, reach
    late_enough = begins > start - LONGEST_CLAIM
    return late_enough if end is None else and_(late_enough, begins < end)


def _midnight_somewhere(on: date) -> datetime:
    """Before it is midnight anywhere on earth."""
    return datetime.fromtimestamp(local_seconds(on - DAY), UTC)


def _conflicts(misfits: Sequence[Standing], kind: Kind) -> list[ConflictDetails]:
    return [one.conflict(kind) for one in sorted(misfits, key=lambda one: (one.during, one.owner_id))]
