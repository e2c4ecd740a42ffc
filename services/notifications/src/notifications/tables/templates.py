"""Templates that businesses have made their own; the others come with the product."""

from sqlalchemy import CheckConstraint, Column, Integer, RowMapping, Table, Text, Uuid

from notifications.domain import Channel, Kind, Template, TemplateKey
from notifications.domain.templates import template
from notifications.tables.metadata import metadata
from plumbing.columns import moment

templates = Table(
    "templates",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("locale", Text, primary_key=True),
    Column("subject", Text),
    Column("body", Text),
    Column("text", Text, nullable=False),
    moment("updated_at"),
    Column("revision", Integer, nullable=False),
    CheckConstraint("channel IN ('email', 'sms', 'whatsapp')", name="channel"),
    CheckConstraint("(channel = 'email') = (subject IS NOT NULL AND body IS NOT NULL)", name="parts"),
)


def template_of(row: RowMapping) -> Template:
    """The template in a row of `templates`."""
    return template(
        TemplateKey(Kind(row["kind"]), Channel(row["channel"]), row["locale"]),
        subject=row["subject"],
        body=row["body"],
        text=row["text"],
        revision=row["revision"],
        is_own=True,
    )
