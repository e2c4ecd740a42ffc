"""Messages, reminders, templates, what businesses want, and what this service has heard of others."""

from alembic import op
from plumbing.migrations import create_infrastructure, wall

revision = "0001"
down_revision = None

BUSINESSES = """
CREATE TABLE businesses_copy (
    business_id uuid NOT NULL,
    revision integer NOT NULL,
    name text NOT NULL,
    timezone text NOT NULL,
    currency text NOT NULL,
    locale text NOT NULL,
    contact_email text,
    contact_phone text,
    address text,
    CONSTRAINT pk_businesses_copy PRIMARY KEY (business_id)
)
"""

STAFF = """
CREATE TABLE staff_copy (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    name text NOT NULL,
    email text,
    CONSTRAINT pk_staff_copy PRIMARY KEY (business_id, id)
)
"""

APPOINTMENTS = """
CREATE TABLE appointments_copy (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    deleted boolean NOT NULL,
    is_live boolean NOT NULL,
    start_at timestamptz NOT NULL,
    customer_id uuid,
    details jsonb NOT NULL,
    CONSTRAINT pk_appointments_copy PRIMARY KEY (business_id, id)
)
"""

# By id alone: an event about somebody who is to be forgotten may still be on its way.
ERASED = """
CREATE TABLE erased_customers (
    business_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_erased_customers PRIMARY KEY (business_id, customer_id)
)
"""

SETTINGS = """
CREATE TABLE notification_settings (
    business_id uuid NOT NULL,
    settings jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_notification_settings PRIMARY KEY (business_id)
)
"""

TEMPLATES = """
CREATE TABLE templates (
    business_id uuid NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    locale text NOT NULL,
    subject text,
    body text,
    text text NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_templates PRIMARY KEY (business_id, kind, channel, locale),
    CONSTRAINT ck_templates_channel CHECK (channel IN ('email', 'sms', 'whatsapp')),
    CONSTRAINT ck_templates_parts CHECK ((channel = 'email') = (subject IS NOT NULL AND body IS NOT NULL))
)
"""

MESSAGES = """
CREATE TABLE messages (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    intent text NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    audience text NOT NULL,
    appointment_id uuid,
    appointment_revision integer,
    customer_id uuid,
    staff_id uuid,
    start_at timestamptz,
    recipient text,
    payload jsonb NOT NULL,
    state text NOT NULL,
    reason text,
    due_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    tried_at timestamptz,
    subject text,
    body text,
    provider_id text,
    provider_said text,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    revision integer NOT NULL DEFAULT 1,
    CONSTRAINT pk_messages PRIMARY KEY (business_id, id),
    CONSTRAINT uq_messages_business_id_intent UNIQUE (business_id, intent),
    CONSTRAINT ck_messages_channel CHECK (channel IN ('email', 'sms', 'whatsapp')),
    CONSTRAINT ck_messages_audience CHECK (audience IN ('guest', 'contact', 'staff', 'invited')),
    CONSTRAINT ck_messages_state CHECK (state IN ('waiting', 'sent', 'failed', 'skipped'))
)
"""

REMINDERS = """
CREATE TABLE reminders (
    business_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    offset_minutes integer NOT NULL,
    start_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    CONSTRAINT pk_reminders PRIMARY KEY (business_id, appointment_id, offset_minutes)
)
"""

INDEXES = """
CREATE INDEX ix_appointments_copy_business_id_start_at ON appointments_copy (business_id, start_at);
CREATE INDEX ix_appointments_copy_business_id_customer_id ON appointments_copy (business_id, customer_id);
CREATE INDEX ix_appointments_copy_start_at ON appointments_copy (start_at);
CREATE INDEX ix_appointments_copy_series ON appointments_copy (business_id, (details ->> 'seriesId'));
CREATE INDEX ix_erased_customers_at ON erased_customers (at);
CREATE INDEX ix_messages_due_at ON messages (due_at) WHERE state = 'waiting';
CREATE INDEX ix_messages_business_id_appointment_id ON messages (business_id, appointment_id);
CREATE INDEX ix_messages_business_id_customer_id ON messages (business_id, customer_id);
CREATE INDEX ix_messages_recipient_tried_at ON messages (recipient, tried_at) WHERE channel <> 'email';
CREATE INDEX ix_messages_created_at ON messages (created_at);
CREATE INDEX ix_reminders_due_at ON reminders (due_at)
"""

TABLES = {
    "businesses_copy": BUSINESSES,
    "staff_copy": STAFF,
    "appointments_copy": APPOINTMENTS,
    "erased_customers": ERASED,
    "notification_settings": SETTINGS,
    "templates": TEMPLATES,
    "messages": MESSAGES,
    "reminders": REMINDERS,
}


def upgrade() -> None:
    create_infrastructure(op)
    for statement in (*TABLES.values(), *INDEXES.split(";\n")):
        op.execute(statement)
    wall(op, *TABLES)
