"""Whether somebody or something is still taken."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select

from availability.domain import LONGEST_CLAIM
from availability.tables import claims_copy
from contracts.ids import BusinessId
from plumbing.db import Tx


async def is_taken(tx: Tx, business_id: BusinessId, bookable_id: UUID, now: datetime) -> bool:
    """Whether a live claim on this staff member or unit ends in the future."""
    c = claims_copy.c
    live = or_(c.expires_at.is_(None), c.expires_at > now)
    own = (c.business_id == business_id) & (c.bookable_id == bookable_id)
    found = select(exists().where(own, c.starts_at > now - LONGEST_CLAIM, c.ends_at > now, live))
    return bool(await tx.scalar(found))
