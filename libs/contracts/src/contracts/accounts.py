"""Events of accounts: businesses and who may act for them."""

from typing import ClassVar
from uuid import UUID

from contracts.envelope import Event
from contracts.ids import InvitationId, StaffId
from contracts.money import Currency
from contracts.wire import Instant, Wire


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
    created_at: Instant | None = None
    updated_at: Instant | None = None

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


class MemberChanged(Event):
    """A member may do something else from now on, or is another staff member; `role` is owner, manager or staff."""

    type: ClassVar[str] = "member.changed"
    source: ClassVar[str] = "accounts"

    member_id: UUID
    user_id: UUID
    role: str
    staff_id: StaffId | None

    @property
    def subject(self) -> UUID:
        """The member."""
        return self.member_id


class InvitationCreated(Event):
    """Somebody was invited: `accept_url` is a secret for them alone, which works until `expires_at`."""

    type: ClassVar[str] = "invitation.created"
    source: ClassVar[str] = "accounts"

    invitation_id: InvitationId
    email: str
    role: str
    accept_url: str
    expires_at: Instant

    @property
    def subject(self) -> UUID:
        """The invitation."""
        return self.invitation_id
