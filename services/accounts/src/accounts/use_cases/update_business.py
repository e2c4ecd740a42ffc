"""Editing a business, and telling every service what it is now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from accounts.domain import Business
from accounts.tables import business_of, businesses
from contracts.accounts import BusinessChanged
from contracts.ids import BusinessId
from plumbing.db import Tx
from plumbing.problems import NotFound
from plumbing.revisions import refuse_stale


async def update_business(
    tx: Tx, business_id: BusinessId, changes: Mapping[str, Any], *, now: datetime, expected: int | None = None
) -> Business:
    """The business with these fields changed; the same one when nothing differs. Raises NotFound and StaleRevision.

    Another currency is allowed, for whoever chose a wrong one at sign-up. It is the currency of prices that are set
    from now on: those that were set keep theirs, here as in every copy, because nobody but the owner can say what they
    are in the other. Money carries its currency everywhere, so no amount changes its meaning by this.
    """
    before = await _locked(tx, business_id)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update=dict(changes))
    if after == before:
        return before
    after = after.model_copy(update={"updated_at": now, "revision": before.revision + 1})
    await tx.execute(
        update(businesses)
        .where(businesses.c.business_id == business_id)
        .values({**changes, "updated_at": after.updated_at, "revision": after.revision})
    )
    tell(tx, after)
    return after


def tell(tx: Tx, business: Business) -> None:
    """Tell what the business is, at its revision: news only to whoever does not have it."""
    tx.emit(
        BusinessChanged(
            business_id=business.id,
            revision=business.revision,
            business=business.details,
            created_at=business.created_at,
            updated_at=business.updated_at,
        )
    )


async def _locked(tx: Tx, business_id: BusinessId) -> Business:
    row = await tx.row(select(businesses).where(businesses.c.business_id == business_id).with_for_update())
    if row is None:
        raise NotFound
    return business_of(row)
