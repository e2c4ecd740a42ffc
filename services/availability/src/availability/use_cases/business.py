"""Knowing a business: from the copy, and from accounts when the copy has not heard of it or may be behind."""

from collections.abc import Mapping

from sqlalchemy import RowMapping, select

from availability.clients import Businesses
from availability.domain import Business, foreign_currencies
from availability.tables import businesses_copy
from availability.use_cases.versions import bump
from contracts.accounts import BusinessDetails
from contracts.ids import BusinessId
from contracts.money import Money
from contracts.offers import BusinessAnswer
from plumbing.copies import keep_newer
from plumbing.db import Tx, UnitOfWork
from plumbing.problems import Invalid


async def ensure_business(uow: UnitOfWork, businesses: Businesses, business_id: BusinessId) -> Business:
    """The business; one that has just signed up is asked for and copied first.

    For edges, before they open their own transaction. Raises ServiceUnavailable when accounts does not answer.
    """
    async with uow(business_id) as tx:
        known = await tx.row(select(businesses_copy).where(businesses_copy.c.business_id == business_id))
    return _business_of(known) if known is not None else await refresh_business(uow, businesses, business_id)


async def refresh_business(uow: UnitOfWork, businesses: Businesses, business_id: BusinessId) -> Business:
    """The business as accounts has it now, copied. For edges, as `ensure_business`."""
    answer = await businesses.ask(business_id)
    business = business_in(business_id, answer.revision, answer)
    async with uow(business_id) as tx:
        await copy_business(tx, business)
    return business


async def refuse_foreign_currency(
    uow: UnitOfWork, businesses: Businesses, business_id: BusinessId, sent: Mapping[str, Money]
) -> None:
    """Raise Invalid for amounts, by pointer, in a currency that is not the business's. For edges.

    Before that accounts is asked, because the owner may have changed the currency a moment ago.
    """
    if not sent:
        return
    business = await ensure_business(uow, businesses, business_id)
    if foreign_currencies(sent, business.currency):
        business = await refresh_business(uow, businesses, business_id)
    if errors := foreign_currencies(sent, business.currency):
        raise Invalid(errors)


async def copy_business(tx: Tx, business: Business) -> None:
    """Keep what was told of a business, unless something newer is kept already."""
    values = {
        "business_id": business.id,
        "revision": business.revision,
        "name": business.name,
        "timezone": business.timezone,
        "currency": business.currency,
        "locale": business.locale,
    }
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
    )


def _business_of(row: RowMapping) -> Business:
    return Business(
        id=BusinessId(row["business_id"]),
        revision=row["revision"],
        name=row["name"],
        timezone=row["timezone"],
        currency=row["currency"],
        locale=row["locale"],
    )
