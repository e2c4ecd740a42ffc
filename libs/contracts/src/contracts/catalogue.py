"""Internal requests: the catalogue of a business as it is now, for a copy that has not heard of all of it yet."""

from contracts.availability import ServiceDetails, StaffDetails
from contracts.ids import BusinessId
from contracts.wire import Wire


class SnapshotsQuestion(Wire):
    """What is sold by this business, and by whom?"""

    business_id: BusinessId


class ServiceSnapshot(Wire):
    """A service at its revision, as `service.changed` tells it."""

    revision: int
    service: ServiceDetails


class StaffSnapshot(Wire):
    """A staff member at their revision, as `staff.changed` tells them."""

    revision: int
    staff: StaffDetails


class SnapshotsAnswer(Wire):
    """All that are not archived."""

    services: list[ServiceSnapshot]
    staff: list[StaffSnapshot]
