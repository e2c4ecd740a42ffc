"""Makers for the tests of this library: every argument has a plain value."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduling.conflicts import Claim, ResourceUnit, StaffTime
from scheduling.hours import Block, Hours, Override, local_time, parse_local_time
from scheduling.intervals import Interval
from scheduling.service_rules import ServiceRules
from scheduling.time_off import TimeOff

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
DUBAI, BERLIN = "Asia/Dubai", "Europe/Berlin"
MONDAY = date(2026, 6, 1)


def uuid(number: int) -> UUID:
    return UUID(int=number)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def at(text: str, zone: str = "UTC", fold: int = 0) -> datetime:
    """`2026-06-01 09:00` on the wall of a zone, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def interval(start: str, end: str, zone: str = "UTC") -> Interval:
    return Interval(at(start, zone), at(end, zone))


def block(day: int, span: str, valid_from: date | None = None, valid_to: date | None = None) -> Block:
    start, end = span.split("-")
    return Block(day, parse_local_time(start), parse_local_time(end, end=True), valid_from, valid_to)


def every_day(*spans: str) -> tuple[Block, ...]:
    return tuple(block(day, span) for day in range(1, 8) for span in spans)


def hours(*spans: str, zone: str = DUBAI, overrides: tuple[Override, ...] = ()) -> Hours:
    return Hours(zone=zone, blocks=every_day(*spans), overrides=overrides)


def service(
    duration: float = 60, interval: float = 15, before: float = 0, after: float = 0, **more: object
) -> ServiceRules:
    return ServiceRules(
        duration=minutes(duration),
        slot_interval=minutes(interval),
        buffer_before=minutes(before),
        buffer_after=minutes(after),
        **{"max_advance_days": 36_500, **more},  # pyright: ignore[reportArgumentType]
    )


def staff(
    hours: Hours, claims: Sequence[Interval] = (), time_off: Sequence[Interval] = (), **more: object
) -> StaffTime:
    return StaffTime(
        staff_id=uuid(1),
        hours=hours,
        claims=[Claim(during, uuid(100 + i)) for i, during in enumerate(claims)],
        time_off=TimeOff(time_off),
        **more,  # pyright: ignore[reportArgumentType]
    )


def unit(number: int, claims: Sequence[Interval] = (), kind: str = "reformer", *, active: bool = True) -> ResourceUnit:
    taken = [Claim(during, uuid(200 + number)) for during in claims]
    return ResourceUnit(resource_id=uuid(number), kind=kind, active=active, claims=taken)


def walls(starts: Sequence[datetime], zone: str) -> list[str]:
    """Starts as `09:00`, the second of a time that happens twice as `02:00'`."""
    local = [local_time(start, zone) for start in starts]
    return [f"{wall:%H:%M}" + "'" * wall.fold for wall in local]
