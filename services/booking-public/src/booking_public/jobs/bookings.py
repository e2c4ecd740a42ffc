"""What is done about guests on a timer or on word from the payment provider: going on, and forgetting."""

from contextlib import suppress
from datetime import timedelta

from booking_public.domain.payments import Deposit
from booking_public.use_cases.bookings.advance import Flow
from booking_public.use_cases.bookings.hold import forget_holds
from booking_public.use_cases.bookings.keep import forget_bookings, left_held
from booking_public.use_cases.bookings.limits import forget_attempts
from booking_public.use_cases.bookings.paid import follow_payment
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.problems import ServiceUnavailable

LEFT_AFTER = timedelta(minutes=2)
"""A request takes seconds."""

_MOST = 100

ABANDONED_AFTER = timedelta(hours=1)
KEPT = timedelta(days=7)
"""As long as an Idempotency-Key counts."""


class BookingWork:
    """The jobs, with what an attempt goes on with."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    async def on_payment_state(self, deposit: Deposit) -> None:
        """Keep what is paid; let go what will not be. Raises when it has to be told again."""
        await follow_payment(self._flow, deposit, at=utc_now())

    async def go_on(self, uow: UnitOfWork) -> None:
        """Bring to their end what was held and left: it is booked, or refused, whether or not its guest comes back."""
        now = utc_now()
        async with uow.across_businesses() as tx:
            left = await left_held(tx, before=now - LEFT_AFTER, most=_MOST)
        for booking in left:
            with suppress(ServiceUnavailable):  # the next time, then
                await self._flow.finish(booking, None, at=now)

    async def forget(self, uow: UnitOfWork) -> None:
        """Forget what guests wrote, held and tried, as soon as nothing needs it."""
        now = utc_now()
        async with uow.across_businesses() as tx:
            await forget_bookings(tx, abandoned=now - ABANDONED_AFTER, answered=now - KEPT)
            await forget_holds(tx, before=now - KEPT)
            await forget_attempts(tx, at=now)
