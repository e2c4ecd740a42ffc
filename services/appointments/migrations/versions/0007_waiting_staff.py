"""Whoever gets in line on a booking page waits for whom that page offers."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("ALTER TABLE waiting_list ADD COLUMN staff_ids uuid[]")
