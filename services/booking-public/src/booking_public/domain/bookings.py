"""A guest's attempt to book: how far it is, under which terms it was made, and the problems that a guest can meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid5

from contracts.appointments import AppointmentDetails
from contracts.booking import RefundPolicy
from contracts.bookings import Held
from contracts.ids import AppointmentId, BookingId, BookingPageId, BusinessId, OwnerId, ServiceId, StaffId
from contracts.money import Money
from contracts.wire import Instant, Wire
from plumbing.problems import BadRequest, FieldError, Invalid, Problem, ServiceUnavailable

HOLD_LIFE = timedelta(minutes=5)
"""For so long a time is held for a guest who fills in the form."""

DEPOSIT_LIFE = timedelta(minutes=10)
"""For so long an appointment waits for its deposit."""

PAYING_LIFE = timedelta(minutes=20)
"""For so long at most since it was asked for, when the bank asks the guest something or takes its time."""

UNPAID_LIFE = timedelta(hours=24)
"""For so long a kept appointment waits for another card when its deposit could not be taken."""

LINK_LIFE = timedelta(hours=24)
"""So long after the start a manage link still shows the appointment."""


BY_GUEST = "cancelled by the guest"
"""Why an appointment is cancelled whose guest did it by the link."""


class BookingState(StrEnum):
    """How far an attempt is; the last two are final."""

    RECEIVED = "received"
    HELD = "held"
    AWAITING_PAYMENT = "awaitingPayment"
    AWAITING_CODE = "awaitingCode"
    """It has its appointment for as long as the code is good that its guest was sent."""
    UNPAID = "unpaid"
    """It has its appointment, but its deposit could not be taken; the guest may pay with another card for a while."""
    CONFIRMED = "confirmed"
    """It has its appointment, which the owner may still have to confirm."""
    FAILED = "failed"


class HoldState(StrEnum):
    """How far a hold is."""

    RECEIVED = "received"
    HELD = "held"
    USED = "used"
    """A booking goes on with it."""
    ENDED = "ended"
    REFUSED = "refused"


class SlotTaken(Problem):
    """Someone has just taken this time."""

    status = 409

    def __init__(self, *, conflicts: Sequence[Mapping[str, Any]], alternatives: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(conflicts=list(conflicts), alternatives=list(alternatives))


class NotBookable(Problem):
    """This time cannot be booked."""

    status = 409

    def __init__(self, *, conflicts: Sequence[Mapping[str, Any]], alternatives: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(conflicts=list(conflicts), alternatives=list(alternatives))


class PriceChanged(Problem):
    """The price is another one than you were shown."""

    status = 409

    def __init__(self, price: Mapping[str, Any] | None = None) -> None:
        super().__init__(price=price)


class BookingEnded(Problem):
    """This booking was not paid in time, and its time is free again."""

    status = 409


class TooLate(Problem):
    """It is too late to do this online; please contact the business."""

    status = 409

    def __init__(self, until: str, policy: Mapping[str, Any]) -> None:
        super().__init__(until=until, policy=policy)


class NothingToPay(Problem):
    """Nothing has to be paid for this appointment, or it is paid already."""

    status = 409


class AlreadyOver(Problem):
    """This appointment is cancelled or over."""

    status = 409


class CaptchaFailed(BadRequest):
    """Please solve the captcha again."""


class CaptchaUnavailable(ServiceUnavailable):
    """We cannot tell people from programs right now; please try again in a few minutes."""


class Guest(Wire):
    """Who books, as they wrote it: email in lower case, phone in E.164. `marketing_text`: what they agreed to."""

    name: str
    email: str
    phone: str | None = None
    marketing_text: str | None = None


class Terms(Wire):
    """What the page promised when the guest booked; a later edit of the page changes nothing about it."""

    is_automatic: bool
    cancel_window_minutes: int
    reschedule_window_minutes: int
    refund_policy: RefundPolicy
    policy_text: str
    staff_ids: list[StaffId] | None

    def cancel_until(self, start: datetime) -> datetime:
        """Until then a guest may cancel."""
        return start - timedelta(minutes=self.cancel_window_minutes)

    def reschedule_until(self, start: datetime) -> datetime:
        """Until then a guest may move it."""
        return start - timedelta(minutes=self.reschedule_window_minutes)

    def shown(self) -> dict[str, Any]:
        """The policy, for guests."""
        return {
            "text": self.policy_text,
            "cancelWindowMinutes": self.cancel_window_minutes,
            "rescheduleWindowMinutes": self.reschedule_window_minutes,
            "refund": self.refund_policy.model_dump(mode="json", exclude_none=True),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One attempt. `hold_id` is that of a hold which the guest had, or the id of the attempt itself."""

    business_id: BusinessId
    id: BookingId
    page_id: BookingPageId
    state: BookingState
    service_id: ServiceId
    staff_id: StaffId | None
    start_at: datetime
    hold_id: OwnerId
    spare_id: AppointmentId
    appointment_id: AppointmentId | None
    customer: Guest | None
    notes: str
    timezone: str
    locale: str
    quoted_price: Money | None
    price: Money | None
    deposit: Money | None
    terms: Terms
    is_unproven: bool
    answer: Mapping[str, Any] | None
    lost: Mapping[str, Any] | None
    """The problem that a guest meets who paid when the time had run out, and somebody else had it."""
    expires_at: datetime | None
    fingerprint: bytes
    salt: bytes

    @property
    def rebooking_id(self) -> AppointmentId:
        """Of the appointment that is made when it is paid after its time had run out: no other request has this id."""
        return AppointmentId(uuid5(self.id, "rebooking"))

    @property
    def is_answered(self) -> bool:
        """Whether a guest who asks again is told what was told before."""
        return self.answer is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestHold:
    """A time that a guest holds, or asked for."""

    business_id: BusinessId
    id: OwnerId
    page_id: BookingPageId
    state: HoldState
    service_id: ServiceId
    staff_id: StaffId | None
    start_at: datetime
    held: Held | None
    refusal: Mapping[str, Any] | None
    expires_at: datetime
    fingerprint: bytes
    salt: bytes


class GuestAppointment(Wire):
    """An appointment as whoever booked it sees it; nothing that the business knows of its customers."""

    id: AppointmentId
    booking_page_id: BookingPageId | None
    staff_id: StaffId
    service_id: ServiceId
    service_name: str
    staff_name: str
    start: Instant
    end: Instant
    timezone: str
    status: str
    price: Money
    expires_at: Instant | None
    cancellation_reason: str | None
    revision: int

    @classmethod
    def of(cls, appointment: AppointmentDetails) -> "GuestAppointment":
        """The part of it that guests may see."""
        return cls(**{name: getattr(appointment, name) for name in cls.model_fields})


_BUSY = frozenset({"staffBusy", "resourceBusy", "full"})


def problem_of(answer: Mapping[str, Any]) -> Problem:
    """The problem that is kept as an answer."""
    fields = dict(answer)
    code = fields.pop("code")
    if code == "Invalid":
        return Invalid([FieldError(pointer=f"/{one}", detail="is not offered here") for one in fields["unknown"]])
    if code == "PriceChanged":
        return PriceChanged(fields["price"])
    if code == "BookingEnded":
        return BookingEnded()
    return (SlotTaken if code == "SlotTaken" else NotBookable)(**fields)


def code_of(conflict_kinds: Sequence[str]) -> str:
    """SlotTaken when somebody else has the time and that is all, else NotBookable."""
    return "SlotTaken" if all(kind in _BUSY for kind in conflict_kinds) else "NotBookable"
