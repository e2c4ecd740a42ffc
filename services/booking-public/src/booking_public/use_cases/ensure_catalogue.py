"""Knowing what is sold: from the copy, and from availability before something of it is offered."""

from booking_public.clients import Catalogue
from booking_public.queries.catalogue import Named, known_of
from booking_public.use_cases.copy_catalogue import copy_snapshots
from contracts.ids import BusinessId
from plumbing.db import UnitOfWork
from plumbing.problems import ServiceUnavailable


async def ensure_catalogue(uow: UnitOfWork, catalogue: Catalogue, business_id: BusinessId, named: Named) -> None:
    """Copy the catalogue as it is now, so that what was added a moment ago can be named, and is shown.

    For edges, before they open their own transaction. Raises ServiceUnavailable when availability does not answer and
    something that is named has not been heard of.
    """
    try:
        told = await catalogue.snapshots(business_id)
    except ServiceUnavailable:
        async with uow(business_id) as tx:
            if await known_of(tx, business_id, named) != named:
                raise
        return
    async with uow(business_id) as tx:
        await copy_snapshots(tx, business_id, told)
