"""When staff work: weekly hours, and what other hours there are on some dates."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.ids import BusinessId, ClosureId, SeasonId, StaffId
from contracts.wire import Instant, Wire
from plumbing.problems import FieldError, Invalid
from scheduling.hours import Block, DayBlock, format_local_time, parse_local_time

_WEEK = 7


class HoursBlock(Wire):
    """One line of weekly hours as people write it: local times, and the dates (both inclusive) on which it counts."""

    day_of_week: int
    start: str
    end: str
    valid_from: date | None
    valid_to: date | None

    @classmethod
    def of(cls, block: Block) -> "HoursBlock":
        """The same, as people write it."""
        return cls(
            day_of_week=block.day_of_week,
            start=format_local_time(block.start),
            end=format_local_time(block.end),
            valid_from=block.valid_from,
            valid_to=block.valid_to,
        )


class WeeklyHours(Wire):
    """All weekly hours of a staff member. They have a revision of their own, beside the staff member's."""

    staff_id: StaffId
    blocks: list[HoursBlock]
    revision: int

    @classmethod
    def of(cls, staff_id: StaffId, blocks: Iterable[Block], revision: int) -> "WeeklyHours":
        """These blocks, in this order."""
        return cls(staff_id=staff_id, blocks=[HoursBlock.of(block) for block in blocks], revision=revision)


class DayHours(Wire):
    """Hours within one date, as local times."""

    start: str
    end: str

    @classmethod
    def of(cls, block: DayBlock) -> "DayHours":
        """The same, as people write it."""
        return cls(start=format_local_time(block.start), end=format_local_time(block.end))


class Override(Wire):
    """Other hours of one staff member on one local date; no blocks = not working."""

    staff_id: StaffId
    on: Annotated[date, Field(alias="date")]
    blocks: list[DayHours]
    reason: str
    updated_at: Instant
    revision: int


class Closure(Wire):
    """Local dates, both inclusive, on which the whole business is closed; `estimated`: the dates may yet move."""

    id: ClosureId
    business_id: BusinessId
    name: str
    start_date: date
    end_date: date
    estimated: bool
    created_at: Instant
    updated_at: Instant
    revision: int


class SeasonBlock(Wire):
    """One line of the weekly hours of a season."""

    day_of_week: int
    start: str
    end: str

    @classmethod
    def of(cls, block: Block) -> "SeasonBlock":
        """The same, as people write it."""
        return cls(
            day_of_week=block.day_of_week, start=format_local_time(block.start), end=format_local_time(block.end)
        )

    def block(self) -> Block:
        """The same, in minutes."""
        return Block(self.day_of_week, parse_local_time(self.start), parse_local_time(self.end, end=True))


class Season(Wire):
    """Weekly hours that count on local dates, both inclusive, instead of undated ones; `staffIds` null = all."""

    id: SeasonId
    business_id: BusinessId
    name: str
    start_date: date
    end_date: date
    blocks: list[SeasonBlock]
    staff_ids: list[StaffId] | None
    created_at: Instant
    updated_at: Instant
    revision: int


def refuse_overlaps(blocks: Sequence[Block]) -> None:
    """Raise Invalid for every block that overlaps an earlier one of the list on some date."""
    _refuse_pairs(blocks, overlap)


def refuse_overlaps_of_day(blocks: Sequence[DayBlock]) -> None:
    """Raise Invalid for every block that overlaps an earlier one of the same date."""
    _refuse_pairs(blocks, _same_time)


def overlap(one: Block, other: Block) -> bool:
    """Whether both hold at the same local time of some date. Blocks that touch do not."""
    return one.day_of_week == other.day_of_week and _same_time(one, other) and _share_a_date(one, other)


def seasons_meet(one: Season, other: Season) -> bool:
    """Whether both say what the hours of somebody are on some date."""
    same_dates = one.start_date <= other.end_date and other.start_date <= one.end_date
    if one.staff_ids is None or other.staff_ids is None:
        return same_dates
    return same_dates and not set(one.staff_ids).isdisjoint(other.staff_ids)


def _refuse_pairs[B](blocks: Sequence[B], meet: Callable[[B, B], bool]) -> None:
    errors: list[FieldError] = []
    for position, block in enumerate(blocks):
        other = next((at for at, earlier in enumerate(blocks[:position]) if meet(earlier, block)), None)
        if other is not None:
            errors.append(FieldError(pointer=f"/blocks/{position}", detail=f"overlaps /blocks/{other}"))
    if errors:
        raise Invalid(errors)


def _same_time(one: Block | DayBlock, other: Block | DayBlock) -> bool:
    return one.start < other.end and other.start < one.end


def _share_a_date(one: Block, other: Block) -> bool:
    """Whether one of their weekdays lies within the dates of both."""
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    wait = (one.day_of_week - first.isoweekday()) % _WEEK
    return (last - first).days >= wait
