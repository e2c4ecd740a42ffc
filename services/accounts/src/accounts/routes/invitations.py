"""Invitations, as owners see them."""

from fastapi import APIRouter, Response

from accounts.domain import AlreadyMember, StaffLinked, new_token
from accounts.queries import invitation_page
from accounts.routes.access import NOT_KEPT, Accessing, managing_members, still_owner
from accounts.schemas.members import InvitationMade, InvitationOut, NewInvitation
from accounts.use_cases.invite import Invited, Secret, invite, revoke_invitation
from contracts.ids import InvitationId
from plumbing.answers import Answer
from plumbing.auth import Owner
from plumbing.clock import utc_now
from plumbing.idempotency import ACCEPTS_KEY, EdgeRoute, Uow
from plumbing.pages import Page, Paging, page_of
from plumbing.problems import (
    CrossSiteRequest,
    IdempotencyKeyReused,
    Invalid,
    NotAllowed,
    NotFound,
    NotSignedIn,
    RequestInProgress,
    ServiceUnavailable,
)
from plumbing.web import problems

_READING = (NotSignedIn, NotAllowed, ServiceUnavailable)
_INVITING = (CrossSiteRequest, AlreadyMember, StaffLinked, RequestInProgress, Invalid, IdempotencyKeyReused)

router = APIRouter(prefix="/api/invitations", tags=["members"], route_class=EdgeRoute)


@router.get("", response_model=Page[InvitationOut], responses=problems(*_READING, Invalid))
async def list_invitations(paging: Paging, member: Owner, uow: Uow) -> Response:
    """The invitations that nobody has accepted, in the order in which they were made."""
    after = paging.last_id()
    async with uow() as tx:
        await still_owner(tx, member)
        found = await invitation_page(tx, member.business_id, after=after, limit=paging.limit + 1)
    return Answer.of(page_of(found, paging, key=lambda one: (one.id,), item=InvitationOut.of))


@router.post(
    "",
    status_code=201,
    response_model=InvitationMade,
    responses=problems(*_READING, *_INVITING),
    openapi_extra=ACCEPTS_KEY,
)
async def create_invitation(body: NewInvitation, member: Owner, uow: Uow, access: Accessing) -> Response:
    """Invite somebody by email address, for seven days: they are sent `acceptUrl`, which is shown here this once.

    Inviting the same address again replaces the invitation.
    """
    token, invited = new_token(), Invited(body.email, body.role, body.staff_id)
    secret = Secret(token, access.accept_url(token))
    async with uow() as tx:
        await managing_members(tx, member)
        made = InvitationMade.of(await invite(tx, member.business_id, invited, secret, now=utc_now()))
        tx.answer(made, 201, NOT_KEPT)  # what is kept with an Idempotency-Key has no secret
    return Answer.of(made.with_secret(secret.token, secret.accept_url), 201, NOT_KEPT)


@router.delete("/{invitation_id}", status_code=204, responses=problems(*_READING, CrossSiteRequest, NotFound))
async def delete_invitation(invitation_id: InvitationId, member: Owner, uow: Uow) -> Response:
    """Take an invitation back that was not accepted yet."""
    async with uow() as tx:
        await managing_members(tx, member)
        await revoke_invitation(tx, member.business_id, invitation_id)
        return tx.answer(None, 204)
