"""Routes that sign somebody in when they create something: what they do when their answer is given again."""

from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import Request, Response

from accounts.routes.access import Access
from accounts.routes.sign_in import admitted
from accounts.schemas.sign_in import Credentials, SignedInAnswer
from plumbing.clock import utc_now
from plumbing.idempotency import EdgeRoute
from plumbing.problems import NotSignedIn, TooManyRequests


class SigningInRoute(EdgeRoute):
    """Adds the cookies of a new session to an answer that is given again.

    What is kept with an Idempotency-Key has no cookies, because refresh tokens are stored as hashes and nowhere else.
    Whoever repeats the request knows the password: they are signed in with it, by the ordinary rules.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def signed_in(request: Request) -> Response:
            response = await answer(request)
            if response.status_code == 201 and "idempotency-replayed" in response.headers:
                await _sign_in_again(request, response)
            return response

        return signed_in


async def _sign_in_again(request: Request, response: Response) -> None:
    answered = SignedInAnswer.model_validate_json(bytes(response.body))
    password = orjson.loads(await request.body())["password"]
    given = Credentials(email=answered.user.email, password=password, business_id=answered.business.id)
    access: Access = request.app.state.access
    try:
        admission = await admitted(given, access, request.app.state.uow)
    except (NotSignedIn, TooManyRequests):
        return
    now = utc_now()
    access.set_cookies(response, admission, access.answer(admission, now=now).access_token, now=now)
