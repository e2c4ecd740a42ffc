"""Who is signed in for how long, what may be guessed how often, and the problems that a client can meet."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from contracts.access import Scope
from contracts.accounts import BusinessDetails
from contracts.ids import ApiKeyId, BusinessId, InvitationId, MemberId, SessionId, StaffId, UserId
from contracts.money import Currency
from contracts.wire import Instant, Wire
from plumbing.auth import Role
from plumbing.problems import NotSignedIn, Problem

ACCESS_TOKEN_LIFE = timedelta(minutes=5)
IDLE = timedelta(hours=12)
"""A session that is not refreshed for so long is over."""

LONGEST_SESSION = timedelta(days=14)
"""However busy, a session is over then."""

INVITATION_LIFE = timedelta(days=7)
SHORTEST_PASSWORD = 10

TAKEN_BACK_FOR = ACCESS_TOKEN_LIFE + timedelta(minutes=1)
"""For so long it has to be known that an access token was taken back; the minute is for clocks and slow commits."""

USE_NOTED_EVERY = timedelta(minutes=1)
"""How exact the last use of an API key is, so that its use costs no write each time."""

GRACE = timedelta(seconds=10)
"""For so long after its use a refresh token still answers, with the successor that it already has.

An answer may be lost, and two tabs may refresh at once: neither may sign a person out. The successor is derived from
the token (see `successor`), so both callers hold the *same* one and the family stays one chain: a thief who is this
fast shares a token with its owner, and whichever of them is later than the grace gives both away.
"""

CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
    CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
    SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV
    WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()
)
"""What people pay in: the active codes of ISO 4217 without funds, metals and testing codes."""


class EmailTaken(Problem):
    """There is already an account with this email address."""

    status = 409


class InvalidCredentials(NotSignedIn):
    """The email address or the password is wrong."""


class LastOwner(Problem):
    """A business needs an owner, and this is the last one."""

    status = 409


class AlreadyMember(Problem):
    """Somebody with this email address is a member already."""

    status = 409


class StaffLinked(Problem):
    """This staff member is linked to another member already."""

    status = 409


class InvitationOver(Problem):
    """This invitation was used, taken back or has expired."""

    status = 410


class Business(Wire):
    """A business, as its members see it."""

    id: BusinessId
    name: str
    timezone: str
    currency: Currency
    locale: str
    contact_email: str | None
    contact_phone: str | None
    address: str | None
    created_at: Instant
    updated_at: Instant
    revision: int

    @property
    def details(self) -> BusinessDetails:
        """The same, as every service may know it."""
        return BusinessDetails(**self.model_dump(include=set(BusinessDetails.model_fields)))


class MemberDetails(Wire):
    """A member, as an owner sees them. `staffId` is the staff member that they are, if they are one."""

    id: MemberId
    user_id: UserId
    name: str
    email: str
    role: Role
    staff_id: StaffId | None
    created_at: Instant
    updated_at: Instant
    revision: int


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who can sign in."""

    id: UserId
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A user in one business."""

    id: MemberId
    user: User
    business: Business
    role: Role
    created_at: datetime
    updated_at: datetime
    staff_id: StaffId | None = None
    revision: int = 1

    @property
    def details(self) -> MemberDetails:
        """The same, for an owner."""
        return MemberDetails(
            id=self.id,
            user_id=self.user.id,
            name=self.user.name,
            email=self.user.email,
            role=self.role,
            staff_id=self.staff_id,
            created_at=self.created_at,
            updated_at=self.updated_at,
            revision=self.revision,
        )


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody may become a member, if they have the token."""

    id: InvitationId
    business_id: BusinessId
    email: str
    role: Role
    staff_id: StaffId | None
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it may be accepted."""
        return self.accepted_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What a program may call the API with; of the key itself only `hint`, its first letters."""

    id: ApiKeyId
    business_id: BusinessId
    name: str
    scopes: tuple[Scope, ...]
    hint: str
    created_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in: a family of refresh tokens, each the successor of the one before."""

    id: SessionId
    business_id: BusinessId
    user_id: UserId
    used_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether it may be refreshed."""
        return self.ended_at is None and now < self.refreshable_until

    @property
    def refreshable_until(self) -> datetime:
        """When it is over if nobody refreshes it."""
        return min(self.used_at + IDLE, self.expires_at)


@dataclass(frozen=True, slots=True)
class Admission:
    """A session that was just opened or refreshed, and the refresh token to hand out."""

    session: Session
    membership: Membership
    refresh_token: str


@dataclass(frozen=True, slots=True)
class SignInLimit:
    """So many wrong passwords per email address in so long."""

    failures: int
    window: timedelta

    def wait(self, failed_at: Sequence[datetime], now: datetime) -> int:
        """Seconds until another password may be tried; 0 when it may now."""
        counting = sorted(moment for moment in failed_at if moment > now - self.window)
        if len(counting) < self.failures:
            return 0
        return max(1, ceil((counting[-self.failures] + self.window - now).total_seconds()))


def new_token() -> str:
    """256 random bits, as text for a cookie or a link."""
    return secrets.token_urlsafe(32)


def new_nonce() -> bytes:
    """What makes a successor unpredictable even for whoever holds the token before it."""
    return secrets.token_bytes(32)


def successor(token: str, nonce: bytes) -> str:
    """The token that follows: known to whoever has the token and the nonce, and to nobody who has only one of them."""
    return urlsafe_b64encode(hmac.digest(token.encode(), nonce, "sha256")).rstrip(b"=").decode()


def token_hash(token: str) -> bytes:
    """Under which the token of a session or an invitation is stored; of 256 random bits a plain hash is enough."""
    return sha256(token.encode()).digest()


def email_hash(email: str) -> bytes:
    """Under which failures are counted, so that they name nobody."""
    return sha256(email.encode()).digest()
