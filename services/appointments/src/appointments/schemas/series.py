"""What is sent to make and change series, and what comes back."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator

from appointments.queries.series import SeriesDetails
from appointments.schemas.appointments import Wanted
from appointments.use_cases.series.change import Scope, SeriesChange
from appointments.use_cases.series.rule import Rule
from appointments.use_cases.series.skipped import Skipped
from appointments.use_cases.update import Changes
from contracts.appointments import Status
from contracts.ids import AppointmentId, BusinessId, ServiceId, StaffId
from contracts.offers import Allowance, OfferRequest
from plumbing.schemas import Body, Reason, Text, When

SeriesAllowance = Literal["outsideHours", "timeOff", "skipConflicts"]
Allowances = Annotated[list[SeriesAllowance], Field(max_length=10)]
"""What the owner knowingly passes by; with `skipConflicts` whatever cannot be booked is left out."""


def _rule_allowances(allow: list[SeriesAllowance]) -> frozenset[Allowance]:
    return frozenset(one for one in allow if one != "skipConflicts")


class NewSeriesBody(Wanted):
    """What to book again and again: `start` is the first of the times that `rrule` (RFC 5545) gives."""

    rrule: Annotated[str, StringConstraints(max_length=500)]
    allow: Allowances = []

    @field_validator("rrule")
    @classmethod
    def _understood(cls, rrule: str) -> str:
        return Rule.parse(rrule).text

    @property
    def skips(self) -> bool:
        """Whether occurrences that cannot be booked are left out."""
        return "skipConflicts" in self.allow

    def question(self, business_id: BusinessId, start: datetime) -> OfferRequest:
        """What availability is asked about the occurrence with this start; all of them are as long as the first."""
        return OfferRequest(
            business_id=business_id,
            service_id=self.service_id,
            staff_id=self.staff_id,
            start=start,
            end=None if self.end is None else start + (self.end - self.start),
            allow=_rule_allowances(self.allow),
        )


class SeriesChanges(Body):
    """What is to be different, and of which: this appointment, it and those that follow, or all to come.

    `start` and `end` are those of the appointment that is named; the others move as far by the wall clock and become
    as long. What is absent or null stays.
    """

    scope: Scope
    start: When | None = None
    end: When | None = None
    appointment_id: AppointmentId | None = None
    staff_id: StaffId | None = None
    service_id: ServiceId | None = None
    notes: Text | None = None
    status: Status | None = None
    reason: Reason | None = None
    allow: Allowances = []

    @property
    def skips(self) -> bool:
        """Whether appointments that cannot be had there stay as they are."""
        return "skipConflicts" in self.allow

    @property
    def rule_allowances(self) -> frozenset[Allowance]:
        """Which rules are passed by."""
        return _rule_allowances(self.allow)

    def change(self) -> SeriesChange:
        """The same, for the use case."""
        changes = Changes(
            self.start, self.end, self.staff_id, self.service_id, self.notes, self.status, self.reason or None
        )
        return SeriesChange(self.scope, self.appointment_id, changes)


class SeriesOutcome(SeriesDetails):
    """The series as it is now, and what could not be booked or moved and was left out."""

    skipped: list[Skipped]

    @classmethod
    def of(cls, series: SeriesDetails, skipped: list[Skipped]) -> Self:
        """The answer with both."""
        return cls.model_construct(**dict(series), skipped=skipped)
