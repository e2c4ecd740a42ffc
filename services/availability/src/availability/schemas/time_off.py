"""What JSON comes in about time off."""

from typing import Any

from contracts.availability import Weekly
from contracts.ids import StaffId
from plumbing.changes import ChangesBody, Sent
from plumbing.schemas import Body, LocalDate, Reason, When


class WeeklyIn(Body):
    """Again in every week; the last one begins on this local date or before it, null = it does not end."""

    until: LocalDate | None = None


class NewTimeOff(Body):
    """A time during which a staff member does not work."""

    staff_id: StaffId
    start: When
    end: When
    reason: Reason = ""
    weekly: WeeklyIn | None = None

    def fields(self) -> dict[str, Any]:
        """All fields."""
        return {name: getattr(self, name) for name in type(self).model_fields} | {"weekly": _weekly(self.weekly)}


class TimeOffChanges(ChangesBody):
    """What is to be different. `weekly` null means only once; null is refused for everything else."""

    staff_id: Sent[StaffId] = None
    start: Sent[When] = None
    end: Sent[When] = None
    reason: Sent[Reason] = None
    weekly: WeeklyIn | None = None

    def changes(self) -> dict[str, Any]:
        """The fields that were sent."""
        sent = super().changes()
        return sent | ({"weekly": _weekly(self.weekly)} if "weekly" in sent else {})


def _weekly(sent: WeeklyIn | None) -> Weekly | None:
    return None if sent is None else Weekly(until=sent.until)
