"""Opening a session: what a sign-up and a sign-in end with."""

from datetime import datetime

from accounts.domain import LONGEST_SESSION, Admission, Membership, Session, new_token, token_hash
from accounts.tables import refresh_tokens, sessions
from contracts.ids import SessionId, uuid7
from plumbing.db import Tx


def open_session(tx: Tx, membership: Membership, *, now: datetime) -> Admission:
    """A new session of this member, and its first refresh token."""
    session = Session(
        id=SessionId(uuid7()),
        business_id=membership.business.id,
        user_id=membership.user.id,
        used_at=now,
        expires_at=now + LONGEST_SESSION,
    )
    token = new_token()
    tx.insert(
        sessions,
        {
            "business_id": session.business_id,
            "id": session.id,
            "user_id": session.user_id,
            "created_at": now,
            "used_at": session.used_at,
            "expires_at": session.expires_at,
        },
    )
    add_token(tx, session, token)
    return Admission(session, membership, token)


def add_token(tx: Tx, session: Session, token: str) -> None:
    """Store, by its hash, a token that was not used yet."""
    tx.insert(
        refresh_tokens,
        {"business_id": session.business_id, "session_id": session.id, "token_hash": token_hash(token)},
    )
