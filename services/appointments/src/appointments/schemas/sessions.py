"""What is sent to open and change group sessions, and a session with its seats."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator

from appointments.schemas.appointments import Allowances
from appointments.use_cases.change_session import SessionChanges
from contracts.appointments import AppointmentDetails, SessionDetails
from contracts.ids import ServiceId, StaffId
from plumbing.schemas import Body, Count, When

Seats = Annotated[Count, Field(ge=1, le=500)]
"""How many customers there is room for."""


class NewSession(Body):
    """A session to open ahead. Without `staffId` whoever is free gives it; without `capacity` as for its service."""

    service_id: ServiceId
    staff_id: StaffId | None = None
    start: When
    end: When | None = None
    capacity: Seats | None = None
    allow: Allowances = []

    @field_validator("end")
    @classmethod
    def _after_the_start(cls, end: datetime | None, info: ValidationInfo) -> datetime | None:
        if end is not None and "start" in info.data and end <= info.data["start"]:
            raise ValueError("must be after the start")
        return end


class SessionEdit(Body):
    """What is to be different; what is absent or null stays. The session and its seats stay as long as they are."""

    start: When | None = None
    staff_id: StaffId | None = None
    capacity: Seats | None = None
    allow: Allowances = []

    def changes(self) -> SessionChanges:
        """The same, for the use case."""
        return SessionChanges(self.start, self.staff_id, self.capacity)


class SessionWithSeats(SessionDetails):
    """A session and all that was booked in it, cancelled ones too, in the order of booking."""

    seats: list[AppointmentDetails]

    @classmethod
    def of(cls, session: SessionDetails, seats: list[AppointmentDetails]) -> Self:
        """These together."""
        fields = {name: getattr(session, name) for name in SessionDetails.model_fields}
        return cls.model_construct(**fields, seats=seats)
