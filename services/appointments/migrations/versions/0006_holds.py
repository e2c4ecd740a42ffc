"""Times that are held for guests while they fill in a form."""

from alembic import op
from plumbing.migrations import wall

revision = "0006"
down_revision = "0005"

# The time itself is in the claims of the same owner; a hold that becomes an appointment gives it its id and its claims.
HOLDS = """
CREATE TABLE holds (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    offer jsonb NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_holds PRIMARY KEY (business_id, id)
)
"""


def upgrade() -> None:
    op.execute(HOLDS)
    op.execute("CREATE INDEX ix_holds_expires_at ON holds (expires_at)")
    wall(op, "holds")
