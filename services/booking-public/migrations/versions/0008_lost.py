"""Why a time could not be had again when it was paid after it had run out."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("ALTER TABLE bookings ADD COLUMN lost jsonb")
