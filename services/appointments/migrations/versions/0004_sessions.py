"""Group sessions and the waiting list."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing yet."""
