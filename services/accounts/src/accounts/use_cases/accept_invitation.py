"""Accepting an invitation: once, and by whoever has its token."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import RowMapping, select, update

from accounts.domain import Admission, AlreadyMember, Business, Invitation, InvitationOver, Membership, User, token_hash
from accounts.queries import business
from accounts.tables import invitation_of, invitations, members, users
from accounts.use_cases.open_session import open_session
from accounts.use_cases.take_turns import take_turns
from contracts.ids import MemberId, UserId, uuid7
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody without an account."""

    name: str
    password_hash: str


async def open_invitation(tx: Tx, token: str, *, now: datetime) -> Invitation:
    """The invitation with this token. InvitationOver when there is none, or none any more."""
    row = await tx.row(select(invitations).where(invitations.c.token_hash == token_hash(token)))
    found = None if row is None else invitation_of(row)
    if found is None or not found.is_open(now):
        raise InvitationOver
    return found


async def accept_invitation(tx: Tx, token: str, who: NewUser | UserId, *, now: datetime) -> Admission:
    """The member that the invitation makes of them, signed in. Takes turns with everybody who changes members.

    A user who was a member before is the same member again. Raises InvitationOver, AlreadyMember, StaffLinked, and
    EmailTaken when somebody signed up with the address in the meantime.
    """
    seen = await open_invitation(tx, token, now=now)
    await take_turns(tx, seen.business_id)
    invitation = await open_invitation(tx, token, now=now)
    c = invitations.c
    await tx.execute(
        update(invitations)
        .where(c.business_id == invitation.business_id, c.id == invitation.id)
        .values(accepted_at=now)
    )
    where = await business(tx, invitation.business_id)
    if where is None:
        raise InvitationOver
    user = _added(tx, invitation, who, now=now) if isinstance(who, NewUser) else await _user(tx, who)
    return open_session(tx, await _joined(tx, invitation, user, where, now=now), now=now)


def _added(tx: Tx, invitation: Invitation, new: NewUser, *, now: datetime) -> User:
    user = User(UserId(uuid7()), invitation.email, new.name)
    fields = {"id": user.id, "email": user.email, "name": user.name, "password_hash": new.password_hash}
    tx.insert(users, {**fields, "created_at": now, "updated_at": now, "revision": 1})
    return user


async def _user(tx: Tx, user_id: UserId) -> User:
    found = await tx.execute(select(users.c.email, users.c.name).where(users.c.id == user_id))
    row = found.mappings().one()
    return User(user_id, row["email"], row["name"])


async def _joined(tx: Tx, invitation: Invitation, user: User, where: Business, *, now: datetime) -> Membership:
    c = members.c
    row = await tx.row(select(members).where(c.business_id == where.id, c.user_id == user.id))
    joined = Membership(
        MemberId(uuid7()), user, where, invitation.role, created_at=now, updated_at=now, staff_id=invitation.staff_id
    )
    if row is not None:
        return await _again(tx, joined, row)
    fields = {"business_id": where.id, "id": joined.id, "user_id": user.id, "staff_id": joined.staff_id}
    dates = {"created_at": now, "updated_at": now, "revision": joined.revision}
    tx.insert(members, {**fields, "role": joined.role.value, **dates})
    await tx.flush()
    return joined


async def _again(tx: Tx, joined: Membership, row: RowMapping) -> Membership:
    if row["removed_at"] is None:
        raise AlreadyMember
    back = replace(joined, id=row["id"], created_at=row["created_at"], revision=row["revision"] + 1)
    await tx.execute(
        update(members)
        .where(members.c.business_id == back.business.id, members.c.id == back.id)
        .values(
            removed_at=None,
            role=back.role.value,
            staff_id=back.staff_id,
            updated_at=back.updated_at,
            revision=back.revision,
        )
    )
    return back
