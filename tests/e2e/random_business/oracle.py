"""The rules of scheduling.md once more, slowly and from the JSON that was sent: every minute is looked at by itself.

Shares no code with the product. A minute is a whole number of minutes since the epoch, in UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from .worlds import StaffPlan, World

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Stored:
    """An appointment that was made, as its answer says; or all seats of one session together."""

    service: str
    staff: str
    units: tuple[str, ...]
    start: int
    end: int
    before: int
    after: int
    seats: int = 1

    @property
    def window(self) -> range:
        """The minutes that it takes, buffers included."""
        return range(self.start - self.before, self.end + self.after)


@dataclass(frozen=True)
class Named:
    """The ids that a world was given by the product."""

    service: str
    staff: dict[str, StaffPlan]
    units: dict[str, str]  # id: kind


def minute_of(instant: datetime | str) -> int:
    """The minute of an instant that is a whole one."""
    at = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
    whole, rest = divmod(at - EPOCH, MINUTE)
    assert not rest
    return whole


def instant_of(minute: int) -> datetime:
    """The instant of a minute."""
    return EPOCH + minute * MINUTE


@cache
def day_of(zone: str, on: date) -> dict[int, int]:
    """Each UTC minute at which the local date is `on`, with its minute of the local day."""
    noon = minute_of(datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
    found: dict[int, int] = {}
    for minute in range(noon - 2 * 1440, noon + 2 * 1440):
        local = instant_of(minute).astimezone(ZoneInfo(zone))
        if local.date() == on:
            found[minute] = local.hour * 60 + local.minute
    return found


class Oracle:
    """What each rule says about starts in one world, in which these appointments are stored."""

    def __init__(self, world: World, named: Named, stored: list[Stored]) -> None:
        self._world, self._named, self._stored = world, named, stored
        around = [world.day + timedelta(days=number) for number in range(-3, 4)]
        self._open = {staff: self._open_minutes(plan, around) for staff, plan in named.staff.items()}
        self._off = {staff: self._off_minutes(plan) for staff, plan in named.staff.items()}
        self._taken = self._claimed(stored)

    def kinds(self, staff: str, start: int) -> set[str]:
        """The rules 1 to 5, and of seats, that refuse this staff member at this minute."""
        service, plan = self._world.service, self._named.staff[staff]
        during = range(start, start + service["durationMinutes"])
        window = range(start - service["bufferBeforeMinutes"], during.stop + service["bufferAfterMinutes"])
        session = self.session(staff, start)
        broken = {
            "inactive": not plan.offers,
            "outsideHours": not self._open[staff].issuperset(during),
            "timeOff": not self._off[staff].isdisjoint(during),
            "staffBusy": session is None and not self._taken.get(staff, set()).isdisjoint(window),
            "resourceBusy": session is None and self._is_short(window),
            "full": session is not None and session.seats >= service["capacity"],
        }
        return {kind for kind, is_broken in broken.items() if is_broken}

    def session(self, staff: str, start: int) -> Stored | None:
        """The session that somebody who wants this start would join."""
        if self._world.service["capacity"] == 1:
            return None
        end = start + self._world.service["durationMinutes"]
        wanted = (self._named.service, staff, start, end)
        return next((one for one in self._stored if (one.service, one.staff, one.start, one.end) == wanted), None)

    def seats_left(self, staff: str, start: int) -> int:
        """How many more could come."""
        session = self.session(staff, start)
        return self._world.service["capacity"] - (session.seats if session else 0)

    def listed(self, staff: str) -> list[int]:
        """Every start on the grid of the three days around that breaks no rule."""
        days = [self._world.day + timedelta(days=number) for number in (-1, 0, 1)]
        interval = self._world.service["slotIntervalMinutes"]
        grid = [minute for on in days for minute, local in day_of(self._world.zone, on).items() if not local % interval]
        return sorted(minute for minute in grid if not self.kinds(staff, minute))

    def _is_short(self, window: range) -> bool:
        free = [kind for unit, kind in self._named.units.items() if self._taken.get(unit, set()).isdisjoint(window)]
        return any(free.count(need["kind"]) < need["quantity"] for need in self._world.service["resourceNeeds"])

    def _claimed(self, stored: Iterable[Stored]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for one in stored:
            for bookable in (one.staff, *one.units):
                found.setdefault(bookable, set()).update(one.window)
        return found

    def _open_minutes(self, plan: StaffPlan, days: Iterable[date]) -> set[int]:
        found: set[int] = set()
        for on in days:
            for block in self._blocks_on(plan, on):
                start, end = _local_minute(block["start"]), _local_minute(block["end"])
                inside = [minute for minute, local in day_of(self._world.zone, on).items() if start <= local < end]
                if inside:
                    found.update(range(min(inside), max(inside) + 1))
        return found

    def _blocks_on(self, plan: StaffPlan, on: date) -> list[dict[str, Any]]:
        if any(one["startDate"] <= str(on) <= one["endDate"] for one in self._world.closures):
            return []
        if on in plan.overrides:
            return plan.overrides[on]
        seasons = [one for one in self._world.seasons if one["startDate"] <= str(on) <= one["endDate"]]
        blocks = [block for one in seasons for block in one["blocks"]]
        blocks += [block for block in plan.blocks if not seasons or _is_dated(block)]
        return [block for block in blocks if block["dayOfWeek"] == on.isoweekday() and _holds(block, str(on))]

    def _off_minutes(self, plan: StaffPlan) -> set[int]:
        return {minute for one in plan.time_off for minute in _minutes_off(one, self._world.zone)}


def _minutes_off(one: dict[str, Any], zone: str) -> Iterable[int]:
    """The minutes of time off; of a weekly one each week's, at the same local times."""
    if "weekly" not in one:
        yield from range(minute_of(one["start"]), minute_of(one["end"]))
        return
    start, end = (_local(one[side], zone) for side in ("start", "end"))
    until = date.fromisoformat(one["weekly"]["until"])
    while start.date() <= until:
        yield from range(_first(start, zone), _last(end, zone))
        start, end = start + timedelta(days=7), end + timedelta(days=7)


def _local(instant: str, zone: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _first(local: datetime, zone: str) -> int:
    """A local start as a minute: the first of two, or the first after a gap."""
    return _hull_of(local, zone)[0]


def _last(local: datetime, zone: str) -> int:
    """A local end as a minute: the second of two, or the first after a gap."""
    return _hull_of(local, zone)[-1]


def _hull_of(local: datetime, zone: str) -> list[int]:
    minutes = day_of(zone, local.date())
    wanted = local.hour * 60 + local.minute
    exact = [minute for minute, at in minutes.items() if at == wanted]
    if exact:
        return exact
    later = [minute for minute, at in minutes.items() if at > wanted]
    return [min(later)] if later else [max(minutes) + 1]


def _local_minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _is_dated(block: dict[str, Any]) -> bool:
    return bool(block.get("validFrom") or block.get("validTo"))


def _holds(block: dict[str, Any], on: str) -> bool:
    return (block.get("validFrom") or "") <= on <= (block.get("validTo") or "9999")
