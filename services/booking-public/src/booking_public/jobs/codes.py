"""What is done on a timer about codes that nobody sent back."""

from contextlib import suppress

from booking_public.use_cases.bookings.advance import Flow
from booking_public.use_cases.bookings.codes import end_unverified, forget_codes, left_unverified
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.problems import ServiceUnavailable

_MOST = 100


class CodeWork:
    """The job, with what an attempt goes on with."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    async def end(self, uow: UnitOfWork) -> None:
        """Let attempts follow their appointments, whose time is up; forget their codes."""
        now = utc_now()
        async with uow.across_businesses() as tx:
            left = await left_unverified(tx, before=now, most=_MOST)
        for booking in left:
            with suppress(ServiceUnavailable):  # the next time, then
                await end_unverified(self._flow, booking, at=now)
        async with uow.across_businesses() as tx:
            await forget_codes(tx, before=now)
