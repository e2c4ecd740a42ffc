"""What is done about guests on a timer or on word from the payment provider: going on, and forgetting."""

from datetime import timedelta

from booking_public.domain.payments import Deposit
from booking_public.use_cases.apart import apart
from booking_public.use_cases.bookings.advance import Flow
from booking_public.use_cases.bookings.hold import forget_holds
from booking_public.use_cases.bookings.keep import forget_bookings, left_held, left_owed
from booking_public.use_cases.bookings.limits import forget_attempts
from booking_public.use_cases.bookings.manage import go_on_paying_back
from booking_public.use_cases.bookings.paid import follow_payment
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork

LEFT_AFTER = timedelta(minutes=2)
"""A request takes seconds."""

_MOST = 100
_LEFT = "booking not brought to its end"

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
        """Bring to its end what was left: a hold is booked, or refused, and who cancelled gets back what they paid."""
        now = utc_now()
        since = now - LEFT_AFTER
        async with uow.across_businesses() as tx:
            left = await left_held(tx, before=since, most=_MOST)
            owed = await left_owed(tx, before=since, most=_MOST)
        for booking in left:
            await apart(self._flow.finish(booking, None, at=now), _LEFT, booking=str(booking.id))
        for booking in owed:
            await apart(go_on_paying_back(self._flow, booking, left=since, at=now), _LEFT, booking=str(booking.id))

    async def forget(self, uow: UnitOfWork) -> None:
        """Forget what guests wrote, held and tried, as soon as nothing needs it."""
        now = utc_now()
        async with uow.across_businesses() as tx:
            await forget_bookings(tx, abandoned=now - ABANDONED_AFTER, answered=now - KEPT)
            await forget_holds(tx, before=now - KEPT)
            await forget_attempts(tx, at=now)
