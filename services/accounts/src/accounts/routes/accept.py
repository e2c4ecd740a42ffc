"""Accepting an invitation: an account for whoever has none, and signing in."""

from fastapi import APIRouter, Request, Response

from accounts.domain import (
    SHORTEST_PASSWORD,
    AlreadyMember,
    EmailTaken,
    InvalidCredentials,
    Invitation,
    InvitationOver,
    StaffLinked,
    email_hash,
)
from accounts.queries import StoredPassword, stored_password
from accounts.routes.access import NOT_KEPT, Access, Accessing, EveryBusiness, FromOwnPages
from accounts.routes.signing_in import SigningInRoute
from accounts.schemas.members import Acceptance
from accounts.schemas.sign_in import SignedInAnswer
from accounts.use_cases.accept_invitation import NewUser, accept_invitation, open_invitation
from accounts.use_cases.sign_in import Attempt, prove, refuse_throttled
from contracts.ids import UserId
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.failpoints import reach
from plumbing.idempotency import ACCEPTS_KEY
from plumbing.problems import (
    CrossSiteRequest,
    IdempotencyKeyReused,
    Invalid,
    RequestInProgress,
    ServiceUnavailable,
    TooManyRequests,
)
from plumbing.web import problems

_REFUSALS = (InvitationOver, AlreadyMember, StaffLinked, EmailTaken, InvalidCredentials, CrossSiteRequest)
_ALWAYS = (RequestInProgress, Invalid, IdempotencyKeyReused, TooManyRequests, ServiceUnavailable)

router = APIRouter(prefix="/api/invitations", tags=["members"], route_class=SigningInRoute)


@router.post(
    "/accept",
    summary="Accept Invitation",
    status_code=201,
    response_model=SignedInAnswer,
    responses=problems(*_REFUSALS, *_ALWAYS),
    dependencies=[FromOwnPages],
    openapi_extra=ACCEPTS_KEY,
)
async def accept(body: Acceptance, access: Accessing, uow: EveryBusiness, request: Request) -> Response:
    """Become a member, and sign in. Who has an account with the invited address gives its password, others a new one.

    The token alone takes over no account.
    """
    async with uow.across_businesses() as tx:
        invitation = await open_invitation(tx, body.token, now=utc_now())
        await refuse_throttled(tx, email_hash(invitation.email), limit=access.limit, now=utc_now())
        stored = await stored_password(tx, invitation.email)
    who = await _new_user(body, access) if stored is None else await _proven(body, invitation, stored, access, uow)
    now = utc_now()
    async with uow.across_businesses(keyed=request.state.keyed) as tx:
        admission = await accept_invitation(tx, body.token, who, now=now)
        signed_in = access.answer(admission, now=now)
        answer = tx.answer(signed_in, 201, {"Location": "/api/business", **NOT_KEPT})
    await reach("accounts.after_commit")
    access.set_cookies(answer, admission, signed_in.access_token, now=now)
    return answer


async def _new_user(body: Acceptance, access: Access) -> NewUser:
    """Whoever has no account yet. Raises Invalid for what an account needs."""
    password = body.password.get_secret_value()
    if body.name is None:
        raise Invalid.at("/name", "is needed, because there is no account with this email address yet")
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid.at("/password", f"must have at least {SHORTEST_PASSWORD} characters")
    return NewUser(body.name, await access.passwords.hash(password))


async def _proven(
    body: Acceptance, invitation: Invitation, stored: StoredPassword, access: Access, uow: UnitOfWork
) -> UserId:
    """Whoever has the account. Raises InvalidCredentials and TooManyRequests, as a sign-in does."""
    checked = await access.passwords.check(body.password.get_secret_value(), stored.hash)
    attempt = Attempt(
        email=invitation.email,
        user_id=stored.user_id if checked.right else None,
        renewed_hash=checked.renewed_hash,
    )
    async with uow.across_businesses() as tx:
        is_right = await prove(tx, attempt, limit=access.limit, now=utc_now())
    if not is_right:
        raise InvalidCredentials
    return stored.user_id
