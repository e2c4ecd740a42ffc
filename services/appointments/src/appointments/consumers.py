"""What this service hears of others."""

from appointments.use_cases.feeds import remove_feeds_of_member
from contracts.accounts import MemberRemoved
from plumbing.consumers import Consumers
from plumbing.db import Tx

consumers = Consumers("appointments")


@consumers.on(MemberRemoved)
async def take_back_feeds(tx: Tx, event: MemberRemoved) -> None:
    """Whoever is no member any more knows no address that shows a calendar."""
    await remove_feeds_of_member(tx, event.business_id, event.user_id)
