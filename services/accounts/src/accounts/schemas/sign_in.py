"""Signing up and in, the business, and the public keys."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from accounts.clients.tokens import AccessToken
from accounts.domain import CURRENCIES, SHORTEST_PASSWORD, Business, Membership
from accounts.use_cases.sign_up import Newcomer
from contracts.ids import BusinessId, StaffId, UserId
from contracts.wire import Instant, Wire
from plumbing.auth import Role
from plumbing.schemas import Body, Email, Name, Phone, Text
from scheduling.hours import is_zone

_LOCALE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)


def _zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError("is not a time zone such as Asia/Dubai")
    return name


def _currency(code: str) -> str:
    if code not in CURRENCIES:
        raise ValueError("is not an active currency of ISO 4217, such as AED")
    return code


def _locale(tag: str) -> str:
    found = _LOCALE.fullmatch(tag)
    if found is None:
        raise ValueError("is not a language tag, such as en, ar or en-GB")
    language, script, region = found.groups(default="")
    return "-".join(filter(None, (language.lower(), script.title(), region.upper())))


Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_zone), Field(examples=["Asia/Dubai", "UTC"])]
"""A name of the tz database."""

ActiveCurrency = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]{3}$"), AfterValidator(_currency), Field(examples=["AED", "EUR"])
]
Locale = Annotated[str, StringConstraints(max_length=11), AfterValidator(_locale), Field(examples=["en", "ar-AE"])]
"""Language, script and region of BCP 47: `en`, `ar-AE`, `zh-Hant-TW`."""

NewPassword = Annotated[SecretStr, Field(min_length=SHORTEST_PASSWORD, max_length=256)]
Password = Annotated[SecretStr, Field(min_length=1, max_length=256)]


class NewBusiness(Body):
    """The business of whoever signs up."""

    name: Name
    timezone: Zone = "Asia/Dubai"
    currency: ActiveCurrency = "AED"
    locale: Locale = "en"


class NewOwner(Body):
    """Who signs up."""

    email: Email
    password: NewPassword
    name: Name
    business: NewBusiness

    def newcomer(self) -> Newcomer:
        """The same, for the use case."""
        return Newcomer(
            email=self.email,
            name=self.name,
            business_name=self.business.name,
            timezone=self.business.timezone,
            currency=self.business.currency,
            locale=self.business.locale,
        )


class Credentials(Body):
    """Who signs in, and to which business; without `businessId` to the one that they have been in for longest."""

    email: Email
    password: Password
    business_id: BusinessId | None = None


class BusinessChanges(Body):
    """What is to be different; what is absent stays. `null` clears a contact or the address."""

    name: Name | None = None
    timezone: Zone | None = None
    currency: ActiveCurrency | None = None
    locale: Locale | None = None
    contact_email: Email | None = None
    contact_phone: Phone | None = None
    address: Text | None = None

    def changes(self) -> dict[str, Any]:
        """The fields to set."""
        sent = self.model_dump(by_alias=False, exclude_unset=True)
        clearable = {"contact_email", "contact_phone", "address"}
        return {field: value for field, value in sent.items() if value is not None or field in clearable}


class UserOut(Wire):
    """The signed-in user, as a member of the business."""

    id: UserId
    email: str
    name: str
    role: Role
    staff_id: StaffId | None


class Me(Wire):
    """Who is signed in, and where."""

    user: UserOut
    business: Business

    @classmethod
    def of(cls, who: Membership) -> Self:
        """The answer for this member."""
        user = UserOut(id=who.user.id, email=who.user.email, name=who.user.name, role=who.role, staff_id=who.staff_id)
        return cls(user=user, business=who.business)


class Belonging(Wire):
    """A business that the user is a member of."""

    id: BusinessId
    name: str
    role: Role
    staff_id: StaffId | None

    @classmethod
    def of(cls, who: Membership) -> Self:
        """The answer for this membership."""
        return cls(id=who.business.id, name=who.business.name, role=who.role, staff_id=who.staff_id)


class SignedInAnswer(Me):
    """Who is signed in, where, and the token to send as `Authorization: Bearer …` until it expires."""

    access_token: str
    expires_at: Instant

    @classmethod
    def with_token(cls, who: Membership, token: AccessToken) -> Self:
        """The answer for this member, who was just signed in."""
        me = Me.of(who)
        return cls(user=me.user, business=me.business, access_token=token.text, expires_at=token.expires_at)


class PublicKey(Wire):
    """A key by which access tokens are checked (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    kid: str
    use: Literal["sig"]
    alg: str


class PublicKeys(Wire):
    """A JWK set (RFC 7517)."""

    keys: list[PublicKey]
