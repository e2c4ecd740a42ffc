"""Overrides, closures, seasons and time off."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Nothing yet."""
