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
    free = found.free
    days = ",".join(
        f'{{"date":"{on}","slots":[{",".join([_slot(start, found.duration, free.get(start)) for start in starts])}]}}'
        for on, starts in found.days
    )
    following = "null" if found.next_available is None else f'"{found.next_available}"'
    return f'{{"timezone":"{found.zone}","days":[{days}],"nextAvailable":{following}}}'.encode()


def _slot(start: datetime, duration: timedelta, free: Sequence[UUID] | None) -> str:
    if free is None:
        return f"{{{_times(start, duration)}}}"
    ids = '","'.join(map(str, free))
    return f'{{{_times(start, duration)},"staffIds":["{ids}"]}}'


@lru_cache(maxsize=32_768)
def _times(start: datetime, duration: timedelta) -> str:
    """Kept, because every month of a business shows the same starts again and again."""
    return f'"start":"{rfc3339(start)}","end":"{rfc3339(start + duration)}"'
