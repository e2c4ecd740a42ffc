"""Endpoints of businesses' own systems, and what is delivered to them."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, RowMapping, Table, Text, UniqueConstraint, Uuid
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY

from notifications.domain.webhooks import Delivery, DeliveryState, Endpoint
from notifications.tables.metadata import metadata
from plumbing.columns import moment

webhook_endpoints = Table(
    "webhook_endpoints",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("url", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("events", ARRAY(Text), nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("disabled_reason", Text),
    moment("failing_since", nullable=True),
    Column("silences", Integer, nullable=False),
    moment("rests_until", nullable=True),
    Column("secret", Text, nullable=False),
    Column("old_secret", Text),
    moment("old_secret_until", nullable=True),
    moment("created_at"),
    Column("revision", Integer, nullable=False),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("endpoint_id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("customer_id", Uuid),
    Column("appointment_id", Uuid),
    Column("payload", Text),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    moment("due_at"),
    Column("attempts", Integer, nullable=False),
    moment("tried_at", nullable=True),
    Column("status", Integer),
    Column("duration_ms", Integer),
    Column("response", Text),
    moment("created_at"),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("business_id", "endpoint_id", "event_id"),
    CheckConstraint("state IN ('waiting', 'delivered', 'failed')", name="state"),
    Index(
        "ix_webhook_deliveries_endpoint_id_due_at", "endpoint_id", "due_at", postgresql_where=sql("state = 'waiting'")
    ),
    Index("ix_webhook_deliveries_business_id_customer_id", "business_id", "customer_id"),
    Index("ix_webhook_deliveries_created_at", "created_at"),
)
"""`payload` is the very text that is signed and sent at every try; of who is erased it is deleted."""


_OF_AN_ENDPOINT = (
    "business_id id url description enabled disabled_reason failing_since silences rests_until secret old_secret"
    " old_secret_until created_at revision"
).split()

_OF_A_DELIVERY = (
    "business_id id endpoint_id event_id type payload reason due_at attempts tried_at status duration_ms response"
    " created_at revision"
).split()


def endpoint_of(row: RowMapping) -> Endpoint:
    """The endpoint in a row of `webhook_endpoints`."""
    return Endpoint(events=tuple(row["events"]), **{name: row[name] for name in _OF_AN_ENDPOINT})


def delivery_of(row: RowMapping) -> Delivery:
    """The delivery in a row of `webhook_deliveries`."""
    return Delivery(state=DeliveryState(row["state"]), **{name: row[name] for name in _OF_A_DELIVERY})
