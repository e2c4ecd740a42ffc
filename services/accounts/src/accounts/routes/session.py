"""A session's life after signing in: who is signed in, refreshing, signing out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from accounts.queries import memberships
from accounts.routes.access import NOT_KEPT, Accessing, EveryBusiness, still_signed_in
from accounts.schemas.sign_in import Belonging, Me, SignedInAnswer
from accounts.use_cases.end_session import end_session, end_session_of
from accounts.use_cases.refresh import refresh
from plumbing.answers import Answer
from plumbing.auth import Member, SignedIn, member_of, refuse_cross_site
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute, Uow
from plumbing.pages import Page
from plumbing.problems import CrossSiteRequest, NotAllowed, NotSignedIn, ServiceUnavailable
from plumbing.web import problem_response, problems

_WITH_COOKIE = (NotSignedIn, CrossSiteRequest, ServiceUnavailable)

router = APIRouter(prefix="/api/auth", tags=["sign-in"], route_class=EdgeRoute)


async def _member_or_none(request: Request) -> Member | None:
    try:
        member = await member_of(request)
    except NotSignedIn:
        return None
    if member.api_key_id is not None:
        raise NotAllowed("An API key cannot sign out; delete it.")
    return member


@router.get("/me", response_model=Me, responses=problems(NotSignedIn, NotAllowed, ServiceUnavailable))
async def read_me(member: SignedIn, uow: Uow) -> Response:
    """Who is signed in, as what, and in which business."""
    async with uow() as tx:
        who = await still_signed_in(tx, member)
    return Answer.of(Me.of(who), headers=NOT_KEPT)


@router.get(
    "/businesses", response_model=Page[Belonging], responses=problems(NotSignedIn, NotAllowed, ServiceUnavailable)
)
async def list_own_businesses(member: SignedIn, uow: EveryBusiness) -> Response:
    """The businesses that one may sign in to, all on one page; `businessId` of a sign-in chooses one."""
    async with uow.across_businesses() as tx:
        who = await still_signed_in(tx, member)
        found = await memberships(tx, who.user.id)
    return Answer.of(Page(items=[Belonging.of(each) for each in found]), headers=NOT_KEPT)


@router.post("/refresh", response_model=SignedInAnswer, responses=problems(*_WITH_COOKIE))
async def refresh_session(request: Request, access: Accessing, uow: EveryBusiness) -> Response:
    """A new access token for the refresh cookie, which is replaced. Using an old one again ends the session."""
    token = access.cookies.refresh_token(request)
    if token is None:
        raise NotSignedIn
    refuse_cross_site(request)
    now = utc_now()
    async with uow.across_businesses() as tx:
        admission = await refresh(tx, token, now=now)
    if admission is None:
        refusal = problem_response(NotSignedIn("Your session has ended; sign in again."), request.url.path)
        access.cookies.clear(refusal)
        return refusal
    signed_in = access.answer(admission, now=now)
    answer = Answer.of(signed_in, headers=NOT_KEPT)
    access.set_cookies(answer, admission, signed_in.access_token, now=now)
    return answer


@router.post("/sign-out", status_code=204, responses=problems(*_WITH_COOKIE, NotAllowed))
async def sign_out(
    request: Request,
    access: Accessing,
    uow: EveryBusiness,
    member: Annotated[Member | None, Depends(_member_or_none)],
) -> Response:
    """End the session of the refresh cookie or of the access token: the cookie will do when the token has expired."""
    token = access.cookies.refresh_token(request)
    if token is None and member is None:
        raise NotSignedIn
    if token is not None:
        refuse_cross_site(request)
    now = utc_now()
    async with uow.across_businesses() as tx:
        if token is not None:
            await end_session_of(tx, token, now=now)
        if member is not None:
            await end_session(tx, member.business_id, member.session_id, now=now)
    answer = Answer.of(None, 204, NOT_KEPT)
    access.cookies.clear(answer)
    return answer
