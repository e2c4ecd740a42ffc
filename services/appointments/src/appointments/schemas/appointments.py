"""What is sent to book and change appointments, and what happened to them."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator

from appointments.domain import LONGEST_CLAIM
from appointments.queries import ActivityRow
from appointments.use_cases.book import Booking
from appointments.use_cases.customers import NewCustomer
from appointments.use_cases.update import Changes
from contracts.appointments import Change, Status
from contracts.ids import CustomerId, ServiceId, StaffId
from contracts.offers import Allowance
from contracts.wire import Instant, Wire
from plumbing.schemas import Body, Email, Flag, Name, Phone, Reason, Text, When

Allowances = Annotated[list[Allowance], Field(max_length=10)]
"""What the owner knowingly passes by."""


class CustomerIn(Body):
    """A customer, found by email, else by phone, else added."""

    name: Name
    email: Email | None = None
    phone: Phone | None = None


class ForCustomer(Body):
    """For whom: a customer who is known, or one who is to be found or added; one of them, or neither."""

    customer_id: CustomerId | None = None
    customer: CustomerIn | None = None

    @field_validator("customer")
    @classmethod
    def _only_one_customer(cls, customer: CustomerIn | None, info: ValidationInfo) -> CustomerIn | None:
        if customer is not None and info.data.get("customer_id") is not None:
            raise ValueError("cannot be sent together with customerId")
        return customer

    def wanted_customer(self) -> NewCustomer | CustomerId | None:
        """The same, for the use cases."""
        customer = self.customer and NewCustomer(self.customer.name, self.customer.email, self.customer.phone)
        return customer or self.customer_id


class Wanted(ForCustomer):
    """What to book, once or again and again."""

    service_id: ServiceId
    staff_id: StaffId | None = None
    start: When
    end: When | None = None
    notes: Text = ""
    status: Literal[Status.CONFIRMED, Status.PENDING] = Status.CONFIRMED

    @field_validator("end")
    @classmethod
    def _after_the_start(cls, end: datetime | None, info: ValidationInfo) -> datetime | None:
        if end is not None and "start" in info.data and end <= info.data["start"]:
            raise ValueError("must be after the start")
        if end is not None and "start" in info.data and end - info.data["start"] > LONGEST_CLAIM:
            raise ValueError("is more than 48 hours after the start")
        return end

    def booking(self) -> Booking:
        """What is booked besides the time."""
        return Booking(self.wanted_customer(), self.notes, self.status)


class NewAppointment(Wanted):
    """What to book. Without `staffId` whoever is free takes it; without `end` it is as long as its service."""

    allow: Allowances = []


class TimeChanges(Body):
    """What is to be different of an appointment but for its customer; what is absent or null stays."""

    start: When | None = None
    end: When | None = None
    staff_id: StaffId | None = None
    service_id: ServiceId | None = None
    notes: Text | None = None
    status: Status | None = None
    allow: Allowances = []

    def changes(self) -> Changes:
        """The same, for the use case."""
        return Changes(self.start, self.end, self.staff_id, self.service_id, self.notes, self.status)


class AppointmentChanges(TimeChanges, ForCustomer):
    """What is to be different; what is absent or null stays."""

    def changes(self) -> Changes:
        """The same, for the use case."""
        return replace(super().changes(), customer=self.wanted_customer())


class StatusChange(Body):
    """The status that the appointment is to have, and why.

    `askedByCustomer`: it is cancelled because the customer wants it, and their deposit follows the page's policy.
    """

    status: Status
    reason: Reason | None = None
    asked_by_customer: Flag = False

    def changes(self) -> Changes:
        """The same, for the use case."""
        reason, asked = self.reason or None, self.asked_by_customer
        return Changes(status=self.status, reason=reason, asked_by_customer=asked)


class ActorOut(Wire):
    """Who did it: a member, a guest, or a part of the system."""

    kind: str
    id: UUID | None
    name: str | None


class ActivityItem(Wire):
    """One thing that happened: for a change, the fields that differ, as they were and as they are."""

    at: Instant
    actor: ActorOut
    change: Change
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    revision: int
    cause: str | None


class Activity(Wire):
    """All that happened to an appointment, oldest first."""

    items: list[ActivityItem]

    @classmethod
    def of(cls, rows: list[ActivityRow]) -> Self:
        """The answer with these rows."""
        return cls(items=[ActivityItem.model_validate(row, from_attributes=True) for row in rows])
