"""What is done about payments on a timer: acting on webhooks, reconciling, comparing, forgetting."""

from booking_public.clients.payments import Payments
from booking_public.use_cases.payments.events import OnPaymentState, forget_events, work_events
from booking_public.use_cases.payments.reconcile import Comparison, compare, reconcile
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork


class PaymentWork:
    """The jobs, with whom they ask and whom they tell."""

    def __init__(self, payments: Payments, on_state: OnPaymentState) -> None:
        self._payments = payments
        self._on_state = on_state

    async def events(self, uow: UnitOfWork) -> int:
        """Act on what webhooks told; how many of them."""
        return await work_events(uow, self._payments, self._on_state, at=utc_now())

    async def reconcile(self, uow: UnitOfWork) -> int:
        """Drive on what rests; how many deposits and refunds."""
        return await reconcile(uow, self._payments, self._on_state, at=utc_now())

    async def compare(self, uow: UnitOfWork) -> Comparison:
        """Compare the last two days with the provider."""
        return await compare(uow, self._payments, self._on_state, at=utc_now())

    async def forget(self, uow: UnitOfWork) -> None:
        """Forget what webhooks told long ago."""
        async with uow.across_businesses() as tx:
            await forget_events(tx, at=utc_now())
