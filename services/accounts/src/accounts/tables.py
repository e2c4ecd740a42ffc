"""The tables of this service, what their constraints mean to a client, and how a row becomes what it stands for."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    select,
    text,
)

from accounts.domain import ApiKey, Business, EmailTaken, Invitation, Membership, Session, StaffLinked, User
from plumbing.auth import Role
from plumbing.columns import moment
from plumbing.migrations import NAMING
from plumbing.problems import Invalid, Problem
from plumbing.sqlstates import Constraints

metadata = MetaData(naming_convention=NAMING)

_OPEN = "accepted_at IS NULL"

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    moment("created_at"),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("email"),
    CheckConstraint("email = lower(email)", name="email_lower"),
    CheckConstraint("revision >= 1", name="revision"),
)
"""People. They belong to no business, so no wall is around them: only sign-in looks for them."""

businesses = Table(
    "businesses",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("contact_email", Text),
    Column("contact_phone", Text),
    Column("address", Text),
    moment("created_at"),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
    CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
    CheckConstraint(r"contact_phone ~ '^\+[1-9][0-9]{1,14}$'", name="contact_phone"),
    CheckConstraint("revision >= 1", name="revision"),
)

members = Table(
    "members",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("staff_id", Uuid),
    moment("created_at"),
    moment("updated_at"),
    moment("removed_at", nullable=True),
    Column("revision", Integer, nullable=False),
    ForeignKeyConstraint(["business_id"], ["businesses.business_id"]),
    ForeignKeyConstraint(["user_id"], ["users.id"]),
    UniqueConstraint("business_id", "user_id", name="uq_members_business_id_user_id"),
    UniqueConstraint("business_id", "staff_id", name="uq_members_business_id_staff_id"),
    CheckConstraint("role IN ('owner', 'manager', 'staff')", name="role"),
    CheckConstraint("revision >= 1", name="revision"),
    Index("ix_members_user_id", "user_id"),
    Index("ix_members_updated_at", "updated_at"),
)
"""Who belongs where. Who was removed stays, for the sessions and the activity that name them."""

sessions = Table(
    "sessions",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    moment("created_at"),
    moment("used_at"),
    moment("expires_at"),
    moment("ended_at", nullable=True),
    ForeignKeyConstraint(["business_id", "user_id"], ["members.business_id", "members.user_id"]),
    Index("ix_sessions_business_id_user_id", "business_id", "user_id"),
    Index("ix_sessions_used_at", "used_at"),
    Index("ix_sessions_ended_at", "ended_at", postgresql_where=text("ended_at IS NOT NULL")),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("session_id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary, primary_key=True),
    Column("nonce", LargeBinary),
    moment("used_at", nullable=True),
    ForeignKeyConstraint(["business_id", "session_id"], ["sessions.business_id", "sessions.id"], ondelete="CASCADE"),
    CheckConstraint("(nonce IS NULL) = (used_at IS NULL)", name="used_with_nonce"),
    Index("ix_refresh_tokens_token_hash", "token_hash"),
)
"""Every token of a session, used ones too: that is how the reuse of any of them is seen."""

invitations = Table(
    "invitations",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("email", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("staff_id", Uuid),
    Column("token_hash", LargeBinary, nullable=False),
    moment("created_at"),
    moment("expires_at"),
    moment("accepted_at", nullable=True),
    ForeignKeyConstraint(["business_id"], ["businesses.business_id"]),
    CheckConstraint("email = lower(email)", name="email_lower"),
    CheckConstraint("role IN ('owner', 'manager', 'staff')", name="role"),
    Index("uq_invitations_business_id_email", "business_id", "email", unique=True, postgresql_where=text(_OPEN)),
    Index("ix_invitations_token_hash", "token_hash"),
    Index("ix_invitations_expires_at", "expires_at"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("key_hash", Text, nullable=False),
    moment("created_at"),
    moment("last_used_at", nullable=True),
    ForeignKeyConstraint(["business_id"], ["businesses.business_id"]),
    CheckConstraint("scopes IN ('read', 'write', 'read write')", name="scopes"),
    Index("ix_api_keys_key_hash", "key_hash"),
)
"""Keys of programs. Of a key itself only its SHA-256 is kept."""

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("email_hash", LargeBinary, primary_key=True),
    Column("id", Uuid, primary_key=True),
    moment("at"),
    Index("ix_sign_in_failures_at", "at"),
)


def _not_an_email() -> Problem:
    return Invalid.at("/email", "is not an email address")


CONSTRAINTS: Constraints = {
    "uq_users_email": EmailTaken,
    "ck_users_email_lower": _not_an_email,
    "uq_members_business_id_staff_id": StaffLinked,
}

every_membership = (
    select(
        members.c.id.label("member_id"),
        members.c.user_id,
        members.c.role,
        members.c.staff_id,
        members.c.created_at.label("member_created_at"),
        members.c.updated_at.label("member_updated_at"),
        members.c.revision.label("member_revision"),
        users.c.email.label("user_email"),
        users.c.name.label("user_name"),
        businesses,
    )
    .select_from(members.join(users).join(businesses))
    .where(members.c.removed_at.is_(None))
)
"""The rows that `membership_of` reads: without those who were removed."""


def business_of(row: RowMapping) -> Business:
    """The business in a row of `businesses`."""
    fields = {name: row[name] for name in Business.model_fields if name != "id"}
    return Business.model_construct(id=row["business_id"], **fields)


def membership_of(row: RowMapping) -> Membership:
    """The membership in a row of `every_membership`."""
    return Membership(
        id=row["member_id"],
        user=User(row["user_id"], row["user_email"], row["user_name"]),
        business=business_of(row),
        role=Role(row["role"]),
        staff_id=row["staff_id"],
        created_at=row["member_created_at"],
        updated_at=row["member_updated_at"],
        revision=row["member_revision"],
    )


def invitation_of(row: RowMapping) -> Invitation:
    """The invitation in a row of `invitations`."""
    fields = ("id", "business_id", "email", "staff_id", "created_at", "expires_at", "accepted_at")
    return Invitation(**{name: row[name] for name in fields}, role=Role(row["role"]))


def api_key_of(row: RowMapping) -> ApiKey:
    """The key in a row of `api_keys`."""
    fields = ("id", "business_id", "name", "hint", "created_at", "last_used_at")
    return ApiKey(**{name: row[name] for name in fields}, scopes=tuple(row["scopes"].split()))


def session_of(row: RowMapping) -> Session:
    """The session in a row of `sessions`."""
    return Session(
        id=row["id"],
        business_id=row["business_id"],
        user_id=row["user_id"],
        used_at=row["used_at"],
        expires_at=row["expires_at"],
        ended_at=row["ended_at"],
    )
