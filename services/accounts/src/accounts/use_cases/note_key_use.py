"""Noting when an API key was last used, to the minute."""

from datetime import datetime

from sqlalchemy import or_, update

from accounts.domain import USE_NOTED_EVERY, ApiKey
from accounts.tables import api_keys
from plumbing.db import Tx


async def note_key_use(tx: Tx, key: ApiKey, *, now: datetime) -> None:
    """Write the moment, unless one of the last minute is there already."""
    before = now - USE_NOTED_EVERY
    if key.last_used_at is not None and key.last_used_at > before:
        return
    c = api_keys.c
    is_old = or_(c.last_used_at.is_(None), c.last_used_at <= before)
    await tx.execute(
        update(api_keys).where(c.business_id == key.business_id, c.id == key.id, is_old).values(last_used_at=now)
    )
