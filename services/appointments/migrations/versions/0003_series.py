"""Appointments that repeat."""

from alembic import op
from plumbing.migrations import wall

revision = "0003"
down_revision = "0002"

SERIES = """
CREATE TABLE series (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    rrule text NOT NULL,
    start_time timestamptz NOT NULL,
    timezone text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_series PRIMARY KEY (business_id, id)
)
"""

# Validated by itself, so that nobody who writes appointments waits for the reading of them.
BELONGING = """
ALTER TABLE appointments ADD CONSTRAINT fk_appointments_business_id_series_id
    FOREIGN KEY (business_id, series_id) REFERENCES series (business_id, id) NOT VALID;
ALTER TABLE appointments VALIDATE CONSTRAINT fk_appointments_business_id_series_id
"""

# Holds the few appointments that belong to a series, so the others pay nothing for it; and nobody waits for it.
INDEX = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_appointments_business_id_series_id
    ON appointments (business_id, series_id) WHERE series_id IS NOT NULL
"""


def upgrade() -> None:
    for statement in (SERIES, *BELONGING.split(";\n")):
        op.execute(statement)
    wall(op, "series")
    with op.get_context().autocommit_block():
        op.execute(INDEX)
