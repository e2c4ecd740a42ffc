"""Members who were removed, invitations, API keys, and finding what was taken back lately."""

from alembic import op
from plumbing.migrations import wall

revision = "0002"
down_revision = "0001"

INVITATIONS = """
CREATE TABLE invitations (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    staff_id uuid,
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    CONSTRAINT pk_invitations PRIMARY KEY (business_id, id),
    CONSTRAINT fk_invitations_business_id FOREIGN KEY (business_id) REFERENCES businesses (business_id),
    CONSTRAINT ck_invitations_email_lower CHECK (email = lower(email)),
    CONSTRAINT ck_invitations_role CHECK (role IN ('owner', 'manager', 'staff'))
)
"""

API_KEYS = """
CREATE TABLE api_keys (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    scopes text NOT NULL,
    hint text NOT NULL,
    key_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    CONSTRAINT pk_api_keys PRIMARY KEY (business_id, id),
    CONSTRAINT fk_api_keys_business_id FOREIGN KEY (business_id) REFERENCES businesses (business_id),
    CONSTRAINT ck_api_keys_scopes CHECK (scopes IN ('read', 'write', 'read write'))
)
"""

INDEXES = """
ALTER TABLE members ADD COLUMN removed_at timestamptz;
CREATE INDEX ix_members_updated_at ON members (updated_at);
CREATE INDEX ix_sessions_ended_at ON sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE UNIQUE INDEX uq_invitations_business_id_email ON invitations (business_id, email) WHERE accepted_at IS NULL;
CREATE INDEX ix_invitations_token_hash ON invitations (token_hash);
CREATE INDEX ix_invitations_expires_at ON invitations (expires_at);
CREATE INDEX ix_api_keys_key_hash ON api_keys (key_hash)
"""


def upgrade() -> None:
    op.execute(INVITATIONS)
    op.execute(API_KEYS)
    for statement in INDEXES.split(";\n"):
        op.execute(statement)
    wall(op, "invitations", "api_keys")
