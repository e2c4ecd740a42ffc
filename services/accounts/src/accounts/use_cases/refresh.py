"""Refreshing: a used refresh token is replaced by its successor, and one that is used again ends its family."""

from datetime import datetime

from sqlalchemy import RowMapping, select, update

from accounts.domain import GRACE, Admission, Session, new_nonce, successor, token_hash
from accounts.tables import refresh_tokens, session_of, sessions
from accounts.use_cases.end_session import end_session
from accounts.use_cases.find_member import find_member
from accounts.use_cases.open_session import add_token
from plumbing.db import Tx


async def refresh(tx: Tx, token: str, *, now: datetime) -> Admission | None:
    """The session with its next token; None when the token is of no session, or of one that is over.

    A token that was used longer ago than the grace is in two hands: that ends the session. Locks the session.
    """
    session = await _locked_session(tx, token)
    if session is None or not session.is_live(now):
        return None
    following = await _next_token(tx, session, token, now=now)
    who = await find_member(tx, session.user_id, session.business_id)
    if following is None or who is None:
        await end_session(tx, session.business_id, session.id, now=now)
        return None
    await tx.execute(
        update(sessions)
        .where(sessions.c.business_id == session.business_id, sessions.c.id == session.id)
        .values(used_at=now)
    )
    return Admission(_used(session, now), who, following)


async def _locked_session(tx: Tx, token: str) -> Session | None:
    """The session of a token, locked: whatever happens to its tokens happens under this lock."""
    row = await tx.row(
        select(sessions)
        .join(refresh_tokens)
        .where(refresh_tokens.c.token_hash == token_hash(token))
        .with_for_update(of=sessions)
    )
    return None if row is None else session_of(row)


async def _next_token(tx: Tx, session: Session, token: str, *, now: datetime) -> str | None:
    """A new token in place of an unused one; for one used within the grace the newest that it led to; else None."""
    row = await _stored(tx, session, token)
    if row["used_at"] is None:
        return await _replace(tx, session, token, now=now)
    while row["used_at"] is not None:
        if now - row["used_at"] > GRACE:
            return None
        token = successor(token, row["nonce"])
        row = await _stored(tx, session, token)
    return token


async def _replace(tx: Tx, session: Session, token: str, *, now: datetime) -> str:
    nonce = new_nonce()
    following = successor(token, nonce)
    c = refresh_tokens.c
    await tx.execute(
        update(refresh_tokens)
        .where(c.business_id == session.business_id, c.session_id == session.id, c.token_hash == token_hash(token))
        .values(used_at=now, nonce=nonce)
    )
    add_token(tx, session, following)
    return following


async def _stored(tx: Tx, session: Session, token: str) -> RowMapping:
    c = refresh_tokens.c
    found = await tx.execute(
        select(c.used_at, c.nonce).where(
            c.business_id == session.business_id, c.session_id == session.id, c.token_hash == token_hash(token)
        )
    )
    return found.mappings().one()


def _used(session: Session, now: datetime) -> Session:
    return Session(session.id, session.business_id, session.user_id, now, session.expires_at)
