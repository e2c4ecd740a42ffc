"""Booking pages: what they are, which slugs there may be, and the problems that a client can meet."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from contracts.booking import BookingPageDetails, IntakeQuestion
from contracts.ids import BusinessId
from contracts.wire import Instant
from plumbing.problems import Problem

ALIAS_LIFE = timedelta(days=90)
"""For so long a slug that was given up leads to its page, or is at least nobody else's: links to it are out there."""

MOST_ALIASES = 10
"""So many slugs that were given up are kept of a page; without a bound one page could keep all words for itself."""

RESERVED_SLUGS = frozenset(
    """
    about account accounts admin administrator api app apps assets auth availability billing book booking bookings
    calendar callback cancel captcha config contact dashboard demo docs embed error favicon feed feeds health healthz
    help hold home index internal legal login logout manage metrics new null oauth pages pay payment payments policy
    preview privacy public readyz register reschedule robots root security services settings sign-in sign-out sign-up
    signin signup sitemap static status stripe success sundial support system terms undefined waiting-list webhook
    webhooks widget www
    """.split()
)
"""What could be taken for something of ours in an address."""


class SlugTaken(Problem):
    """Another booking page has this slug."""

    status = 409


@dataclass(frozen=True, slots=True)
class Business:
    """What this service needs to know of a business."""

    id: BusinessId
    revision: int
    name: str
    timezone: str
    currency: str
    locale: str
    contact_email: str | None = None
    contact_phone: str | None = None
    address: str | None = None


class BookingPage(BookingPageDetails):
    """A booking page, with what changes with every edit. `indexed`: search engines may list it."""

    business_id: BusinessId
    indexed: bool
    created_at: Instant
    updated_at: Instant
    revision: int

    def offers_service(self, service_id: UUID) -> bool:
        """Whether the service is on the page."""
        return self.service_ids is None or service_id in self.service_ids

    def offers_staff(self, staff_id: UUID) -> bool:
        """Whether the staff member can be booked on the page."""
        return self.staff_ids is None or staff_id in self.staff_ids

    def questions_about(self, service_id: UUID) -> list[IntakeQuestion]:
        """What whoever books this service is asked."""
        return [question for question in self.intake_questions if question.service_id in {None, service_id}]
