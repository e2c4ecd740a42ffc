"""Reads: who a user is, where they belong, and whether they are still signed in."""

from dataclasses import dataclass

from sqlalchemy import select

from accounts.domain import Business, Membership
from accounts.tables import (
    business_of,
    businesses,
    every_membership,
    members,
    membership_of,
    sessions,
    users,
)
from contracts.ids import BusinessId, UserId
from plumbing.auth import Member
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class StoredPassword:
    """Whose password it is, and its hash."""

    user_id: UserId
    hash: str


async def stored_password(tx: Tx, email: str) -> StoredPassword | None:
    """The password of the account with this address; None when there is no such account."""
    row = await tx.row(select(users.c.id, users.c.password_hash).where(users.c.email == email))
    return None if row is None else StoredPassword(row["id"], row["password_hash"])


async def signed_in(tx: Tx, member: Member) -> Membership | None:
    """The member of a token as they are now; None when they have signed out since, or are no member any more."""
    live = select(sessions.c.id).where(
        sessions.c.business_id == member.business_id,
        sessions.c.id == member.session_id,
        sessions.c.user_id == member.user_id,
        sessions.c.ended_at.is_(None),
    )
    row = await tx.row(
        every_membership.where(
            members.c.business_id == member.business_id, members.c.user_id == member.user_id, live.exists()
        )
    )
    return None if row is None else membership_of(row)


async def business(tx: Tx, business_id: BusinessId) -> Business | None:
    """One business; None when there is none."""
    row = await tx.row(select(businesses).where(businesses.c.business_id == business_id))
    return None if row is None else business_of(row)
