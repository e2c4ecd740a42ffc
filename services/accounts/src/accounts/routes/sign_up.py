"""Signing up, once: a request that is sent again is answered again, and signs in again."""

from fastapi import APIRouter, Request, Response

from accounts.domain import EmailTaken
from accounts.routes.access import NOT_KEPT, Accessing, EveryBusiness, FromOwnPages
from accounts.routes.signing_in import SigningInRoute
from accounts.schemas.sign_in import NewOwner, SignedInAnswer
from accounts.use_cases.sign_up import sign_up
from plumbing.clock import utc_now
from plumbing.failpoints import reach
from plumbing.problems import (
    CrossSiteRequest,
    IdempotencyKeyReused,
    Invalid,
    RequestInProgress,
    ServiceUnavailable,
    TooManyRequests,
)
from plumbing.web import problems

router = APIRouter(prefix="/api/auth", tags=["sign-in"], route_class=SigningInRoute)


@router.post(
    "/sign-up",
    status_code=201,
    response_model=SignedInAnswer,
    responses=problems(
        EmailTaken,
        RequestInProgress,
        Invalid,
        IdempotencyKeyReused,
        CrossSiteRequest,
        TooManyRequests,
        ServiceUnavailable,
    ),
    dependencies=[FromOwnPages],
)
async def sign_up_owner(body: NewOwner, access: Accessing, uow: EveryBusiness, request: Request) -> Response:
    """Create an account and a business, and sign in as its owner."""
    password_hash = await access.passwords.hash(body.password.get_secret_value())
    now = utc_now()
    async with uow.across_businesses(keyed=request.state.keyed) as tx:
        admission = sign_up(tx, body.newcomer(), password_hash=password_hash, now=now)
        signed_in = access.answer(admission, now=now)
        answer = tx.answer(signed_in, 201, {"Location": "/api/business", **NOT_KEPT})
    await reach("accounts.after_commit")
    access.set_cookies(answer, admission, signed_in.access_token, now=now)
    return answer
