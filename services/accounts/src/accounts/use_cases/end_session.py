"""Ending a session: by signing out, or because a refresh token was used again."""

from datetime import datetime

from sqlalchemy import select, update

from accounts.domain import token_hash
from accounts.tables import refresh_tokens, sessions
from contracts.accounts import SessionEnded
from contracts.ids import BusinessId, SessionId, UserId
from plumbing.db import Tx

ONLY_REVISION = 1
"""A session ends once, and nothing else is told about it."""


async def end_session(tx: Tx, business_id: BusinessId, session_id: SessionId, *, now: datetime) -> None:
    """Refuse the session from now on, here and by event everywhere; nothing happens to one that has ended."""
    row = await tx.row(
        update(sessions)
        .where(sessions.c.business_id == business_id, sessions.c.id == session_id, sessions.c.ended_at.is_(None))
        .values(ended_at=now)
        .returning(sessions.c.user_id)
    )
    if row is not None:
        tell_ended(tx, business_id, session_id, row["user_id"])


def tell_ended(tx: Tx, business_id: BusinessId, session_id: SessionId, user_id: UserId) -> None:
    """Tell that a session has ended."""
    tx.emit(SessionEnded(business_id=business_id, revision=ONLY_REVISION, session_id=session_id, user_id=user_id))


async def end_session_of(tx: Tx, refresh_token: str, *, now: datetime) -> None:
    """End the session that a refresh token belongs to, whether or not it was used; unknown ones are of no session."""
    c = refresh_tokens.c
    row = await tx.row(select(c.business_id, c.session_id).where(c.token_hash == token_hash(refresh_token)))
    if row is not None:
        await end_session(tx, row["business_id"], row["session_id"], now=now)
