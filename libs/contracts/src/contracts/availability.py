"""Events of availability: the catalogue and the hours."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from contracts.envelope import Event
from contracts.ids import AppointmentId, ResourceId, ServiceId, StaffId, TimeOffId
from contracts.money import Money
from contracts.offers import ConflictDetails
from contracts.wire import Instant, Wire


class Deposit(Wire):
    """What is due when booking: nothing, a fixed amount, a percentage of the price, or all of it."""

    kind: Literal["none", "fixed", "percent", "full"] = "none"
    amount: Money | None = None
    percent: int | None = None


class ResourceNeed(Wire):
    """So many units of a kind of resource."""

    kind: str
    quantity: int


class ServiceDetails(Wire):
    """A service as it is sold."""

    id: ServiceId
    name: str
    description: str
    category: str | None
    color: str
    duration_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    slot_interval_minutes: int
    price: Money
    deposit: Deposit
    min_notice_minutes: int
    max_advance_days: int
    capacity: int
    resource_needs: list[ResourceNeed]
    staff_ids: list[StaffId]
    active: bool
    archived: bool


class ServiceChanged(Event):
    """A service was added, edited or archived, or who offers it changed."""

    type: ClassVar[str] = "service.changed"
    source: ClassVar[str] = "availability"

    service: ServiceDetails
    created_at: Instant | None = None
    updated_at: Instant | None = None

    @property
    def subject(self) -> UUID:
        """The service."""
        return self.service.id


class StaffDetails(Wire):
    """A staff member as others may know them."""

    id: StaffId
    name: str
    email: str | None
    phone: str | None
    color: str
    title: str | None
    specializations: list[str]
    active: bool
    archived: bool


class StaffChanged(Event):
    """A staff member was added, edited or archived."""

    type: ClassVar[str] = "staff.changed"
    source: ClassVar[str] = "availability"

    staff: StaffDetails
    created_at: Instant | None = None
    updated_at: Instant | None = None

    @property
    def subject(self) -> UUID:
        """The staff member."""
        return self.staff.id


class ResourceDetails(Wire):
    """One unit of a kind of resource: a room, a machine."""

    id: ResourceId
    name: str
    kind: str
    active: bool
    archived: bool


class ResourceChanged(Event):
    """A unit was added, edited or archived."""

    type: ClassVar[str] = "resource.changed"
    source: ClassVar[str] = "availability"

    resource: ResourceDetails
    created_at: Instant | None = None
    updated_at: Instant | None = None

    @property
    def subject(self) -> UUID:
        """The unit."""
        return self.resource.id


class HoursChanged(Event):
    """The hours of a staff member are now different; whoever shows them reads them again."""

    type: ClassVar[str] = "hours.changed"
    source: ClassVar[str] = "availability"

    staff_id: StaffId

    @property
    def subject(self) -> UUID:
        """The staff member, so that hours and staff member keep one order."""
        return self.staff_id


class Weekly(Wire):
    """Again in every week, at the same time on the wall; the last one begins on the local date `until` or before it."""

    until: date | None = None


class TimeOffDetails(Wire):
    """A time during which a staff member does not work: once, or the first of those of every week."""

    id: TimeOffId
    staff_id: StaffId
    start: Instant
    end: Instant
    reason: str
    weekly: Weekly | None


class _TimeOffEvent(Event):
    source: ClassVar[str] = "availability"

    time_off: TimeOffDetails
    created_at: Instant | None = None
    updated_at: Instant | None = None

    @property
    def subject(self) -> UUID:
        """The time off."""
        return self.time_off.id


class TimeOffAdded(_TimeOffEvent):
    """Somebody has time off."""

    type: ClassVar[str] = "time_off.added"


class TimeOffUpdated(_TimeOffEvent):
    """Time off is now at another time, somebody else's, or has another reason."""

    type: ClassVar[str] = "time_off.updated"


class TimeOffRemoved(_TimeOffEvent):
    """Time off was taken back; the snapshot is its last."""

    type: ClassVar[str] = "time_off.removed"


class AppointmentConflicted(Event):
    """An appointment was booked while the hours or the time off became other ones, and does not fit them.

    It stands. `is_session`: what is named is no appointment but a group session.
    """

    type: ClassVar[str] = "appointment.conflicted"
    source: ClassVar[str] = "availability"

    appointment_id: AppointmentId
    staff_id: StaffId
    conflicts: list[ConflictDetails]
    is_session: bool = False

    @property
    def subject(self) -> UUID:
        """The appointment."""
        return self.appointment_id
