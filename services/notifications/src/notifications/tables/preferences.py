"""What businesses want of their messages."""

from typing import Any

from sqlalchemy import Column, Integer, RowMapping, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from notifications.domain import Preferences
from notifications.tables.metadata import metadata
from plumbing.columns import moment

notification_settings = Table(
    "notification_settings",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("settings", JSONB, nullable=False),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
)
"""One row for each business that has ever changed something; the others want what `Preferences` says."""


def preferences_of(row: RowMapping | None) -> Preferences:
    """What the business of a row wants, or one without a row."""
    if row is None:
        return Preferences()
    return Preferences.model_validate({**row["settings"], "revision": row["revision"]}, extra="ignore")


def settings_json(wanted: Preferences) -> dict[str, Any]:
    """The document that is stored."""
    return wanted.model_dump(mode="json", exclude={"revision"})
