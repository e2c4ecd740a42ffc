"""The local dates that an answer shows, in a zone that need not be the business's, and what lies on them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from scheduling.conflicts import DAY
from scheduling.hours import LATEST, dates, local_date, local_seconds, stretches
from scheduling.intervals import Pair

LAST_DATE = LATEST - DAY * 7
"""The last date that can be searched: a search looks at a few days more than it shows."""

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Dates:
    """The local dates `first` to `last` of a zone, both inclusive."""

    zone: str
    first: date
    last: date

    def following(self, days: int) -> "Dates":
        """The next so many dates, up to the last that can be searched."""
        return Dates(self.zone, self.last + DAY, min(self.last + DAY * days, LAST_DATE))

    def seen_from(self, zone: str) -> "Dates":
        """The dates of another zone that have all the instants of these; they may have more."""
        if zone == self.zone:
            return self
        offsets = [part.offset for part in stretches(self.zone, self.first, self.last)]
        start = _instant(local_seconds(self.first) - max(offsets))
        end = _instant(local_seconds(self.last + DAY) - min(offsets))
        return Dates(zone, local_date(start, zone), local_date(end - _SECOND, zone))


def by_date(starts: Sequence[datetime], shown: Dates) -> list[tuple[date, Sequence[datetime]]]:
    """Every date of `shown`, with those of the ascending `starts` that lie on it."""
    return [(on, _within(starts, pieces)) for on, pieces in _pieces_of(shown)]


def _within(starts: Sequence[datetime], pieces: Sequence[Pair[datetime]]) -> Sequence[datetime]:
    found = [starts[bisect_left(starts, start) : bisect_left(starts, end)] for start, end in pieces]
    return found[0] if len(found) == 1 else [start for part in found for start in part]


@lru_cache(maxsize=256)
def _pieces_of(shown: Dates) -> tuple[tuple[date, tuple[Pair[datetime], ...]], ...]:
    """The pieces of time that are each date: none where the zone skips it, several where midnight comes twice."""
    parts = stretches(shown.zone, shown.first, shown.last)
    found: list[tuple[date, tuple[Pair[datetime], ...]]] = []
    for on in dates(shown.first, shown.last):
        midnight, next_midnight = local_seconds(on), local_seconds(on + DAY)
        pieces = [(max(a, midnight - offset), min(b, next_midnight - offset)) for a, b, offset in parts]
        found.append((on, tuple((_instant(start), _instant(end)) for start, end in pieces if start < end)))
    return tuple(found)


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
