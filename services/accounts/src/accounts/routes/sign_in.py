"""Signing in with email address and password."""

from fastapi import APIRouter, Response

from accounts.domain import Admission, InvalidCredentials, email_hash
from accounts.queries import stored_password
from accounts.routes.access import NOT_KEPT, Access, Accessing, EveryBusiness, FromOwnPages
from accounts.schemas.sign_in import Credentials, SignedInAnswer
from accounts.use_cases.sign_in import Attempt, refuse_throttled, sign_in
from plumbing.answers import Answer
from plumbing.clock import utc_now
from plumbing.db import UnitOfWork
from plumbing.idempotency import EdgeRoute
from plumbing.problems import CrossSiteRequest, ServiceUnavailable, TooManyRequests
from plumbing.web import problems

router = APIRouter(prefix="/api/auth", tags=["sign-in"], route_class=EdgeRoute)


@router.post(
    "/sign-in",
    response_model=SignedInAnswer,
    responses=problems(InvalidCredentials, CrossSiteRequest, TooManyRequests, ServiceUnavailable),
    dependencies=[FromOwnPages],
)
async def sign_in_with_password(body: Credentials, access: Accessing, uow: EveryBusiness) -> Response:
    """Sign in. An unknown address is answered like a wrong password, in the same time."""
    admission = await admitted(body, access, uow)
    now = utc_now()
    signed_in = access.answer(admission, now=now)
    answer = Answer.of(signed_in, headers=NOT_KEPT)
    access.set_cookies(answer, admission, signed_in.access_token, now=now)
    return answer


async def admitted(given: Credentials, access: Access, uow: UnitOfWork) -> Admission:
    """A new session for right credentials. Raises InvalidCredentials and TooManyRequests.

    The limit is looked at twice: before the work of hashing, and again where attempts take turns, which decides.
    """
    async with uow.across_businesses() as tx:
        await refuse_throttled(tx, email_hash(given.email), limit=access.limit, now=utc_now())
        stored = await stored_password(tx, given.email)
    checked = await access.passwords.check(given.password.get_secret_value(), stored and stored.hash)
    attempt = Attempt(
        email=given.email,
        user_id=stored.user_id if stored and checked.right else None,
        business_id=given.business_id,
        renewed_hash=checked.renewed_hash,
    )
    async with uow.across_businesses() as tx:
        admission = await sign_in(tx, attempt, limit=access.limit, now=utc_now())
    if admission is None:
        raise InvalidCredentials
    return admission
