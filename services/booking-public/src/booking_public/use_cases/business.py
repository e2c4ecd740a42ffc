"""Knowing a business: from the copy, and from accounts when the copy has not heard of it."""

from dataclasses import asdict

from sqlalchemy import select

from booking_public.clients import Businesses
from booking_public.domain import Business
from booking_public.tables import business_of, businesses_copy
from booking_public.use_cases.versions import bump
from contracts.accounts import BusinessDetails
from contracts.ids import BusinessId
from contracts.offers import BusinessAnswer
from plumbing.copies import keep_newer
from plumbing.db import Tx, UnitOfWork


async def ensure_business(uow: UnitOfWork, businesses: Businesses, business_id: BusinessId) -> Business:
    """The business; one that has just signed up is asked for and copied first.

    For edges, before they open their own transaction. Raises ServiceUnavailable when accounts does not answer.
    """
    async with uow(business_id) as tx:
        known = await tx.row(select(businesses_copy).where(businesses_copy.c.business_id == business_id))
    if known is not None:
        return business_of(known)
    answer = await businesses.ask(business_id)
    business = business_in(business_id, answer.revision, answer)
    async with uow(business_id) as tx:
        await copy_business(tx, business)
    return business


async def copy_business(tx: Tx, business: Business) -> None:
    """Keep what was told of a business, unless something newer is kept already."""
    values = asdict(business)
    values["business_id"] = values.pop("id")
    if await keep_newer(tx, businesses_copy, values):
        await bump(tx, business.id)


def business_in(business_id: BusinessId, revision: int, told: BusinessDetails | BusinessAnswer) -> Business:
    """The business in what was told of it."""
    return Business(
        id=business_id,
        revision=revision,
        name=told.name,
        timezone=told.timezone,
        currency=told.currency,
        locale=told.locale,
        contact_email=told.contact_email,
        contact_phone=told.contact_phone,
        address=told.address,
    )
