"""The version of a business: it rises with everything that its public pages show."""

from sqlalchemy.dialects.postgresql import insert

from booking_public.tables import versions
from contracts.ids import BusinessId
from plumbing.db import Tx


async def bump(tx: Tx, business_id: BusinessId) -> None:
    """Make what was kept before outdated, from the moment this transaction commits. To be called last."""
    first = insert(versions).values(business_id=business_id, version=1)
    higher = {"version": versions.c.version + 1}
    await tx.execute(first.on_conflict_do_update(index_elements=["business_id"], set_=higher))
