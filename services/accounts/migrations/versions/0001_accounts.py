"""People, businesses, who belongs to which, and who is signed in."""

from alembic import op
from plumbing.migrations import create_infrastructure, wall

revision = "0001"
down_revision = None

USERS = """
CREATE TABLE users (
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT uq_users_email UNIQUE (email),
    CONSTRAINT ck_users_email_lower CHECK (email = lower(email)),
    CONSTRAINT ck_users_revision CHECK (revision >= 1)
)
"""

BUSINESSES = r"""
CREATE TABLE businesses (
    business_id uuid NOT NULL,
    name text NOT NULL,
    timezone text NOT NULL,
    currency text NOT NULL,
    locale text NOT NULL,
    contact_email text,
    contact_phone text,
    address text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_businesses PRIMARY KEY (business_id),
    CONSTRAINT ck_businesses_currency CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT ck_businesses_contact_phone CHECK (contact_phone ~ '^\+[1-9][0-9]{1,14}$'),
    CONSTRAINT ck_businesses_revision CHECK (revision >= 1)
)
"""

MEMBERS = """
CREATE TABLE members (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    staff_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_members PRIMARY KEY (business_id, id),
    CONSTRAINT fk_members_business_id FOREIGN KEY (business_id) REFERENCES businesses (business_id),
    CONSTRAINT fk_members_user_id FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT uq_members_business_id_user_id UNIQUE (business_id, user_id),
    CONSTRAINT uq_members_business_id_staff_id UNIQUE (business_id, staff_id),
    CONSTRAINT ck_members_role CHECK (role IN ('owner', 'manager', 'staff')),
    CONSTRAINT ck_members_revision CHECK (revision >= 1)
)
"""

SESSIONS = """
CREATE TABLE sessions (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT pk_sessions PRIMARY KEY (business_id, id),
    CONSTRAINT fk_sessions_business_id_user_id
        FOREIGN KEY (business_id, user_id) REFERENCES members (business_id, user_id)
)
"""

REFRESH_TOKENS = """
CREATE TABLE refresh_tokens (
    business_id uuid NOT NULL,
    session_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    nonce bytea,
    used_at timestamptz,
    CONSTRAINT pk_refresh_tokens PRIMARY KEY (business_id, session_id, token_hash),
    CONSTRAINT fk_refresh_tokens_business_id_session_id
        FOREIGN KEY (business_id, session_id) REFERENCES sessions (business_id, id) ON DELETE CASCADE,
    CONSTRAINT ck_refresh_tokens_used_with_nonce CHECK ((nonce IS NULL) = (used_at IS NULL))
)
"""

FAILURES = """
CREATE TABLE sign_in_failures (
    email_hash bytea NOT NULL,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_sign_in_failures PRIMARY KEY (email_hash, id)
)
"""

INDEXES = """
CREATE INDEX ix_members_user_id ON members (user_id);
CREATE INDEX ix_sessions_business_id_user_id ON sessions (business_id, user_id);
CREATE INDEX ix_sessions_used_at ON sessions (used_at);
CREATE INDEX ix_refresh_tokens_token_hash ON refresh_tokens (token_hash);
CREATE INDEX ix_sign_in_failures_at ON sign_in_failures (at)
"""


def upgrade() -> None:
    create_infrastructure(op)
    for statement in (USERS, BUSINESSES, MEMBERS, SESSIONS, REFRESH_TOKENS, FAILURES, *INDEXES.split(";\n")):
        op.execute(statement)
    wall(op, "businesses", "members", "sessions", "refresh_tokens")
