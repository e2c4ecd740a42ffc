"""Internal requests of booking-public to appointments: strangers who wait for a seat or a time.

A wish has an id that the caller chose, and so can be sent again: it is in line once. What is offered is an appointment:
it is accepted by confirming that (`contracts.bookings`).
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from contracts.appointments import AppointmentDetails
from contracts.bookings import GuestCustomer
from contracts.ids import BusinessId, GroupSessionId, ServiceId, StaffId, WaitingId
from contracts.wire import Instant, Wire

LONGEST_WAIT = timedelta(days=100)


class WaitingState(StrEnum):
    """Where a wish is: the last three are final."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Wished(Wire):
    """What is waited for: a seat of the full session `sessionId`, or any time that starts from `from` and before `to`.

    Without `staffId` any staff member will do. What a client sends has stricter types of `from_at` and `to_at`.
    """

    service_id: ServiceId
    staff_id: StaffId | None = None
    session_id: GroupSessionId | None = None
    from_at: Annotated[Instant | None, Field(alias="from", validate_default=True)] = None
    to_at: Annotated[Instant | None, Field(alias="to", validate_default=True)] = None

    @field_validator("session_id")
    @classmethod
    def _has_its_own_staff(cls, session_id: GroupSessionId | None, info: ValidationInfo) -> GroupSessionId | None:
        if session_id is not None and info.data.get("staff_id") is not None:
            raise ValueError("cannot be sent together with staffId")
        return session_id

    @field_validator("from_at", "to_at")
    @classmethod
    def _either_a_session_or_a_span(cls, value: datetime | None, info: ValidationInfo) -> datetime | None:
        has_session = info.data.get("session_id") is not None
        if has_session and value is not None:
            raise ValueError("cannot be sent together with sessionId")
        if value is None and not has_session and "session_id" in info.data:
            raise ValueError("must be sent when sessionId is not")
        return value

    @field_validator("to_at")
    @classmethod
    def _a_span(cls, value: datetime | None, info: ValidationInfo) -> datetime | None:
        start = info.data.get("from_at")
        if value is not None and start is not None and not timedelta() < value - start <= LONGEST_WAIT:
            raise ValueError("must be after from, and at most 100 days after")
        return value

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """When the time may start; None for a seat of a session."""
        return None if self.from_at is None or self.to_at is None else (self.from_at, self.to_at)


class WaitRequest(Wished):
    """Get in line for a seat of the full session, or for any time of the service that starts in `[from, to)`.

    `staff_ids`: whom the booking page offers; None is everybody, an empty list nobody.
    """

    business_id: BusinessId
    id: WaitingId
    staff_ids: list[StaffId] | None = None
    customer: GuestCustomer


class WaitQuestion(Wire):
    """What has become of a wish of this business?"""

    business_id: BusinessId


class GuestWait(Wire):
    """A wish, with what was offered: pending until `offered_until`, or as it is since."""

    id: WaitingId
    service_id: ServiceId
    staff_id: StaffId | None
    session_id: GroupSessionId | None
    from_at: Instant = Field(alias="from")
    to_at: Instant = Field(alias="to")
    state: WaitingState
    offered_until: Instant | None
    appointment: AppointmentDetails | None
    created_at: Instant


class WaitAnswer(Wire):
    """The wish as it is now; or why it is none: what it names in vain, or what is in the way. Empty: there is none."""

    waiting: GuestWait | None = None
    unknown: list[Literal["serviceId", "staffId", "sessionId"]] = []
    refused: Literal["SeatsLeft", "AlreadyInSession", "AlreadyWaiting", "NotBookable"] | None = None
