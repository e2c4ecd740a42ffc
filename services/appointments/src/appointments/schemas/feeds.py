"""Calendar feeds, as JSON."""

from typing import Literal, Self

from appointments.queries.feeds import FeedDetails
from contracts.ids import StaffId
from plumbing.schemas import Body

Detail = Literal["full", "busy"]


class NewFeed(Body):
    """Whose calendar, null for everybody's; `busy` tells when somebody is busy and nothing else, `full` what with."""

    staff_id: StaffId | None = None
    detail: Detail = "busy"


class FeedMade(FeedDetails):
    """A feed with its address, which is shown this once, and of which nothing is stored but a hash.

    In an answer that is given again for an Idempotency-Key it is null: rotate that feed.
    """

    url: str | None = None

    def at(self, url: str) -> Self:
        """The same, to be shown once."""
        return self.model_copy(update={"url": url})
