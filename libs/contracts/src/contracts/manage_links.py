"""Internal requests to booking-public: the link by which a guest sees and changes what they booked, or wait for."""

from contracts.ids import AppointmentId, BusinessId
from contracts.wire import Wire


class ManageLinkQuestion(Wire):
    """By which link does the guest of this appointment manage it? Also of one that is only offered."""

    business_id: BusinessId
    appointment_id: AppointmentId


class ManageLinkAnswer(Wire):
    """A new link, and in which language its guest booked. The link is a secret; None: no guest booked it."""

    url: str | None = None
    locale: str | None = None
