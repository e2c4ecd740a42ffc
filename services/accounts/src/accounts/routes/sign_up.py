"""Signing up, once: a request that is sent again is answered again, and signs in again."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response

from accounts.domain import EmailTaken
from accounts.routes.access import NOT_KEPT, Access, Accessing, EveryBusiness, FromOwnPages
from accounts.routes.sign_in import admitted
from accounts.schemas import Credentials, NewOwner, SignedInAnswer
from accounts.use_cases.sign_up import sign_up
from plumbing.clock import utc_now
from plumbing.failpoints import reach
from plumbing.idempotency import EdgeRoute
from plumbing.problems import (
    CrossSiteRequest,
    IdempotencyKeyReused,
    Invalid,
    NotSignedIn,
    RequestInProgress,
    ServiceUnavailable,
    TooManyRequests,
)
from plumbing.web import problems


class SignUpRoute(EdgeRoute):
    """Adds the cookies of a new session to an answer that is given again.

    What is kept with an Idempotency-Key has no cookies, because refresh tokens are stored as hashes and nowhere else.
    Whoever repeats a sign-up knows the password: they are signed in with it, by the ordinary rules.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def signed_up(request: Request) -> Response:
            response = await answer(request)
            if response.status_code == 201 and "idempotency-replayed" in response.headers:
                await _sign_in_again(request, response)
            return response

        return signed_up


router = APIRouter(prefix="/api/auth", tags=["sign-in"], route_class=SignUpRoute)


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


async def _sign_in_again(request: Request, response: Response) -> None:
    body = NewOwner.model_validate_json(await request.body())
    access: Access = request.app.state.access
    try:
        admission = await admitted(Credentials(email=body.email, password=body.password), access, request.app.state.uow)
    except (NotSignedIn, TooManyRequests):
        return
    now = utc_now()
    access.set_cookies(response, admission, access.answer(admission, now=now).access_token, now=now)
