"""Changing what a member may do, and which staff member they are."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from accounts.domain import LastOwner, Membership
from accounts.queries import member
from accounts.tables import members
from contracts.accounts import MemberChanged
from contracts.ids import BusinessId, MemberId
from plumbing.auth import Role
from plumbing.db import Tx
from plumbing.problems import NotFound
from plumbing.revisions import refuse_stale


async def update_member(
    tx: Tx,
    business_id: BusinessId,
    member_id: MemberId,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    expected: int | None = None,
) -> Membership:
    """The member with these fields changed; the same one when nothing differs. Only where members take turns.

    The revision that rises takes back the access tokens that say a lower one. Raises NotFound, StaleRevision,
    LastOwner and StaffLinked.
    """
    before = await present_member(tx, business_id, member_id, expected=expected)
    after = replace(before, **changes)
    if after == before:
        return before
    if before.role is Role.OWNER and after.role is not Role.OWNER:
        await refuse_last_owner(tx, before)
    after = replace(after, updated_at=now, revision=before.revision + 1)
    await tx.execute(
        update(members)
        .where(members.c.business_id == business_id, members.c.id == member_id)
        .values(role=after.role.value, staff_id=after.staff_id, updated_at=now, revision=after.revision)
    )
    tx.emit(
        MemberChanged(
            business_id=business_id,
            revision=after.revision,
            member_id=member_id,
            user_id=after.user.id,
            role=after.role.value,
            staff_id=after.staff_id,
        )
    )
    return after


async def present_member(
    tx: Tx, business_id: BusinessId, member_id: MemberId, *, expected: int | None = None
) -> Membership:
    """The member as they are now. Raises NotFound and StaleRevision."""
    found = await member(tx, business_id, member_id)
    if found is None:
        raise NotFound
    refuse_stale(expected, found.revision, found.details)
    return found


async def refuse_last_owner(tx: Tx, owner: Membership) -> None:
    """Raise LastOwner unless the business has another one."""
    c = members.c
    others = await tx.scalar(
        select(func.count()).where(
            c.business_id == owner.business.id,
            c.id != owner.id,
            c.role == Role.OWNER.value,
            c.removed_at.is_(None),
        )
    )
    if not others:
        raise LastOwner
