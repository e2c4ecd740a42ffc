"""What is done about guests on a timer or on word from the payment provider: going on, and forgetting."""

from datetime import timedelta

from booking_public.domain.payments import Deposit
from booking_public.use_cases.bookings.advance import Flow
from booking_public.use_cases.bookings.hold import forget_holds
from booking_public.use_cases.bookings.keep import forget_bookings
from booking_public.use_cases.bookings.limits import forget_attempts
from booking_public.use_cases.bookings.paid import follow_payment
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork

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

    async def forget(self, uow: UnitOfWork) -> None:
        """Forget what guests wrote, held and tried, as soon as nothing needs it."""
        now = utc_now()
        async with uow.across_businesses() as tx:
            await forget_bookings(tx, abandoned=now - ABANDONED_AFTER, answered=now - KEPT)
            await forget_holds(tx, before=now - KEPT)
            await forget_attempts(tx, at=now)
