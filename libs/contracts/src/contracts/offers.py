"""Internal requests: the offer that appointments asks availability for, and the conflicts that refuse one."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.ids import AppointmentId, BusinessId, GroupSessionId, ResourceId, ServiceId, StaffId
from contracts.money import Money
from contracts.wire import Instant, Wire

ConflictKind = Literal[
    "outsideHours",
    "timeOff",
    "staffBusy",
    "resourceBusy",
    "notice",
    "horizon",
    "offGrid",
    "inactive",
    "full",
]
Allowance = Literal["outsideHours", "timeOff"]
"""What an owner may knowingly pass by."""

MOST_OFFERS = 100
"""So many can be asked for at once."""


def _is_null(value: object) -> bool:
    return value is None


_Unless = Field(exclude_if=_is_null)
"""A member that is left out when there is nothing to say."""


class ConflictDetails(Wire):
    """One reason why a start cannot be booked."""

    kind: ConflictKind
    detail: str
    start: Annotated[Instant | None, _Unless] = None
    end: Annotated[Instant | None, _Unless] = None
    staff_id: Annotated[StaffId | None, _Unless] = None
    appointment_id: Annotated[AppointmentId | None, _Unless] = None
    resource_kind: Annotated[str | None, _Unless] = None
    session_id: Annotated[GroupSessionId | None, _Unless] = None


class OfferRequest(Wire):
    """May this be booked, by the rules that availability owns (1-3, and 6-8 for a guest)?

    Without `staff_id` every staff member who offers the service is a candidate; without `end` the service's own
    duration counts.
    """

    business_id: BusinessId
    service_id: ServiceId
    staff_id: StaffId | None = None
    start: Instant
    end: Instant | None = None
    guest: bool = False
    allow: frozenset[Allowance] = frozenset()


class Candidate(Wire):
    """A staff member who could take it."""

    staff_id: StaffId
    staff_name: str


class ResourceChoice(Wire):
    """So many of these units are needed."""

    kind: str
    quantity: int
    resource_ids: list[ResourceId]


class OfferBasis(Wire):
    """What an offer was judged by: the catalogue, hours and time off at this version, without what was allowed."""

    catalogue_version: int
    allowed: list[Allowance] = []


class Offer(Wire):
    """What would be booked: times, buffers, names and price to be kept on the appointment."""

    business_id: BusinessId
    service_id: ServiceId
    service_name: str
    timezone: str
    start: Instant
    end: Instant
    buffer_before_minutes: int
    buffer_after_minutes: int
    price: Money
    deposit: Money | None
    capacity: int
    candidates: Annotated[list[Candidate], Field(min_length=1)]
    resources: list[ResourceChoice] = []
    basis: OfferBasis | None = None


class OfferAnswer(Wire):
    """An offer; or the conflicts that refuse it, and the business's zone; or the fields that name nothing of it."""

    offer: Offer | None = None
    conflicts: list[ConflictDetails] = []
    timezone: str | None = None
    unknown: list[Literal["serviceId", "staffId"]] = []


class OfferRequests(Wire):
    """Several at once, of any business."""

    questions: Annotated[list[OfferRequest], Field(min_length=1, max_length=MOST_OFFERS)]


class OfferAnswers(Wire):
    """One answer for each question, in their order; none for one that could not be answered."""

    answers: list[OfferAnswer | None]


class BusinessQuestion(Wire):
    """Which business is this?"""

    business_id: BusinessId


class BusinessAnswer(Wire):
    """A business as accounts knows it, for a copy that has not heard of it yet."""

    business_id: UUID
    revision: int
    name: str
    timezone: str
    currency: str
    locale: str
    contact_email: str | None = None
    contact_phone: str | None = None
    address: str | None = None
