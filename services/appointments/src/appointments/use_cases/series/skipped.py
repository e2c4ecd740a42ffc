"""Occurrences that cannot be booked: said of all of them at once, or left out knowingly."""

from collections.abc import Sequence

from appointments.domain import refusal
from contracts.ids import AppointmentId
from contracts.offers import ConflictDetails
from contracts.wire import Instant, Wire
from plumbing.problems import Problem


class Skipped(Wire):
    """A start that an occurrence cannot have, and why; with `appointmentId` when there is one, which stays put."""

    start: Instant
    conflicts: list[ConflictDetails]
    appointment_id: AppointmentId | None = None


def series_refusal(skipped: Sequence[Skipped]) -> Problem:
    """SlotTaken when others have all of these times, else NotBookable; `conflicts` has one entry an occurrence."""
    problem = refusal([conflict for one in skipped for conflict in one.conflicts])
    problem.fields["conflicts"] = [one.model_dump(mode="json", exclude_none=True) for one in skipped]
    return problem
