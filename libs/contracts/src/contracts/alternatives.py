"""An internal request: the free starts nearest to one that somebody wanted."""

from typing import Annotated

from pydantic import Field

from contracts.ids import AppointmentId, BusinessId, ServiceId, StaffId
from contracts.offers import ResourceChoice
from contracts.wire import Instant, Wire

MOST_ASKED = 50
"""So many can be asked for at once."""


class Extent(Wire):
    """How much time an appointment takes."""

    minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int


class WantedExtent(Wire):
    """How much time is wanted; what is None is as the service has it."""

    minutes: int | None = None
    buffer_before_minutes: int | None = None
    buffer_after_minutes: int | None = None


class AlternativesQuestion(Wire):
    """Which starts near this one are free, of this staff member or anybody, for a guest or for the owner?

    The time of `moving` is not in its own way.
    """

    business_id: BusinessId
    service_id: ServiceId
    staff_id: StaffId | None = None
    start: Instant
    extent: WantedExtent = WantedExtent()
    moving: AppointmentId | None = None
    guest: bool = False
    most: Annotated[int, Field(ge=1, le=MOST_ASKED)]


class Alternative(Wire):
    """A start that could be booked, and whom with."""

    start: Instant
    end: Instant
    staff_ids: list[StaffId]


class AlternativesAnswer(Wire):
    """The nearest first, and what each of them takes; none for ids that name nothing of the business."""

    alternatives: list[Alternative] = []
    extent: Extent | None = None
    resources: list[ResourceChoice] = []
