"""Taking a booking page away. What was booked on it stays."""

from datetime import datetime

from booking_public.use_cases.store_page import locked_page, retire_page
from contracts.ids import BookingPageId, BusinessId
from plumbing.db import Tx
from plumbing.revisions import refuse_stale


async def remove_page(
    tx: Tx, business_id: BusinessId, page_id: BookingPageId, *, now: datetime, expected: int | None = None
) -> None:
    """Close the page for good; links to it lead to nothing. Raises NotFound and StaleRevision."""
    before = await locked_page(tx, business_id, page_id)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update={"archived": True, "updated_at": now, "revision": before.revision + 1})
    await retire_page(tx, after, now=now)
