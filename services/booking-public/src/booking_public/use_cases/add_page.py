"""Adding a booking page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from booking_public.domain import BookingPage, Business
from booking_public.use_cases.named import each_once, refuse_unknown
from booking_public.use_cases.store_page import store_new_page
from contracts.ids import BookingPageId, uuid7
from plumbing.db import Tx


async def add_page(tx: Tx, business: Business, fields: Mapping[str, Any], *, now: datetime) -> BookingPage:
    """A new page with these fields; its title and locale are those of the business where none are named.

    Raises Invalid for services and staff of others, SlugTaken.
    """
    named: dict[str, Any] = {
        **each_once(fields),
        "title": fields["title"] or business.name,
        "locale": fields["locale"] or business.locale,
    }
    page = BookingPage(
        **named,
        id=BookingPageId(uuid7()),
        business_id=business.id,
        aliases=[],
        archived=False,
        created_at=now,
        updated_at=now,
        revision=1,
    )
    await refuse_unknown(tx, business.id, fields)
    await store_new_page(tx, page)
    return page
