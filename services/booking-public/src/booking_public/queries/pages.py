"""Reads: booking pages, as their owners see them."""

from uuid import UUID

from booking_public.domain import BookingPage
from booking_public.tables import booking_pages, page_of, present_pages
from contracts.ids import BookingPageId, BusinessId
from plumbing.db import Tx


async def booking_page(tx: Tx, business_id: BusinessId, page_id: BookingPageId) -> BookingPage | None:
    """One page; None when there is none, or it was removed."""
    own = (booking_pages.c.business_id == business_id) & (booking_pages.c.id == page_id)
    row = await tx.row(present_pages.where(own))
    return None if row is None else page_of(row)


async def booking_page_list(tx: Tx, business_id: BusinessId, *, after: UUID | None, limit: int) -> list[BookingPage]:
    """Pages in the order in which they were added. One statement, however many there are."""
    statement = present_pages.where(booking_pages.c.business_id == business_id).order_by(booking_pages.c.id)
    if after is not None:
        statement = statement.where(booking_pages.c.id > after)
    return [page_of(row) for row in await tx.rows(statement.limit(limit))]
