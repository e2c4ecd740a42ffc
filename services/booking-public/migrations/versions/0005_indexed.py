"""Pages that search engines may not list."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("ALTER TABLE booking_pages ADD COLUMN indexed boolean NOT NULL DEFAULT true")
