"""The one place where the clock is read: edges ask here and pass `now` on as an argument."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)
