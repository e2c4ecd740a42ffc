"""Deposits, the ledger of payments, refunds, and what Stripe's webhooks said."""

from alembic import op
from plumbing.migrations import wall

revision = "0002"
down_revision = "0001"

DEPOSITS = """
CREATE TABLE deposits (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    booking_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    state text NOT NULL,
    provider_id text,
    client_secret text,
    attempt integer NOT NULL DEFAULT 0,
    authorised bigint NOT NULL DEFAULT 0,
    captured bigint NOT NULL DEFAULT 0,
    refunded bigint NOT NULL DEFAULT 0,
    disputed boolean NOT NULL DEFAULT false,
    failure text,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    looked_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_deposits PRIMARY KEY (business_id, id),
    CONSTRAINT uq_deposits_business_id_booking_id UNIQUE (business_id, booking_id),
    CONSTRAINT uq_deposits_provider_id UNIQUE (provider_id),
    CONSTRAINT ck_deposits_amount CHECK (amount > 0),
    CONSTRAINT ck_deposits_state
        CHECK (state IN ('open', 'action', 'processing', 'authorised', 'captured', 'cancelled')),
    CONSTRAINT ck_deposits_conserved CHECK (captured >= 0 AND refunded >= 0 AND refunded <= captured)
)
"""

PAYMENTS = """
CREATE TABLE payments (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    movement_id uuid NOT NULL,
    deposit_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    status text NOT NULL,
    provider_id text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_payments PRIMARY KEY (business_id, id),
    CONSTRAINT fk_payments_business_id_deposit_id
        FOREIGN KEY (business_id, deposit_id) REFERENCES deposits (business_id, id),
    CONSTRAINT uq_payments_business_id_kind_provider_id_status UNIQUE (business_id, kind, provider_id, status),
    CONSTRAINT ck_payments_amount CHECK (amount >= 0)
)
"""

REFUNDS = """
CREATE TABLE refunds (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    deposit_id uuid NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    reason text,
    state text NOT NULL,
    provider_id text,
    attempt integer NOT NULL DEFAULT 0,
    request_key text,
    asked_by text NOT NULL,
    created_at timestamptz NOT NULL,
    looked_at timestamptz NOT NULL,
    CONSTRAINT pk_refunds PRIMARY KEY (business_id, id),
    CONSTRAINT fk_refunds_business_id_deposit_id
        FOREIGN KEY (business_id, deposit_id) REFERENCES deposits (business_id, id),
    CONSTRAINT uq_refunds_business_id_request_key UNIQUE (business_id, request_key),
    CONSTRAINT uq_refunds_provider_id UNIQUE (provider_id),
    CONSTRAINT ck_refunds_amount CHECK (amount > 0),
    CONSTRAINT ck_refunds_state CHECK (state IN ('asked', 'pending', 'succeeded', 'failed'))
)
"""

EVENTS = """
CREATE TABLE stripe_events (
    id text NOT NULL,
    business_id uuid,
    kind text NOT NULL,
    object_id text NOT NULL,
    intent_id text,
    received_at timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    processed_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    CONSTRAINT pk_stripe_events PRIMARY KEY (id)
)
"""

INDEXES = """
CREATE INDEX ix_deposits_business_id_appointment_id ON deposits (business_id, appointment_id);
CREATE INDEX ix_deposits_looked_at ON deposits (looked_at) WHERE state NOT IN ('captured', 'cancelled');
CREATE INDEX ix_payments_business_id_appointment_id ON payments (business_id, appointment_id);
CREATE INDEX ix_payments_business_id_movement_id_id ON payments (business_id, movement_id, id);
CREATE INDEX ix_refunds_business_id_deposit_id ON refunds (business_id, deposit_id);
CREATE INDEX ix_refunds_looked_at ON refunds (looked_at) WHERE state IN ('asked', 'pending');
CREATE INDEX ix_stripe_events_next_at ON stripe_events (next_at) WHERE processed_at IS NULL;
CREATE INDEX ix_stripe_events_received_at ON stripe_events (received_at)
"""

# The ledger is only added to: not even a mistake of ours can change or remove a line.
ADDED_ONLY = """
CREATE FUNCTION payments_are_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'payments are only added';
END
$$;
CREATE TRIGGER payments_are_only_added BEFORE UPDATE OR DELETE ON payments
    FOR EACH STATEMENT EXECUTE FUNCTION payments_are_only_added()
"""


def upgrade() -> None:
    for statement in (DEPOSITS, PAYMENTS, REFUNDS, EVENTS, *INDEXES.split(";\n")):
        op.execute(statement)
    for statement in ADDED_ONLY.split(";\nCREATE TRIGGER"):
        op.execute(statement if statement.startswith("\nCREATE FUNCTION") else f"CREATE TRIGGER{statement}")
    wall(op, "deposits", "payments", "refunds", "stripe_events")
