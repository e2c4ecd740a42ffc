"""What runs on a timer or by a command: purging, and telling the present state again."""

from sqlalchemy import delete, tuple_

from booking_public.tables import booking_pages, every_page, page_of, page_slugs
from booking_public.use_cases.store_page import tell_page
from plumbing import idempotency
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork

_BATCH = 500


async def purge(uow: UnitOfWork) -> None:
    """Forget idempotency keys that are older than they have to be, and slugs that were given up long ago."""
    async with uow.across_businesses() as tx:
        await idempotency.purge(tx)
        await tx.execute(delete(page_slugs).where(page_slugs.c.until < utc_now()))


async def republish(uow: UnitOfWork) -> int:
    """Tell every booking page as it is now, removed ones too; how many events."""
    told, last = 0, None
    key = tuple_(booking_pages.c.business_id, booking_pages.c.id)
    while True:
        some = every_page.order_by(booking_pages.c.business_id, booking_pages.c.id).limit(_BATCH)
        async with uow.across_businesses() as tx:
            rows = await tx.rows(some if last is None else some.where(key > last))
            for row in rows:
                tell_page(tx, page_of(row))
        if not rows:
            return told
        told += len(rows)
        last = (rows[-1]["business_id"], rows[-1]["id"])
