"""Rooms and machines: when each was added, edited and archived, and its revision."""

from alembic import op

revision = "0003"
down_revision = "0002"

# The defaults are for what is there already; from then on every row says these itself.
RESOURCES = """
ALTER TABLE resources
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN archived_at timestamptz,
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT ck_resources_revision CHECK (revision >= 1);
ALTER TABLE resources
    ALTER COLUMN created_at DROP DEFAULT,
    ALTER COLUMN updated_at DROP DEFAULT,
    ALTER COLUMN revision DROP DEFAULT
"""


def upgrade() -> None:
    for statement in RESOURCES.split(";\n"):
        op.execute(statement)
