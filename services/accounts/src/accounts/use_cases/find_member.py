"""Finding where a user belongs."""

from accounts.domain import Membership
from accounts.tables import every_membership, members, membership_of
from contracts.ids import BusinessId, UserId
from plumbing.db import Tx


async def find_member(tx: Tx, user_id: UserId, business_id: BusinessId | None) -> Membership | None:
    """The user in that business, or in the one that they have been in for longest; None when they are not."""
    statement = every_membership.where(members.c.user_id == user_id).order_by(members.c.created_at, members.c.id)
    if business_id is not None:
        statement = statement.where(members.c.business_id == business_id)
    row = await tx.row(statement.limit(1))
    return None if row is None else membership_of(row)
