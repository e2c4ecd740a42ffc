"""What JSON comes in about staff and their weekly hours."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator

from availability.schemas.sent import ChangesBody, Sent
from plumbing.schemas import Body, Color, Count, Email, Flag, LocalDate, LocalTime, Name, Phone, Word
from scheduling.hours import Block, parse_local_time

DEFAULT_COLOR = "#2b6cb0"

Specializations = Annotated[list[Name], Field(max_length=50)]


class NewStaffMember(Body):
    """Somebody who can be booked."""

    name: Name
    email: Email | None = None
    phone: Phone | None = None
    color: Color = DEFAULT_COLOR
    title: Word | None = None
    specializations: Specializations = []
    active: Flag = True

    def fields(self) -> dict[str, Any]:
        """All fields."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class StaffChanges(ChangesBody):
    """What is to be different. Null clears email, phone and title, and is refused for everything else."""

    name: Sent[Name] = None
    email: Email | None = None
    phone: Phone | None = None
    color: Sent[Color] = None
    title: Word | None = None
    specializations: Sent[Specializations] = None
    active: Sent[Flag] = None


class BlockIn(Body):
    """One line of weekly hours: ISO weekday (Monday = 1), local times, dates (both inclusive) on which it counts."""

    day_of_week: Annotated[Count, Field(ge=1, le=7)]
    start: LocalTime
    end: LocalTime
    valid_from: LocalDate | None = None
    valid_to: LocalDate | None = None

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

    @field_validator("valid_to")
    @classmethod
    def _not_before_it_counts(cls, valid_to: date | None, info: ValidationInfo) -> date | None:
        valid_from = info.data.get("valid_from")
        if valid_to is not None and valid_from is not None and valid_to < valid_from:
            raise ValueError("must not be before validFrom")
        return valid_to

    def block(self) -> Block:
        """The same, in minutes."""
        start, end = parse_local_time(self.start), parse_local_time(self.end, end=True)
        return Block(self.day_of_week, start, end, self.valid_from, self.valid_to)


class HoursIn(Body):
    """All weekly hours of a staff member; `[]` means none."""

    blocks: Annotated[list[BlockIn], Field(max_length=200)]
