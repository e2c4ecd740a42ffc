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

from contracts.ids import ApiKeyId, BusinessId, SessionId, StaffId, UserId
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

KEY_PREFIX = "sk_sundial_"
"""What every API key begins with, and no access token."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_REMEMBERED_TOKENS = 10_000


class Role(StrEnum):
    """What a member is in a business."""

    OWNER = "owner"
    MANAGER = "manager"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something: a member, an API key, a guest, or a part of the system."""

    kind: str
    id: UUID | None = None
    name: str | None = None

    @classmethod
    def system(cls, name: str) -> "Actor":
        """A timer, a consumer or a command of ours."""
        return cls("system", None, name)


@dataclass(frozen=True, slots=True)
class Member:
    """Whoever acts in one business: a signed-in user, or a program with an API key (see plumbing.api_keys)."""

    user_id: UserId
    business_id: BusinessId
    role: Role
    session_id: SessionId
    expires_at: datetime
    staff_id: StaffId | None = None
    revision: int = 0
    """Which state of the membership this was read from."""
    api_key_id: ApiKeyId | None = None
    api_key_name: str | None = None
    only_reads: bool = False

    @property
    def actor(self) -> Actor:
        """The member, as the one who did something."""
        if self.api_key_id is not None:
            return Actor("apiKey", self.api_key_id, self.api_key_name)
        return Actor("member", self.user_id)

    def refuse_method(self, method: str) -> None:
        """Raise NotAllowed for a method that changes something, when this is a key that may only read."""
        if self.only_reads and method not in _SAFE_METHODS:
            raise NotAllowed("This API key may only read.")


class Keys(Protocol):
    """Public keys by which tokens are checked."""

    async def current(self, *, unknown_kid: str | None = None) -> KeySet:
        """The keys; read again from their source when a token names one that is not among them."""
        ...


class Revoked(Protocol):
    """Access tokens that were taken back before they expire (see plumbing.revocations)."""

    async def refuse(self, session_id: UUID, revision: int) -> None:
        """Raise NotSignedIn when it was; ServiceUnavailable when nobody can say."""
        ...


class KeyHolders(Protocol):
    """Who shows an API key (see plumbing.api_keys)."""

    async def holder(self, key: str) -> "Member":
        """Whoever holds the key. Raises NotSignedIn, and ServiceUnavailable when nobody can say."""
        ...


class TokenVerifier:
    """Checks access tokens: signature, algorithm, type, issuer, audience and times (RFC 8725, RFC 9068).

    And that they were not taken back since; and API keys, which are no tokens but are sent like them.
    """

    def __init__(self, keys: Keys, *, revoked: Revoked | None = None, api_keys: KeyHolders | None = None) -> None:
        """Without `revoked` no token is taken back, without `api_keys` there are none."""
        self._keys = keys
        self._revoked = revoked
        self._api_keys = api_keys
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
        if self._revoked is not None:
            await self._revoked.refuse(member.session_id, member.revision)
        return member

    async def bearer(self, credential: str) -> Member:
        """Whoever sends an access token or an API key. Raises NotSignedIn, and ServiceUnavailable for a key."""
        if self._api_keys is not None and credential.startswith(KEY_PREFIX):
            return await self._api_keys.holder(credential)
        return await self.verify(credential)

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
        revision=int(claims.get("rev", 0)),
    )


async def member_of(request: Request) -> Member:
    """The signed-in member: a bearer token or API key, else the session cookie, which only our own pages may use."""
    verifier: TokenVerifier = request.app.state.tokens
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer" or not token:
            raise NotSignedIn("Send the access token or API key as `Authorization: Bearer …`.")
        member = await verifier.bearer(token.strip())
        member.refuse_method(request.method)
        return member
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
