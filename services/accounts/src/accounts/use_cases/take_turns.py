"""Taking turns: the members of a business are changed by one request at a time."""

from sqlalchemy import select

from accounts.tables import businesses
from contracts.ids import BusinessId
from plumbing.db import Tx


async def take_turns(tx: Tx, business_id: BusinessId) -> None:
    """Wait until nobody else changes the members of the business; lasts until the transaction ends.

    So what is read after this still holds with the commit: who is an owner, how many there are, who was invited.
    """
    c = businesses.c
    await tx.row(select(c.business_id).where(c.business_id == business_id).with_for_update(key_share=True))
