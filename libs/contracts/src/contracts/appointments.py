"""Events of appointments: what is booked, and which time is taken."""

from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from contracts.envelope import Event
from contracts.ids import (
    AppointmentId,
    BookableId,
    BookingPageId,
    BusinessId,
    CustomerId,
    GroupSessionId,
    OwnerId,
    ServiceId,
    StaffId,
    WaitingId,
)
from contracts.money import Money
from contracts.offers import OfferBasis
from contracts.wire import Instant, Wire


class Status(StrEnum):
    """Where an appointment is in its life."""

    PENDING = "PENDING"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"
    COMPLETED = "COMPLETED"
    NO_SHOW = "NO_SHOW"


class Source(StrEnum):
    """Who made the appointment: somebody of the business, or a guest on a booking page."""

    INTERNAL = "internal"
    PUBLIC = "public"


class Change(StrEnum):
    """What happened to an appointment."""

    CREATED = "created"
    RESCHEDULED = "rescheduled"
    RESIZED = "resized"
    REASSIGNED = "reassigned"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    NO_SHOW = "noShow"
    EXPIRED = "expired"
    DETAILS = "details"
    DELETED = "deleted"


class CustomerDetails(Wire):
    """The customer as the appointment shows them."""

    id: CustomerId
    name: str
    email: str | None = None
    phone: str | None = None


class AppointmentDetails(Wire):
    """An appointment: the same shape in the HTTP answers, the events and on the live calendar."""

    id: AppointmentId
    business_id: BusinessId
    staff_id: StaffId
    service_id: ServiceId
    customer_id: CustomerId | None
    booking_page_id: BookingPageId | None = None
    series_id: UUID | None = None
    session_id: UUID | None = None
    start: Instant
    end: Instant
    timezone: str
    status: Status
    notes: str
    source: Source
    service_name: str
    staff_name: str
    customer: CustomerDetails | None
    price: Money
    buffer_before_minutes: int
    buffer_after_minutes: int
    resource_ids: list[UUID] = []
    expires_at: Instant | None = None
    cancellation_reason: str | None = None
    created_at: Instant
    updated_at: Instant
    revision: int

    @property
    def calendar_uid(self) -> str:
        """What every calendar knows it by, be it from a feed, a mail or a booking page (UID of RFC 5545)."""
        return f"{self.id}@sundial"

    @property
    def calendar_sequence(self) -> int:
        """Which version of the entry it is, from 0 (SEQUENCE of RFC 5545)."""
        return self.revision - 1


class _AppointmentEvent(Event):
    source: ClassVar[str] = "appointments"

    appointment: AppointmentDetails

    @property
    def subject(self) -> UUID:
        """The appointment."""
        return self.appointment.id


class AppointmentCreated(_AppointmentEvent):
    """An appointment was made. `imported`: it was brought along from elsewhere, and is news to nobody who comes."""

    type: ClassVar[str] = "appointment.created"

    imported: bool = False


class AppointmentUpdated(_AppointmentEvent):
    """An appointment was changed; `before` holds the changed fields as they were.

    `asked_by_customer`: whoever cancelled it says that the customer wanted it to be; else that is the business's own.
    """

    type: ClassVar[str] = "appointment.updated"

    change: Change
    before: dict[str, Any]
    asked_by_customer: bool = False


class AppointmentDeleted(_AppointmentEvent):
    """An appointment was deleted; the snapshot is its last."""

    type: ClassVar[str] = "appointment.deleted"


class CustomerErased(Event):
    """A customer is to be forgotten: whoever keeps a name, an address or a number of theirs lets it go."""

    type: ClassVar[str] = "customer.erased"
    source: ClassVar[str] = "appointments"

    customer_id: CustomerId

    @property
    def subject(self) -> UUID:
        """The customer."""
        return self.customer_id


class ClaimDetails(Wire):
    """Time taken on one bookable: the buffered window, until `expires_at` where it is a hold.

    So many minutes of it are before and after what was booked.
    """

    bookable_id: BookableId
    start: Instant
    end: Instant
    expires_at: Instant | None = None
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0


class SessionSeats(Wire):
    """A group session: when and by whom it is given (without buffers), and how many of its seats are taken."""

    service_id: ServiceId
    staff_id: StaffId
    start: Instant
    end: Instant
    capacity: int
    seats_taken: int


class ClaimsChanged(Event):
    """The claims of this owner are now exactly these; none means its time is free.

    `session` is there when the owner is a group session, also when it has just been closed. `basis` is that of the
    offer by which this time was taken just now; there is none when no time was taken anew.
    """

    type: ClassVar[str] = "claims.changed"
    source: ClassVar[str] = "appointments"

    owner_id: OwnerId
    claims: list[ClaimDetails]
    session: SessionSeats | None = None
    basis: OfferBasis | None = None

    @property
    def subject(self) -> UUID:
        """The owner of the claims."""
        return self.owner_id


class SessionDetails(Wire):
    """A group session: one time of a service, given by one staff member, that many customers join.

    `planned`: opened ahead by somebody of the business, and open until it is deleted; any other one is closed when its
    last seat is given back. `expiresAt` is set while every seat of it waits for a deposit.
    """

    id: GroupSessionId
    business_id: BusinessId
    service_id: ServiceId
    staff_id: StaffId
    resource_ids: list[UUID]
    start: Instant
    end: Instant
    timezone: str
    buffer_before_minutes: int
    buffer_after_minutes: int
    service_name: str
    staff_name: str
    price: Money
    capacity: int
    seats_taken: int
    planned: bool
    expires_at: Instant | None = None
    created_at: Instant
    updated_at: Instant
    revision: int


class WaitingListOffered(Event):
    """The first in line is offered a time, or a seat: a pending appointment that is theirs until `expires_at`."""

    type: ClassVar[str] = "waiting_list.offered"
    source: ClassVar[str] = "appointments"

    waiting_id: WaitingId
    appointment: AppointmentDetails
    expires_at: Instant

    @property
    def subject(self) -> UUID:
        """The wish on the waiting list."""
        return self.waiting_id
