"""Internal requests: what only accounts knows about whoever calls: access tokens taken back, API keys."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.ids import ApiKeyId, BusinessId, SessionId, StaffId, UserId
from contracts.wire import Wire

Scope = Literal["read", "write"]
"""What an API key may do: look, or everything that a manager may."""


class RevocationsQuestion(Wire):
    """Which access tokens are refused from now on, although their time is not over?"""


class Revocation(Wire):
    """Tokens of this session that say a lower revision of the member than `before` are refused; without it, all."""

    session_id: SessionId
    before: int | None = None


class RevocationsAnswer(Wire):
    """All of them; the tokens of a session that is no longer named have expired."""

    revocations: list[Revocation]


class SessionOfBusiness(Wire):
    """A session of a business."""

    business_id: BusinessId
    session_id: SessionId


class SessionsQuestion(Wire):
    """Who is still signed in? Asked by whoever let somebody in for longer than an access token lasts."""

    sessions: Annotated[list[SessionOfBusiness], Field(max_length=400)]


class OpenSession(Wire):
    """A session that goes on, and who its member is now; `role` is owner, manager or staff."""

    session_id: SessionId
    business_id: BusinessId
    user_id: UserId
    role: str
    staff_id: StaffId | None
    revision: int


class SessionsAnswer(Wire):
    """Those that go on; those of members who were removed. Any other one has ended."""

    sessions: list[OpenSession]
    removed: list[SessionId]


class ApiKeyQuestion(Wire):
    """Whose key is this? Asked by its SHA-256 in hexadecimal, so that the key itself goes no further."""

    key_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ApiKeyDetails(Wire):
    """A key that is in force."""

    id: ApiKeyId
    business_id: BusinessId
    name: str
    scopes: list[Scope]


class ApiKeyAnswer(Wire):
    """The key; None when there is none, or not any more."""

    key: ApiKeyDetails | None = None
