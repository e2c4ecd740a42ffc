"""What this service hears of others."""

from appointments.use_cases.feeds import remove_feeds_of_member
from contracts.accounts import MemberChanged, MemberRemoved
from plumbing.auth import Role
from plumbing.consumers import Consumers
from plumbing.db import Tx

consumers = Consumers("appointments")


@consumers.on(MemberRemoved)
async def take_back_feeds(tx: Tx, event: MemberRemoved) -> None:
    """Whoever is no member any more knows no address that shows a calendar."""
    await remove_feeds_of_member(tx, event.business_id, event.user_id)


@consumers.on(MemberChanged)
async def take_back_feeds_of_others(tx: Tx, event: MemberChanged) -> None:
    """Who keeps nothing but their own calendar any more knows no address that shows another one."""
    if event.role == Role.STAFF.value:
        await remove_feeds_of_member(tx, event.business_id, event.user_id, but_of=event.staff_id)
