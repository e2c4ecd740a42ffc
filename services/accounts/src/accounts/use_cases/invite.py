"""Inviting somebody to become a member, and taking that back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_

from accounts.domain import INVITATION_LIFE, AlreadyMember, Invitation, StaffLinked, token_hash
from accounts.tables import every_membership, invitations, members, users
from contracts.accounts import InvitationCreated
from contracts.ids import BusinessId, InvitationId, StaffId, uuid7
from plumbing.auth import Role
from plumbing.db import Tx
from plumbing.problems import NotFound


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to become what."""

    email: str
    role: Role
    staff_id: StaffId | None


@dataclass(frozen=True, slots=True)
class Secret:
    """What accepts an invitation: a token, and the link that has it; only the token's hash is stored."""

    token: str
    accept_url: str


async def invite(tx: Tx, business_id: BusinessId, invited: Invited, secret: Secret, *, now: datetime) -> Invitation:
    """A new invitation, in place of an open one to the same address; its link is told. Only where members take turns.

    Raises AlreadyMember and StaffLinked.
    """
    await _refuse_members(tx, business_id, invited)
    c = invitations.c
    await tx.execute(
        delete(invitations).where(c.business_id == business_id, c.email == invited.email, c.accepted_at.is_(None))
    )
    made = Invitation(
        id=InvitationId(uuid7()),
        business_id=business_id,
        email=invited.email,
        role=invited.role,
        staff_id=invited.staff_id,
        created_at=now,
        expires_at=now + INVITATION_LIFE,
    )
    tx.insert(
        invitations,
        {
            "business_id": business_id,
            "id": made.id,
            "email": made.email,
            "role": made.role.value,
            "staff_id": made.staff_id,
            "token_hash": token_hash(secret.token),
            "created_at": made.created_at,
            "expires_at": made.expires_at,
        },
    )
    tx.emit(
        InvitationCreated(
            business_id=business_id,
            revision=1,
            invitation_id=made.id,
            email=made.email,
            role=made.role.value,
            accept_url=secret.accept_url,
            expires_at=made.expires_at,
        )
    )
    return made


async def revoke_invitation(tx: Tx, business_id: BusinessId, invitation_id: InvitationId) -> None:
    """Take an invitation back. Raises NotFound, also for one that was accepted."""
    c = invitations.c
    gone = await tx.execute(
        delete(invitations).where(c.business_id == business_id, c.id == invitation_id, c.accepted_at.is_(None))
    )
    if not gone.rowcount:
        raise NotFound


async def _refuse_members(tx: Tx, business_id: BusinessId, invited: Invited) -> None:
    """Nobody is invited twice, and a staff member is one member."""
    is_taken = users.c.email == invited.email
    if invited.staff_id is not None:
        is_taken = or_(is_taken, members.c.staff_id == invited.staff_id)
    rows = await tx.rows(every_membership.where(members.c.business_id == business_id, is_taken))
    if any(row["user_email"] == invited.email for row in rows):
        raise AlreadyMember
    if rows:
        raise StaffLinked
