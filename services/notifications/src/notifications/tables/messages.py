"""Messages, and the reminders that will become some."""

from hashlib import sha256
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, RowMapping, Table, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from notifications.domain import Audience, Channel, Kind, Message, State
from notifications.tables.metadata import metadata
from plumbing.columns import moment

messages = Table(
    "messages",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("intent", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("appointment_id", Uuid),
    Column("appointment_revision", Integer),
    Column("customer_id", Uuid),
    Column("staff_id", Uuid),
    moment("start_at", nullable=True),
    Column("recipient", Text),
    Column("payload", JSONB, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    moment("due_at"),
    moment("expires_at"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    moment("tried_at", nullable=True),
    Column("subject", Text),
    Column("body", Text),
    Column("provider_id", Text),
    Column("provider_said", Text),
    moment("created_at"),
    moment("ended_at", nullable=True),
    Column("revision", Integer, nullable=False, server_default="1"),
    UniqueConstraint("business_id", "intent"),
    CheckConstraint("channel IN ('email', 'sms', 'whatsapp')", name="channel"),
    CheckConstraint("audience IN ('guest', 'contact', 'staff', 'invited')", name="audience"),
    CheckConstraint("state IN ('waiting', 'sent', 'failed', 'skipped')", name="state"),
    Index("ix_messages_due_at", "due_at", postgresql_where=text("state = 'waiting'")),
    Index("ix_messages_business_id_appointment_id", "business_id", "appointment_id"),
    Index("ix_messages_business_id_customer_id", "business_id", "customer_id"),
    Index("ix_messages_recipient_tried_at", "recipient", "tried_at", postgresql_where=text("channel <> 'email'")),
    Index("ix_messages_created_at", "created_at"),
)
"""`intent` is what makes two messages the same: what it is about, at which revision, kind, channel and addressee."""

reminders = Table(
    "reminders",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("appointment_id", Uuid, primary_key=True),
    Column("offset_minutes", Integer, primary_key=True),
    moment("start_at"),
    moment("due_at"),
    Index("ix_reminders_due_at", "due_at"),
)
"""Those that are still to come; each becomes messages when it is due."""


def intent_of(message: Message, of: str) -> str:
    """A name for the intent, from which no address can be read; `of` is what it is about, and at which revision."""
    parts = (of, message.kind.value, message.channel.value, message.audience.value, message.recipient or "")
    return sha256(" ".join(parts).encode()).hexdigest()


def message_row(message: Message, of: str) -> dict[str, Any]:
    """The row in which a new message is stored; the moment of that is the caller's to add."""
    return {
        "business_id": message.business_id,
        "id": message.id,
        "intent": intent_of(message, of),
        "kind": message.kind.value,
        "channel": message.channel.value,
        "audience": message.audience.value,
        "appointment_id": message.appointment_id,
        "appointment_revision": message.appointment_revision,
        "customer_id": message.customer_id,
        "staff_id": message.staff_id,
        "start_at": message.start_at,
        "recipient": message.recipient,
        "payload": dict(message.payload),
        "state": message.state.value,
        "due_at": message.due_at,
        "expires_at": message.expires_at,
    }


_PLAIN = (
    "business_id id appointment_id appointment_revision customer_id staff_id start_at recipient payload reason due_at"
    " expires_at attempts revision"
).split()


def message_of(row: RowMapping) -> Message:
    """The message in a row of `messages`."""
    return Message(
        kind=Kind(row["kind"]),
        channel=Channel(row["channel"]),
        audience=Audience(row["audience"]),
        state=State(row["state"]),
        **{name: row[name] for name in _PLAIN},
    )
