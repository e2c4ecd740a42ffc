"""Reads: who a user is, where they belong, whether they are still signed in, and what was taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, tuple_

from accounts.domain import IDLE, TAKEN_BACK_FOR, ApiKey, Business, Invitation, Membership
from accounts.tables import (
    api_key_of,
    api_keys,
    business_of,
    businesses,
    every_membership,
    invitation_of,
    invitations,
    members,
    membership_of,
    sessions,
    users,
)
from contracts.access import OpenSession, Revocation, SessionOfBusiness, SessionsAnswer
from contracts.ids import BusinessId, MemberId, UserId
from plumbing.auth import Member
from plumbing.db import Tx

_OF_MEMBER = ("business_id", "user_id", "role", "staff_id", "revision")


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


async def revocations(tx: Tx, *, now: datetime) -> list[Revocation]:
    """The access tokens that were taken back and have not expired: of a session, all or those of older revisions.

    All of it follows from the state of sessions and members, so nothing has to be noted where one of them changes, and
    a session that somebody opens in the same instant as they are removed is found as well.
    """
    since = now - TAKEN_BACK_FOR
    is_over = or_(sessions.c.ended_at.is_not(None), members.c.removed_at.is_not(None))
    joined = sessions.join(members, _same_member())
    ended = select(sessions.c.id, members.c.revision, is_over.label("is_over")).select_from(joined)
    statement = ended.where(sessions.c.ended_at > since).union(
        ended.where(members.c.updated_at > since, members.c.revision > 1, sessions.c.used_at > since)
    )
    rows = await tx.rows(statement)
    return [Revocation(session_id=row["id"], before=None if row["is_over"] else row["revision"]) for row in rows]


async def open_sessions(tx: Tx, asked: Sequence[SessionOfBusiness], *, now: datetime) -> SessionsAnswer:
    """Which of these sessions go on, and who their members are now; which are of members who were removed."""
    s, m = sessions.c, members.c
    is_over = or_(s.ended_at.is_not(None), s.expires_at <= now, s.used_at <= now - IDLE)
    columns = (s.id, m.business_id, m.user_id, m.role, m.staff_id, m.revision, m.removed_at, is_over.label("is_over"))
    wanted = tuple_(s.business_id, s.id).in_([(each.business_id, each.session_id) for each in asked])
    rows = await tx.rows(select(*columns).select_from(sessions.join(members, _same_member())).where(wanted))
    present = [row for row in rows if row["removed_at"] is None and not row["is_over"]]
    return SessionsAnswer(
        sessions=[OpenSession(session_id=row["id"], **{name: row[name] for name in _OF_MEMBER}) for row in present],
        removed=[row["id"] for row in rows if row["removed_at"] is not None],
    )


async def api_key(tx: Tx, key_hash: str) -> ApiKey | None:
    """The key with this SHA-256; None when there is none."""
    row = await tx.row(select(api_keys).where(api_keys.c.key_hash == key_hash))
    return None if row is None else api_key_of(row)


async def api_key_page(tx: Tx, business_id: BusinessId, *, after: UUID | None, limit: int) -> list[ApiKey]:
    """Keys in the order in which they were made."""
    statement = select(api_keys).where(api_keys.c.business_id == business_id).order_by(api_keys.c.id).limit(limit)
    if after is not None:
        statement = statement.where(api_keys.c.id > after)
    return [api_key_of(row) for row in await tx.rows(statement)]


async def member(tx: Tx, business_id: BusinessId, member_id: MemberId) -> Membership | None:
    """One member; None when there is none, or they were removed."""
    row = await tx.row(every_membership.where(members.c.business_id == business_id, members.c.id == member_id))
    return None if row is None else membership_of(row)


async def member_page(tx: Tx, business_id: BusinessId, *, after: UUID | None, limit: int) -> list[Membership]:
    """Members in the order in which they came."""
    statement = every_membership.where(members.c.business_id == business_id).order_by(members.c.id).limit(limit)
    if after is not None:
        statement = statement.where(members.c.id > after)
    return [membership_of(row) for row in await tx.rows(statement)]


async def memberships(tx: Tx, user_id: UserId) -> list[Membership]:
    """Where a user belongs, the business that they have been in for longest first."""
    statement = every_membership.where(members.c.user_id == user_id).order_by(members.c.created_at, members.c.id)
    return [membership_of(row) for row in await tx.rows(statement)]


async def invitation_page(tx: Tx, business_id: BusinessId, *, after: UUID | None, limit: int) -> list[Invitation]:
    """Invitations that nobody has accepted, in the order in which they were made."""
    c = invitations.c
    statement = select(invitations).where(c.business_id == business_id, c.accepted_at.is_(None)).order_by(c.id)
    if after is not None:
        statement = statement.where(c.id > after)
    return [invitation_of(row) for row in await tx.rows(statement.limit(limit))]


def _same_member() -> ColumnElement[bool]:
    return and_(sessions.c.business_id == members.c.business_id, sessions.c.user_id == members.c.user_id)
