"""What is known here of group sessions."""

from alembic import op

from plumbing.migrations import wall

revision = "0004"
down_revision = "0003"

SESSIONS_COPY = """
CREATE TABLE sessions_copy (
    business_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    service_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    capacity smallint NOT NULL,
    seats_taken smallint NOT NULL,
    CONSTRAINT pk_sessions_copy PRIMARY KEY (business_id, owner_id)
)
"""

INDEX = """
CREATE INDEX ix_sessions_copy_business_id_service_id_starts_at ON sessions_copy (business_id, service_id, starts_at)
"""


def upgrade() -> None:
    for statement in (SESSIONS_COPY, INDEX):
        op.execute(statement)
    wall(op, "sessions_copy")
