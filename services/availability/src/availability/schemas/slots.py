"""Slots as JSON: the shape, for the documentation, and the writer, for speed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from availability.queries.slots import Found
from contracts.ids import StaffId
from contracts.wire import Instant, Wire, rfc3339

_MOST_TEXTS = 8_192  # a few hundred bytes each


class SlotOut(Wire):
    """A start that can be booked; `staffIds` (who is free) only with `include=staff`.

    `seatsLeft` only of a service with several seats: the most that one session there has left, or would have.
    """

    start: Instant
    end: Instant
    staff_ids: list[StaffId] | None = None
    seats_left: int | None = None


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
    texts = _texts(found.duration)
    days = ",".join(
        f'{{"date":"{on}","slots":[{",".join(_slots(found, starts, texts))}]}}' for on, starts in found.days
    )
    following = "null" if found.next_available is None else f'"{found.next_available}"'
    return f'{{"timezone":"{found.zone}","days":[{days}],"nextAvailable":{following}}}'.encode()


class _Texts(dict[datetime, str]):
    """Slots of one duration as JSON, kept, because every month of a business shows the same starts again and again."""

    def __init__(self, duration: timedelta) -> None:
        super().__init__()
        self._duration = duration

    def __missing__(self, start: datetime) -> str:
        if len(self) >= _MOST_TEXTS:
            self.clear()
        text = self[start] = f'{{"start":"{rfc3339(start)}","end":"{rfc3339(start + self._duration)}"}}'
        return text


@lru_cache(maxsize=16)
def _texts(duration: timedelta) -> _Texts:
    return _Texts(duration)


def _slots(found: Found, starts: Sequence[datetime], texts: _Texts) -> Iterable[str]:
    if not found.free and not found.seats:
        return map(texts.__getitem__, starts)
    return (f"{texts[start][:-1]}{_staff_ids(found, start)}{_seats_left(found, start)}}}" for start in starts)


def _staff_ids(found: Found, start: datetime) -> str:
    ids = '","'.join(map(str, found.free.get(start, ())))
    return f',"staffIds":["{ids}"]' if ids else ""


def _seats_left(found: Found, start: datetime) -> str:
    return f',"seatsLeft":{found.seats[start]}' if found.seats else ""
