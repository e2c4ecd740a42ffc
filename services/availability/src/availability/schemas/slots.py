"""Slots as JSON: the shape, for the documentation, and the writer, for speed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from availability.queries.slots import Found
from contracts.ids import StaffId
from contracts.wire import Instant, Wire, rfc3339


class SlotOut(Wire):
    """A start that can be booked; `staffIds` (who is free) only with `include=staff`."""

    start: Instant
    end: Instant
    staff_ids: list[StaffId] | None = None


class DayOut(Wire):
    """One local date of the answer's zone, and its slots, ascending."""

    date: date
    slots: list[SlotOut]


class SlotsOut(Wire):
    """The asked dates, also those without slots; the next date that has one, where none of them has."""

    timezone: str
    days: list[DayOut]
    next_available: date | None


def encode_slots(found: Found) -> bytes:
    """The JSON of `SlotsOut`. Written by hand: a month is hundreds of slots, and a model each costs ten times more."""
    days = ",".join(f'{{"date":"{on}","slots":[{",".join(_slots(found, starts))}]}}' for on, starts in found.days)
    following = "null" if found.next_available is None else f'"{found.next_available}"'
    return f'{{"timezone":"{found.zone}","days":[{days}],"nextAvailable":{following}}}'.encode()


def _slots(found: Found, starts: Sequence[datetime]) -> list[str]:
    if not found.free:
        return [_slot(start, found.duration) for start in starts]
    return [f"{_slot(start, found.duration)[:-1]},{_staff_ids(found.free[start])}}}" for start in starts]


def _staff_ids(free: Sequence[UUID]) -> str:
    ids = '","'.join(map(str, free))
    return f'"staffIds":["{ids}"]'


@lru_cache(maxsize=32_768)
def _slot(start: datetime, duration: timedelta) -> str:
    """Kept, because every month of a business shows the same starts again and again."""
    return f'{{"start":"{rfc3339(start)}","end":"{rfc3339(start + duration)}"}}'
