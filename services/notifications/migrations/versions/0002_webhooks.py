"""Webhooks: endpoints of businesses' own systems, and what is delivered to them."""

from alembic import op
from plumbing.migrations import wall

revision = "0002"
down_revision = "0001"

ENDPOINTS = """
CREATE TABLE webhook_endpoints (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    url text NOT NULL,
    description text NOT NULL,
    events text[] NOT NULL,
    enabled boolean NOT NULL,
    disabled_reason text,
    failing_since timestamptz,
    silences integer NOT NULL,
    rests_until timestamptz,
    secret text NOT NULL,
    old_secret text,
    old_secret_until timestamptz,
    created_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_webhook_endpoints PRIMARY KEY (business_id, id)
)
"""

DELIVERIES = """
CREATE TABLE webhook_deliveries (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    customer_id uuid,
    appointment_id uuid,
    payload text,
    state text NOT NULL,
    reason text,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    tried_at timestamptz,
    status integer,
    duration_ms integer,
    response text,
    created_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_webhook_deliveries PRIMARY KEY (business_id, id),
    CONSTRAINT uq_webhook_deliveries_business_id_endpoint_id_event_id UNIQUE (business_id, endpoint_id, event_id),
    CONSTRAINT ck_webhook_deliveries_state CHECK (state IN ('waiting', 'delivered', 'failed'))
)
"""

INDEXES = """
CREATE INDEX ix_webhook_deliveries_endpoint_id_due_at ON webhook_deliveries (endpoint_id, due_at) WHERE state = 'waiting';
CREATE INDEX ix_webhook_deliveries_business_id_customer_id ON webhook_deliveries (business_id, customer_id);
CREATE INDEX ix_webhook_deliveries_created_at ON webhook_deliveries (created_at)
"""


def upgrade() -> None:
    for statement in (ENDPOINTS, DELIVERIES, *INDEXES.split(";\n")):
        op.execute(statement)
    wall(op, "webhook_endpoints", "webhook_deliveries")
