"""What every route of signing in shares: its parts, the answer, and the check that a session has not ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response

from accounts.clients.passwords import Passwords
from accounts.clients.tokens import AccessTokens
from accounts.domain import Admission, Membership, SignInLimit
from accounts.queries import signed_in
from accounts.routes.cookies import Cookies
from accounts.schemas.sign_in import SignedInAnswer
from accounts.use_cases.take_turns import take_turns
from plumbing.auth import Member, Role, refuse_cross_site
from plumbing.db import Tx, UnitOfWork
from plumbing.problems import NotAllowed, NotSignedIn

NOT_KEPT = {"Cache-Control": "no-store"}
"""Answers with tokens, and about people, are for whoever asked and for nobody's cache."""


@dataclass(frozen=True, slots=True)
class Access:
    """What signing people in takes."""

    passwords: Passwords
    tokens: AccessTokens
    cookies: Cookies
    limit: SignInLimit
    home: str
    """The origin of the web application, for links to it."""

    def accept_url(self, token: str) -> str:
        """Where an invitation is accepted. What is behind `#` is sent to no server, and is in no log."""
        return f"{self.home}/accept-invitation#token={token}"

    def answer(self, admission: Admission, *, now: datetime) -> SignedInAnswer:
        """Who is signed in where, with a new access token."""
        return SignedInAnswer.with_token(admission.membership, self.tokens.issue(admission, now=now))

    def set_cookies(self, response: Response, admission: Admission, access_token: str, *, now: datetime) -> None:
        """Sign the browser in, too."""
        self.cookies.set(
            response,
            access_token=access_token,
            refresh_token=admission.refresh_token,
            refreshable=admission.session.refreshable_until - now,
        )


def _access(request: Request) -> Access:
    return request.app.state.access


def _every_business(request: Request) -> UnitOfWork:
    return request.app.state.uow


def _refuse_foreign_pages(request: Request) -> None:
    """Another site must not sign a browser in, as somebody of its choice. Programs say nothing about sites."""
    if {"origin", "sec-fetch-site"} & set(request.headers):
        refuse_cross_site(request)


Accessing = Annotated[Access, Depends(_access)]
EveryBusiness = Annotated[UnitOfWork, Depends(_every_business)]
FromOwnPages = Depends(_refuse_foreign_pages)


async def still_signed_in(tx: Tx, member: Member) -> Membership:
    """The member as they are now. NotSignedIn when they have signed out since: a token alone does not know that.

    NotAllowed for an API key, which stands for nobody.
    """
    if member.api_key_id is not None:
        raise NotAllowed("An API key stands for no user.")
    who = await signed_in(tx, member)
    if who is None:
        raise NotSignedIn("Your session has ended; sign in again.")
    return who


async def still_owner(tx: Tx, member: Member) -> None:
    """Raise NotAllowed unless the member is an owner now: the role of now counts, not that of the token."""
    if (await still_signed_in(tx, member)).role is not Role.OWNER:
        raise NotAllowed


async def managing_members(tx: Tx, member: Member) -> None:
    """Take turns with everybody who changes members, then look whether the member is still an owner."""
    await take_turns(tx, member.business_id)
    await still_owner(tx, member)
