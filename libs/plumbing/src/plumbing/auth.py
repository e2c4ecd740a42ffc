"""Who is asking: access tokens, verified here with accounts' public keys, and the roles they carry."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends, Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import extract_compact

from contracts.ids import BusinessId, SessionId, StaffId, UserId
from plumbing.clock import utc_now
from plumbing.problems import CrossSiteRequest, NotAllowed, NotSignedIn

ISSUER = "sundial"
AUDIENCE = "sundial-api"
ACCESS_TOKEN_TYPE = "at+jwt"  # noqa: S105  # a media type (RFC 9068)
ALGORITHM = "Ed25519"
"""EdDSA over Curve25519 by its fully specified name (RFC 9864)."""
COOKIE = "__Host-session"
PLAIN_COOKIE = "session"
"""The cookie's name on plain-http loopback, where browsers refuse the prefix."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_REMEMBERED_TOKENS = 10_000


class Role(StrEnum):
    """What a member is in a business."""

    OWNER = "owner"
    MANAGER = "manager"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something: a member, a guest, or a part of the system."""

    kind: str
    id: UUID | None = None
    name: str | None = None

    @classmethod
    def system(cls, name: str) -> "Actor":
        """A timer, a consumer or a command of ours."""
        return cls("system", None, name)


@dataclass(frozen=True, slots=True)
class Member:
    """A signed-in user in one business."""

    user_id: UserId
    business_id: BusinessId
    role: Role
    session_id: SessionId
    expires_at: datetime
    staff_id: StaffId | None = None

    @property
    def actor(self) -> Actor:
        """The member, as the one who did something."""
        return Actor("member", self.user_id)


class Keys(Protocol):
    """Public keys by which tokens are checked."""

    async def current(self, *, unknown_kid: str | None = None) -> KeySet:
        """The keys; read again from their source when a token names one that is not among them."""
        ...


class TokenVerifier:
    """Checks access tokens: signature, algorithm, type, issuer, audience and times (RFC 8725, RFC 9068)."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._seen: OrderedDict[str, Member] = OrderedDict()

    async def verify(self, token: str) -> Member:
        """The member that the token stands for. Raises NotSignedIn when it does not stand for one now."""
        member = self._seen.get(token)
        if member is None:
            member = await self._check(token)
            self._remember(token, member)
        if member.expires_at <= utc_now():
            self._seen.pop(token, None)
            raise NotSignedIn("Your session has ended; sign in again.")
        return member

    async def _check(self, token: str) -> Member:
        try:
            claims = await verified_claims(token, self._keys, kind=ACCESS_TOKEN_TYPE, issuer=ISSUER, audience=AUDIENCE)
            return _member(claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise NotSignedIn("This access token is not valid.") from error

    def _remember(self, token: str, member: Member) -> None:
        self._seen[token] = member
        if len(self._seen) > _REMEMBERED_TOKENS:
            self._seen.popitem(last=False)


async def verified_claims(token: str, keys: Keys, *, kind: str, issuer: str, audience: str) -> dict[str, Any]:
    """The claims of a token of ours. Raises JoseError or ValueError for any other."""
    kid = key_id(token)
    known = await keys.current()
    if all(key.kid != kid for key in known.keys):
        known = await keys.current(unknown_kid=kid)
    decoded = jwt.decode(token, known, algorithms=[ALGORITHM])
    if decoded.header.get("typ") != kind:
        raise ValueError("wrong type of token")
    now = int(utc_now().timestamp())
    jwt.JWTClaimsRegistry(
        now=now,
        leeway=5,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        iat={"essential": True},
    ).validate(decoded.claims)
    return decoded.claims


def key_id(token: str) -> str:
    """The `kid` of the header; keys are only ever taken from our own set, never from the token (RFC 8725, 3.10)."""
    header = extract_compact(token.encode()).headers()
    return str(header.get("kid"))


def _member(claims: dict[str, Any]) -> Member:
    staff = claims.get("staffId")
    return Member(
        user_id=UserId(UUID(claims["sub"])),
        business_id=BusinessId(UUID(claims["businessId"])),
        role=Role(claims["role"]),
        session_id=SessionId(UUID(claims["sid"])),
        expires_at=datetime.fromtimestamp(claims["exp"], tz=utc_now().tzinfo),
        staff_id=StaffId(UUID(staff)) if staff else None,
    )


async def member_of(request: Request) -> Member:
    """The signed-in member: a bearer token, else the session cookie, which only our own pages may use."""
    verifier: TokenVerifier = request.app.state.tokens
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn("Send the access token as `Authorization: Bearer …`.")
        return await verifier.verify(token.strip())
    cookie = request.cookies.get(COOKIE) or request.cookies.get(PLAIN_COOKIE)
    if not cookie:
        raise NotSignedIn
    refuse_cross_site(request)
    return await verifier.verify(cookie)


def refuse_cross_site(request: Request) -> None:
    """An unsafe method with a cookie must come from our own origin: `Sec-Fetch-Site`, else an equal `Origin`."""
    if request.method in _SAFE_METHODS:
        return
    if request.headers.get("sec-fetch-site") == "same-origin":
        return
    if request.headers.get("origin", "") in request.app.state.public_origins:
        return
    raise CrossSiteRequest("Use the same origin, or a bearer token.")


def is_loopback(origin: str) -> bool:
    """Whether an origin is plain http on this machine."""
    parts = urlsplit(origin)
    return parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}


SignedIn = Annotated[Member, Depends(member_of)]
"""Any member of the business."""


def at_least_manager(member: SignedIn) -> Member:
    """Owners and managers."""
    if member.role is Role.STAFF:
        raise NotAllowed
    return member


def only_owner(member: SignedIn) -> Member:
    """Owners."""
    if member.role is not Role.OWNER:
        raise NotAllowed
    return member


Manager = Annotated[Member, Depends(at_least_manager)]
Owner = Annotated[Member, Depends(only_owner)]
