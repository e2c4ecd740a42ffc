"""An internal request to availability: how much time a business is open for bookings."""

from contracts.ids import BusinessId
from contracts.wire import Instant, Wire


class OpenMinutesQuestion(Wire):
    """How many minutes do the staff of this business work between two instants, at most 100 days apart?"""

    business_id: BusinessId
    start: Instant
    end: Instant


class OpenMinutesAnswer(Wire):
    """The minutes of all active staff together, whatever is booked."""

    minutes: int
