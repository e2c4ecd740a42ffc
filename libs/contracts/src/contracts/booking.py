"""Events of booking-public: the pages on which strangers book, the codes they are sent, the deposits they pay."""

from typing import ClassVar, Literal
from uuid import UUID

from contracts.envelope import Event
from contracts.ids import (
    AppointmentId,
    BookingId,
    BookingPageId,
    DepositId,
    QuestionId,
    RefundId,
    ServiceId,
    StaffId,
)
from contracts.money import Money
from contracts.wire import Instant, Wire


class RefundPolicy(Wire):
    """What a guest gets back who cancels after the window: nothing, or a percentage of the deposit."""

    late: Literal["none", "percent"] = "none"
    percent: int | None = None


class Theme(Wire):
    """How a page looks: its accent colour as `#rrggbb`, a logo, and how round its corners are, in pixels."""

    accent: str
    logo_url: str | None = None
    radius: int | None = None


class IntakeQuestion(Wire):
    """What a guest is asked when booking this service, or any where it names none; `options` are those of a choice."""

    id: QuestionId
    service_id: ServiceId | None
    label: str
    kind: Literal["text", "choice", "checkbox"]
    options: list[str]
    required: bool


class SlugAlias(Wire):
    """A slug that the page had before; it leads there until then."""

    slug: str
    until: Instant


class BookingPageDetails(Wire):
    """A booking page. `service_ids` and `staff_ids`: null is all that there are, now and later; an empty list is none.

    `cancel_window_minutes` and `reschedule_window_minutes`: until so long before the start a guest may do it.
    `embed_origins`: the sites that may show the page in a frame.
    """

    id: BookingPageId
    slug: str
    aliases: list[SlugAlias]
    title: str
    description: str
    policy_text: str
    confirmation_text: str
    service_ids: list[ServiceId] | None
    staff_ids: list[StaffId] | None
    confirmation: Literal["manual", "automatic"]
    cancel_window_minutes: int
    reschedule_window_minutes: int
    refund_policy: RefundPolicy
    theme: Theme
    intake_questions: list[IntakeQuestion]
    embed_origins: list[str]
    locale: str
    active: bool
    archived: bool


class BookingPageChanged(Event):
    """A booking page was added, edited or removed."""

    type: ClassVar[str] = "booking_page.changed"
    source: ClassVar[str] = "booking-public"

    page: BookingPageDetails

    @property
    def subject(self) -> UUID:
        """The booking page."""
        return self.page.id


class BookingCodeRequested(Event):
    """A guest is to be sent a code that proves that the address is theirs: nobody could tell if they are a person.

    Without the code their time is free again at `expires_at`. It is a secret, and bound for one service: it is never
    offered to the owner's own systems, nor put on the live calendar.
    """

    type: ClassVar[str] = "booking.code_requested"
    source: ClassVar[str] = "booking-public"

    booking_id: BookingId
    appointment_id: AppointmentId
    name: str
    email: str
    locale: str
    code: str
    expires_at: Instant

    @property
    def subject(self) -> UUID:
        """The booking."""
        return self.booking_id


class PaymentDetails(Wire):
    """A deposit: what was asked for, what of it was taken and given back, and how far it is."""

    id: DepositId
    booking_id: BookingId
    appointment_id: AppointmentId
    state: Literal["open", "action", "processing", "authorised", "captured", "cancelled"]
    amount: Money
    captured: Money
    refunded: Money


class PaymentSucceeded(Event):
    """A deposit was taken."""

    type: ClassVar[str] = "payment.succeeded"
    source: ClassVar[str] = "booking-public"

    payment: PaymentDetails

    @property
    def subject(self) -> UUID:
        """The deposit."""
        return self.payment.id


class PaymentFailed(Event):
    """A card was declined, an authorisation was lost, a refund did not arrive, or a bank took a payment back.

    `code` is the provider's. `payable_until`: the appointment is kept, and its guest may pay with another card by the
    link that they have, until then; after that it is cancelled.
    """

    type: ClassVar[str] = "payment.failed"
    source: ClassVar[str] = "booking-public"

    payment: PaymentDetails
    reason: Literal["declined", "not_captured", "not_refunded", "disputed"]
    code: str | None = None
    payable_until: Instant | None = None

    @property
    def subject(self) -> UUID:
        """The deposit."""
        return self.payment.id


class PaymentRefunded(Event):
    """A refund is on the guest's card."""

    type: ClassVar[str] = "payment.refunded"
    source: ClassVar[str] = "booking-public"

    payment: PaymentDetails
    refund_id: RefundId
    refund: Money

    @property
    def subject(self) -> UUID:
        """The deposit."""
        return self.payment.id
