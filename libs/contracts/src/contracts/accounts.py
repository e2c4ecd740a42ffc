"""Events of accounts: businesses and who may act for them."""

from typing import ClassVar
from uuid import UUID

from contracts.envelope import Event
from contracts.money import Currency
from contracts.wire import Wire


class BusinessDetails(Wire):
    """A business as every service may know it."""

    name: str
    timezone: str
    currency: Currency
    locale: str
    contact_email: str | None = None
    contact_phone: str | None = None
    address: str | None = None


class BusinessChanged(Event):
    """A business was signed up or edited."""

    type: ClassVar[str] = "business.changed"
    source: ClassVar[str] = "accounts"

    business: BusinessDetails

    @property
    def subject(self) -> UUID:
        """The business."""
        return self.business_id


class SessionEnded(Event):
    """A member signed out, or their refresh token was used twice: tokens of the session are refused from now on."""

    type: ClassVar[str] = "session.ended"
    source: ClassVar[str] = "accounts"

    session_id: UUID
    user_id: UUID

    @property
    def subject(self) -> UUID:
        """The session."""
        return self.session_id


class MemberRemoved(Event):
    """A user is no member of a business any more: nothing of it is theirs to see from now on."""

    type: ClassVar[str] = "member.removed"
    source: ClassVar[str] = "accounts"

    member_id: UUID
    user_id: UUID

    @property
    def subject(self) -> UUID:
        """The member."""
        return self.member_id
