"""What is done about those who wait on a timer: forgetting."""

from booking_public.use_cases.waiting.keep import forget_waits
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork


async def forget(uow: UnitOfWork) -> None:
    """Forget wishes whose time is long past, with the links to them."""
    async with uow.across_businesses() as tx:
        await forget_waits(tx, before=utc_now())
