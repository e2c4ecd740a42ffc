"""The rules once more, slowly: every UTC minute is looked at by itself.

Shares no code with the library but its plain values. A minute is a whole number since the epoch.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from scheduling.conflicts import Candidate, Claim, Kind, ResourceUnit, StaffTime
from scheduling.hours import Hours
from scheduling.intervals import Interval
from scheduling.service_rules import ServiceRules
from scheduling.time_off import WeeklyOff

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def minute_of(instant: datetime) -> int:
    whole, rest = divmod(instant - EPOCH, MINUTE)
    assert not rest
    return whole


def instant_of(minute: int) -> datetime:
    return EPOCH + minute * MINUTE


def minutes_in(interval: Interval) -> range:
    return range(minute_of(interval.start), minute_of(interval.end))


def wall(zone: str, minute: int) -> tuple[date, int]:
    """The local date and the minute of the local day."""
    local = instant_of(minute).astimezone(ZoneInfo(zone))
    assert local.second == 0
    return local.date(), local.hour * 60 + local.minute


@cache
def minutes_of_date(zone: str, on: date) -> dict[int, int]:
    """Each UTC minute at which the local date is `on`, with its minute of the local day."""
    noon = minute_of(datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
    around = ((minute, wall(zone, minute)) for minute in range(noon - 2 * 1440, noon + 2 * 1440))
    return {minute: local[1] for minute, local in around if local[0] == on}


def hull(minutes: Iterable[int]) -> range:
    found = list(minutes)
    return range(min(found), max(found) + 1) if found else range(0)


def spans_on(hours: Hours, on: date) -> list[tuple[int, int]]:
    """The blocks that count on one local date, as minutes of its day."""
    if any(closure.start <= on <= closure.end for closure in hours.closures):
        return []
    if any(override.on == on for override in hours.overrides):
        return [(b.start, b.end) for override in hours.overrides if override.on == on for b in override.blocks]
    in_season = [season for season in hours.seasons if season.start <= on <= season.end]
    blocks = [b for season in in_season for b in season.blocks]
    blocks += [b for b in hours.blocks if not in_season or b.valid_from or b.valid_to]
    return [
        (b.start, b.end)
        for b in blocks
        if b.day_of_week == on.isoweekday() and (b.valid_from or date.min) <= on <= (b.valid_to or date.max)
    ]


def open_minutes(hours: Hours, first: date, last: date) -> set[int]:
    found: set[int] = set()
    for number in range(first.toordinal(), last.toordinal() + 1):
        on = date.fromordinal(number)
        for start, end in spans_on(hours, on):
            day = minutes_of_date(hours.zone, on)
            found.update(hull(minute for minute, local in day.items() if start <= local < end))
    return found


def weekly_minutes(off: WeeklyOff, last: date) -> set[int]:
    """The minutes of every week's time off that begins on a local date up to `last`."""
    start, end = wall(off.zone, minute_of(off.first.start)), wall(off.zone, minute_of(off.first.end))
    found, week = set(minutes_in(off.first)), timedelta(days=7)
    while (start := (start[0] + week, start[1]))[0] <= min(last, off.until or last):
        end = (end[0] + week, end[1])
        numbers = range(start[0].toordinal(), end[0].toordinal() + 1)
        walls = {
            minute: (on, local)
            for on in map(date.fromordinal, numbers)
            for minute, local in minutes_of_date(off.zone, on).items()
        }
        found.update(hull(minute for minute, shown in walls.items() if start <= shown < end))
    return found


class Oracle:
    """What each rule says about a start, for one question."""

    def __init__(
        self,
        service: ServiceRules,
        staff: StaffTime,
        resources: Sequence[ResourceUnit],
        *,
        now: datetime,
        around: tuple[date, date],
        ignore_owner: object = None,
    ) -> None:
        self.service, self.staff, self.resources = service, staff, resources
        self.now, self.ignore_owner = minute_of(now), ignore_owner
        self.zone = staff.hours.zone
        self.open = open_minutes(staff.hours, *around)
        self.off = {minute for interval in staff.time_off.once for minute in minutes_in(interval)}
        self.off.update(minute for weekly in staff.time_off.weekly for minute in weekly_minutes(weekly, around[1]))
        self.busy = self._claimed(staff.claims)
        self.sessions = [session for session in staff.sessions if session.owner_id != ignore_owner]
        self.units = [(unit.kind, self._claimed(unit.claims)) for unit in resources if unit.active]

    def _claimed(self, claims: Sequence[Claim]) -> set[int]:
        others = [claim for claim in claims if claim.owner_id != self.ignore_owner]
        return {minute for claim in others for minute in minutes_in(claim.during)}

    def kinds(self, start: int, end: int) -> set[Kind]:
        """The rules that the candidate `[start, end)` breaks."""
        before, after = self.service.buffer_before // MINUTE, self.service.buffer_after // MINUTE
        during, window = range(start, end), range(start - before, end + after)
        on, local = wall(self.zone, start)
        horizon = wall(self.zone, self.now)[0] + timedelta(days=self.service.max_advance_days)
        joined = [
            session for session in self.sessions if session.during == Interval(instant_of(start), instant_of(end))
        ]
        broken = {
            Kind.INACTIVE: not (self.service.active and self.staff.active and self.staff.offers),
            Kind.OUTSIDE_HOURS: not all(minute in self.open for minute in during),
            Kind.TIME_OFF: any(minute in self.off for minute in during),
            Kind.STAFF_BUSY: not joined and any(minute in self.busy for minute in window),
            Kind.RESOURCE_BUSY: not joined and self._is_short(window),
            Kind.FULL: any(session.seats_left == 0 for session in joined),
            Kind.NOTICE: start < self.now + self.service.min_notice // MINUTE,
            Kind.HORIZON: on > horizon,
            Kind.OFF_GRID: local % (self.service.slot_interval // MINUTE) != 0,
        }
        return {kind for kind, is_broken in broken.items() if is_broken}

    def _is_short(self, window: range) -> bool:
        free = [kind for kind, busy in self.units if busy.isdisjoint(window)]
        return any(free.count(need.kind) < need.quantity for need in self.service.resource_needs)

    def kinds_of(self, candidate: Candidate) -> set[Kind]:
        return self.kinds(minute_of(candidate.start), minute_of(candidate.end))

    def grid(self, first: date, last: date) -> list[int]:
        """Every minute of these local dates that is on the grid."""
        days = range(first.toordinal(), last.toordinal() + 1)
        starts = [m for day in days for m in minutes_of_date(self.zone, date.fromordinal(day))]
        return sorted(m for m in starts if Kind.OFF_GRID not in self.kinds(m, m + 1))
