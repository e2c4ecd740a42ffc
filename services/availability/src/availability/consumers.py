"""What this service hears of others."""

from collections.abc import Sequence

from availability.use_cases.business import business_in, copy_business
from availability.use_cases.copy_booking_page import copy_booking_page
from availability.use_cases.copy_claims import copy_claims
from contracts.accounts import BusinessChanged
from contracts.appointments import ClaimsChanged
from contracts.booking import BookingPageChanged
from plumbing.consumers import Consumers
from plumbing.db import Tx

consumers = Consumers("availability")


@consumers.on(BusinessChanged)
async def keep_business(tx: Tx, event: BusinessChanged) -> None:
    """Know the business as it is now."""
    await copy_business(tx, business_in(event.business_id, event.revision, event.business))


@consumers.on(BookingPageChanged)
async def keep_booking_page(tx: Tx, event: BookingPageChanged) -> None:
    """Know what strangers may book, and where."""
    await copy_booking_page(tx, event)


@consumers.on_batch(ClaimsChanged)
async def keep_claims(tx: Tx, events: Sequence[ClaimsChanged]) -> None:
    """Know which time is taken."""
    await copy_claims(tx, events)
