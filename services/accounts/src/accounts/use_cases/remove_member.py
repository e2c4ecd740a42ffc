"""Removing a member: their sessions in this business end, here and everywhere."""

from datetime import datetime

from sqlalchemy import update

from accounts.domain import Membership
from accounts.tables import members, sessions
from accounts.use_cases.end_session import tell_ended
from accounts.use_cases.update_member import present_member, refuse_last_owner
from contracts.accounts import MemberRemoved
from contracts.ids import BusinessId, MemberId, SessionId
from plumbing.auth import Role
from plumbing.db import Tx


async def remove_member(
    tx: Tx, business_id: BusinessId, member_id: MemberId, *, now: datetime, expected: int | None = None
) -> None:
    """End the membership. Only where members take turns. Raises NotFound, StaleRevision and LastOwner."""
    before = await present_member(tx, business_id, member_id, expected=expected)
    if before.role is Role.OWNER:
        await refuse_last_owner(tx, before)
    revision = before.revision + 1
    await tx.execute(
        update(members)
        .where(members.c.business_id == business_id, members.c.id == member_id)
        .values(removed_at=now, updated_at=now, staff_id=None, revision=revision)
    )
    await _end_sessions(tx, before, now=now)
    tx.emit(MemberRemoved(business_id=business_id, revision=revision, member_id=before.id, user_id=before.user.id))


async def _end_sessions(tx: Tx, who: Membership, *, now: datetime) -> None:
    c = sessions.c
    rows = await tx.rows(
        update(sessions)
        .where(c.business_id == who.business.id, c.user_id == who.user.id, c.ended_at.is_(None))
        .values(ended_at=now)
        .returning(c.id)
    )
    for row in rows:
        tell_ended(tx, who.business.id, SessionId(row["id"]), who.user.id)
