"""Changing a booking page. What was booked on it already keeps what it was booked with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from booking_public.domain import BookingPage
from booking_public.use_cases.named import each_once, refuse_unknown
from booking_public.use_cases.store_page import locked_page, replace_page
from contracts.ids import BookingPageId, BusinessId
from plumbing.db import Tx
from plumbing.revisions import refuse_stale


async def edit_page(
    tx: Tx,
    business_id: BusinessId,
    page_id: BookingPageId,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    expected: int | None = None,
) -> BookingPage:
    """The page with these fields changed, or as it is when nothing differs.

    Raises NotFound, StaleRevision, SlugTaken, and Invalid for services and staff of others.
    """
    before = await locked_page(tx, business_id, page_id)
    refuse_stale(expected, before.revision, before)
    await refuse_unknown(tx, business_id, changes)
    after = before.model_copy(update=each_once(changes))
    if after == before:
        return before
    after = after.model_copy(update={"updated_at": now, "revision": before.revision + 1})
    return await replace_page(tx, before, after, now=now)
