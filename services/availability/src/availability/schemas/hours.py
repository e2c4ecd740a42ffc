"""What JSON comes in about hours: weekly ones, and those of single dates and seasons; and about closures."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from contracts.ids import StaffId
from plumbing.changes import ChangesBody, Sent
from plumbing.schemas import FIRST_YEAR, LAST_YEAR, Body, Count, LocalDate, LocalTime, Name, Reason
from scheduling.hours import Block, DayBlock, parse_local_time


class DayBlockIn(Body):
    """Hours within one date: local times."""

    start: LocalTime
    end: LocalTime

    @field_validator("start")
    @classmethod
    def _within_the_day(cls, start: str) -> str:
        if start == "24:00":
            raise ValueError("is the end of the day; a block that starts there belongs to the next day")
        return start

    @field_validator("end")
    @classmethod
    def _after_the_start(cls, end: str, info: ValidationInfo) -> str:
        if "start" in info.data and end <= info.data["start"]:
            raise ValueError("must be after the start; hours past midnight are two blocks")
        return end

    @property
    def minutes(self) -> tuple[int, int]:
        """Start and end as minutes of the day."""
        return parse_local_time(self.start), parse_local_time(self.end, end=True)

    def day_block(self) -> DayBlock:
        """The same, in minutes."""
        return DayBlock(*self.minutes)


class SeasonBlockIn(DayBlockIn):
    """One line of weekly hours: ISO weekday (Monday = 1), local times."""

    day_of_week: Annotated[Count, Field(ge=1, le=7)]

    def block(self) -> Block:
        """The same, in minutes."""
        return Block(self.day_of_week, *self.minutes)


class BlockIn(SeasonBlockIn):
    """One line of weekly hours: ISO weekday (Monday = 1), local times, dates (both inclusive) on which it counts."""

    valid_from: LocalDate | None = None
    valid_to: LocalDate | None = None

    @field_validator("valid_to")
    @classmethod
    def _not_before_it_counts(cls, valid_to: date | None, info: ValidationInfo) -> date | None:
        valid_from = info.data.get("valid_from")
        if valid_to is not None and valid_from is not None and valid_to < valid_from:
            raise ValueError("must not be before validFrom")
        return valid_to

    def block(self) -> Block:
        """The same, in minutes."""
        return Block(self.day_of_week, *self.minutes, self.valid_from, self.valid_to)


class HoursIn(Body):
    """All weekly hours of a staff member; `[]` means none."""

    blocks: Annotated[list[BlockIn], Field(max_length=200)]


class OverrideIn(Body):
    """All hours of a staff member on one date; `[]` means not working."""

    blocks: Annotated[list[DayBlockIn], Field(max_length=48)]
    reason: Reason = ""


class NewClosure(Body):
    """Local dates, both inclusive, on which the business is closed."""

    name: Name
    start_date: LocalDate
    end_date: LocalDate

    def fields(self) -> dict[str, Any]:
        """All fields."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class ClosureChanges(ChangesBody):
    """What is to be different."""

    name: Sent[Name] = None
    start_date: Sent[LocalDate] = None
    end_date: Sent[LocalDate] = None


class HolidaysIn(Body):
    """Whose public holidays, by ISO 3166-1 (two letters), and in which year."""

    country: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=2, max_length=2)]
    year: Annotated[Count, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


SeasonBlocks = Annotated[list[SeasonBlockIn], Field(max_length=200)]
SeasonStaff = Annotated[list[StaffId], Field(min_length=1, max_length=500)]


class NewSeason(Body):
    """Weekly hours that count on local dates, both inclusive; without `staffIds` for everybody."""

    name: Name
    start_date: LocalDate
    end_date: LocalDate
    blocks: SeasonBlocks
    staff_ids: SeasonStaff | None = None

    def fields(self) -> dict[str, Any]:
        """All fields, the blocks in minutes."""
        return {name: getattr(self, name) for name in type(self).model_fields} | _in_minutes(self.blocks)


class SeasonChanges(ChangesBody):
    """What is to be different. `staffIds` null means everybody; null is refused for everything else."""

    name: Sent[Name] = None
    start_date: Sent[LocalDate] = None
    end_date: Sent[LocalDate] = None
    blocks: Sent[SeasonBlocks] = None
    staff_ids: SeasonStaff | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were sent, the blocks in minutes."""
        sent = super().changes()
        return sent | (_in_minutes(sent["blocks"]) if "blocks" in sent else {})


def _in_minutes(blocks: list[SeasonBlockIn]) -> dict[str, Any]:
    return {"blocks": [block.block() for block in blocks]}
