"""Keeping a copy of a booking page, and of the slugs that lead to it."""

from typing import Any

from sqlalchemy import delete, insert

from availability.tables import booking_pages_copy, page_slugs_copy
from availability.use_cases.versions import bump
from contracts.booking import BookingPageChanged, BookingPageDetails
from contracts.ids import BusinessId
from plumbing.copies import keep_newer
from plumbing.db import Tx


async def copy_booking_page(tx: Tx, event: BookingPageChanged) -> None:
    """Keep the page as it was told, unless something newer is kept already."""
    page = event.page
    values = {
        "business_id": event.business_id,
        "id": page.id,
        "revision": event.revision,
        "service_ids": page.service_ids,
        "staff_ids": page.staff_ids,
        "active": page.active,
        "archived": page.archived,
    }
    if await keep_newer(tx, booking_pages_copy, values):
        own = (page_slugs_copy.c.business_id == event.business_id) & (page_slugs_copy.c.page_id == page.id)
        await tx.execute(delete(page_slugs_copy).where(own))
        await tx.execute(insert(page_slugs_copy).values(_slugs(event.business_id, page)))
        await bump(tx, event.business_id)


def _slugs(business_id: BusinessId, page: BookingPageDetails) -> list[dict[str, Any]]:
    until = {page.slug: None, **{alias.slug: alias.until for alias in page.aliases if alias.slug != page.slug}}
    return [{"slug": slug, "page_id": page.id, "business_id": business_id, "until": end} for slug, end in until.items()]
