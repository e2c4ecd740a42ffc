"""Forgetting a customer: what says who they are goes, what was paid and when stays."""

from sqlalchemy import delete, select, update

from booking_public.tables import booking_codes, bookings, deposits, refunds
from contracts.booking import BookingCodeRequested
from contracts.ids import BusinessId, CustomerId
from plumbing.db import Tx

# A code that was not sent yet is for nobody any more.
_EVENTS = """
DELETE FROM outbox WHERE routing_key = $1
    AND EXISTS (SELECT FROM unnest($2::text[]) AS id WHERE position(id IN body) > 0)
"""

_OURS = ["guest", "system"]
"""Who asks for refunds with reasons that name nobody; asked again under the same key, they are the same refund."""


async def forget_customer(tx: Tx, business_id: BusinessId, customer_id: CustomerId) -> None:
    """Empty what a customer wrote in their attempts to book, and what was written of them. Safe to repeat.

    What guests are answered names nobody; nor does a wish, a hold, or an attempt that is counted.
    """
    b, d = bookings.c, deposits.c
    theirs = (b.business_id == business_id) & (b.customer_id == customer_id)
    ids = [row["id"] for row in await tx.rows(select(b.id).where(theirs))]
    if not ids:
        return
    await tx.execute(update(bookings).where(theirs).values(customer=None, notes="", contacts=[]))
    await tx.execute(
        delete(booking_codes).where(booking_codes.c.business_id == business_id, booking_codes.c.booking_id.in_(ids))
    )
    paid = select(d.id).where(d.business_id == business_id, d.booking_id.in_(ids))
    r = refunds.c
    written = (r.business_id == business_id) & r.deposit_id.in_(paid) & r.asked_by.not_in(_OURS)
    await tx.execute(update(refunds).where(written).values(reason=None))
    await tx.fetch(_EVENTS, f"{BookingCodeRequested.type}.{business_id}", [str(one) for one in ids])
