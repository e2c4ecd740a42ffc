"""What runs on a timer or by a command: sending, reminding, forgetting."""

from notifications.use_cases.forget import forget_old
from notifications.use_cases.plan_reminders import remind
from notifications.use_cases.send import Sender
from notifications.use_cases.webhooks.post import Poster
from notifications.use_cases.webhooks.replay import forget_old_deliveries
from plumbing import idempotency
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork


class Sending:
    """Sends what is due, until nothing is."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def send(self, _: UnitOfWork) -> None:
        """All that is due now."""
        while await self._sender.send_due(at=utc_now()):
            pass


class Posting:
    """Starts on the webhooks that are due, and waits for none: an endpoint that is slow holds up nobody."""

    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    async def post(self, _: UnitOfWork) -> None:
        """All that is due now."""
        await self._poster.start_due(at=utc_now())


async def make_reminders(uow: UnitOfWork) -> None:
    """Make messages of the reminders that are due."""
    while True:
        async with uow.across_businesses() as tx:
            if not await remind(tx, now=utc_now()):
                return


async def republish(_: UnitOfWork) -> int:
    """How many events were told again: none, as nobody keeps a copy of anything that this service owns."""
    return 0


async def purge(uow: UnitOfWork) -> None:
    """Forget idempotency keys that are older than they have to be, and what was sent long ago."""
    async with uow.across_businesses() as tx:
        await idempotency.purge(tx)
        await forget_old(tx, now=utc_now())
        await forget_old_deliveries(tx, now=utc_now())
