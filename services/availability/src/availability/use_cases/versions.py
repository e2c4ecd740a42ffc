"""The version of a business: it rises with everything that a slot answer depends on."""

from sqlalchemy.dialects.postgresql import insert

from availability.tables import versions
from contracts.ids import BusinessId
from plumbing.db import Tx


async def bump(tx: Tx, business_id: BusinessId) -> None:
    """Make what was kept before outdated, from the moment this transaction commits.

    For all but claims: those raise the version in their own statement, and leave that of the catalogue (copy_claims).
    To be called last: whoever else changes something of the business waits here until then.
    """
    first = insert(versions).values(business_id=business_id, version=1, catalogue_version=1)
    higher = {"version": versions.c.version + 1, "catalogue_version": versions.c.catalogue_version + 1}
    await tx.execute(first.on_conflict_do_update(index_elements=["business_id"], set_=higher))
