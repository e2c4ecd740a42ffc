"""Members and invitations."""

from typing import Annotated, Any, Self

from pydantic import StringConstraints

from accounts.domain import Invitation
from accounts.schemas.sign_in import Password
from contracts.ids import InvitationId, StaffId
from contracts.wire import Instant, Wire
from plumbing.auth import Role
from plumbing.schemas import Body, Email, Name


class MemberChanges(Body):
    """What is to be different; what is absent stays. `"staffId": null` ends the link to a staff member."""

    role: Role | None = None
    staff_id: StaffId | None = None

    def changes(self) -> dict[str, Any]:
        """The fields to set."""
        sent = self.model_dump(by_alias=False, exclude_unset=True)
        return {field: value for field, value in sent.items() if value is not None or field == "staff_id"}


class NewInvitation(Body):
    """Who is to become what. `staffId` links them to the staff member that they are."""

    email: Email
    role: Role
    staff_id: StaffId | None = None


class InvitationOut(Wire):
    """An invitation that was not accepted yet; after `expiresAt` it cannot be."""

    id: InvitationId
    email: str
    role: Role
    staff_id: StaffId | None
    created_at: Instant
    expires_at: Instant

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        """The answer for this invitation."""
        return cls(**{name: getattr(invitation, name) for name in InvitationOut.model_fields})


class InvitationMade(InvitationOut):
    """A new invitation, with what the invited person needs. Both are shown this once, and never stored.

    In an answer that is given again for an Idempotency-Key they are null: invite again for others.
    """

    token: str | None = None
    accept_url: str | None = None

    def with_secret(self, token: str, accept_url: str) -> Self:
        """The same, to be shown once."""
        return self.model_copy(update={"token": token, "accept_url": accept_url})


class Acceptance(Body):
    """Accepts an invitation. Who has no account yet gives a name and a new password, others their own password."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    name: Name | None = None
    password: Password
