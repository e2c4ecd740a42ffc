"""Internal requests of booking-public to appointments: what strangers hold, book, move and cancel.

Every request names what it is about by an id that the caller chose, and so can be sent again: it has one effect. What
is refused is an answer too, with what is in the way and what could be had instead.
"""

from typing import Annotated, Literal

from pydantic import Field

from contracts.alternatives import Alternative
from contracts.appointments import AppointmentDetails, Status
from contracts.ids import AppointmentId, BookingPageId, BusinessId, OwnerId, ServiceId, StaffId
from contracts.money import Money
from contracts.offers import ConflictDetails, Offer
from contracts.wire import Instant, Wire

LONGEST_HOLD_SECONDS = 3_600


class GuestWish(Wire):
    """What a guest wants. `staff_ids`: whom the booking page offers; None is everybody, an empty list nobody."""

    business_id: BusinessId
    service_id: ServiceId
    staff_id: StaffId | None = None
    staff_ids: list[StaffId] | None = None
    start: Instant


class HoldRequest(GuestWish):
    """Keep this time for so many seconds, for whoever knows the id."""

    id: OwnerId
    seconds: Annotated[int, Field(ge=1, le=LONGEST_HOLD_SECONDS)]


class Held(Wire):
    """A time that is kept until `expires_at`, and what would be booked: its one candidate is who was chosen."""

    id: OwnerId
    expires_at: Instant
    offer: Offer

    @property
    def staff_id(self) -> StaffId:
        """Who gives it."""
        return self.offer.candidates[0].staff_id


class Refusal(Wire):
    """Why it cannot be, by kinds alone; fields that name nothing of the business; and the nearest that could be."""

    conflicts: list[ConflictDetails] = []
    unknown: list[Literal["serviceId", "staffId"]] = []
    alternatives: list[Alternative] = []


class HoldAnswer(Wire):
    """What is held, or why nothing is."""

    held: Held | None = None
    refusal: Refusal | None = None


class ReleaseRequest(Wire):
    """Give back what is held under this id, if it still is."""

    business_id: BusinessId
    id: OwnerId


class Released(Wire):
    """Whether anything was held."""

    was_held: bool


class GuestCustomer(Wire):
    """Who books: found by email, else by phone, else added; what is known of them is never overwritten.

    `marketing_text` are the words that they agreed to; None when they did not.
    """

    name: str
    email: str | None = None
    phone: str | None = None
    marketing_text: str | None = None


class GuestBooking(GuestWish):
    """Book what is held under `hold_id`; when that has ended, the time as it is now, if it still costs `price`.

    The appointment has the id of the hold, or `id` when there was none any more. `seconds`: for so long it is kept, and
    then expires unless it is confirmed; None is for good.
    """

    id: AppointmentId
    hold_id: OwnerId
    customer: GuestCustomer
    notes: str = ""
    status: Literal[Status.PENDING, Status.CONFIRMED]
    seconds: Annotated[int, Field(ge=1, le=LONGEST_HOLD_SECONDS)] | None = None
    booking_page_id: BookingPageId
    price: Money


class BookingAnswer(Wire):
    """The appointment; or what it would cost now, when that is not what was agreed; or why it cannot be."""

    appointment: AppointmentDetails | None = None
    price: Money | None = None
    refusal: Refusal | None = None


class BookingQuestion(Wire):
    """What has become of an appointment of this business?"""

    business_id: BusinessId


class CancelRequest(BookingQuestion):
    """Cancel it, for this reason."""

    reason: str


class ConfirmRequest(BookingQuestion):
    """Keep it for good, as confirmed or pending: its deposit is paid."""

    status: Literal[Status.PENDING, Status.CONFIRMED]


class LengthenRequest(BookingQuestion):
    """Keep it until then, if it is only kept for less: its guest is paying."""

    until: Instant


class RescheduleRequest(BookingQuestion):
    """Move it; to the same staff member unless another is named. `staff_ids` as in a wish."""

    start: Instant
    staff_id: StaffId | None = None
    staff_ids: list[StaffId] | None = None


class ChangedAnswer(Wire):
    """The appointment as it is now; None when there is none. `is_over`: its status did not let it be changed."""

    appointment: AppointmentDetails | None = None
    is_over: bool = False
    refusal: Refusal | None = None
