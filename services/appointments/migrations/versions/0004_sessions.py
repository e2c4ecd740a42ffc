"""Group sessions and the waiting list."""

from alembic import op

from plumbing.migrations import wall

revision = "0004"
down_revision = "0003"

SESSIONS = """
CREATE TABLE sessions (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    service_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    resource_ids uuid[] NOT NULL,
    start_at timestamptz NOT NULL,
    end_at timestamptz NOT NULL,
    timezone text NOT NULL,
    buffer_before_minutes smallint NOT NULL,
    buffer_after_minutes smallint NOT NULL,
    service_name text NOT NULL,
    staff_name text NOT NULL,
    price_amount bigint NOT NULL,
    price_currency text NOT NULL,
    capacity smallint NOT NULL,
    seats_taken smallint NOT NULL,
    planned boolean NOT NULL,
    expires_at timestamptz,
    cancellation_reason text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    closed_at timestamptz,
    revision integer NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY (business_id, id),
    CONSTRAINT ck_sessions_order CHECK (start_at < end_at),
    CONSTRAINT ck_sessions_buffers CHECK (buffer_before_minutes >= 0 AND buffer_after_minutes >= 0),
    CONSTRAINT ck_sessions_capacity CHECK (capacity BETWEEN 1 AND 500),
    CONSTRAINT ck_sessions_seats_taken CHECK (seats_taken BETWEEN 0 AND capacity),
    CONSTRAINT ck_sessions_planned CHECK (NOT planned OR expires_at IS NULL),
    CONSTRAINT ck_sessions_revision CHECK (revision >= 1)
)
"""

WAITING_LIST = """
CREATE TABLE waiting_list (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    service_id uuid NOT NULL,
    staff_id uuid,
    session_id uuid,
    from_at timestamptz NOT NULL,
    to_at timestamptz NOT NULL,
    customer_id uuid NOT NULL,
    offer_minutes smallint NOT NULL,
    state text NOT NULL,
    appointment_id uuid,
    offered_until timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_waiting_list PRIMARY KEY (business_id, id),
    CONSTRAINT fk_waiting_list_business_id_customer_id
        FOREIGN KEY (business_id, customer_id) REFERENCES customers (business_id, id),
    CONSTRAINT fk_waiting_list_business_id_session_id
        FOREIGN KEY (business_id, session_id) REFERENCES sessions (business_id, id),
    CONSTRAINT fk_waiting_list_business_id_appointment_id
        FOREIGN KEY (business_id, appointment_id) REFERENCES appointments (business_id, id),
    CONSTRAINT ck_waiting_list_state CHECK (state IN ('waiting', 'offered', 'accepted', 'expired', 'withdrawn')),
    CONSTRAINT ck_waiting_list_order CHECK (from_at < to_at),
    CONSTRAINT ck_waiting_list_offer_minutes CHECK (offer_minutes >= 1),
    CONSTRAINT ck_waiting_list_offer CHECK ((appointment_id IS NULL) = (offered_until IS NULL)),
    CONSTRAINT ck_waiting_list_offered CHECK (state NOT IN ('offered', 'accepted') OR appointment_id IS NOT NULL),
    CONSTRAINT ck_waiting_list_revision CHECK (revision >= 1)
)
"""

INDEXES = """
CREATE INDEX ix_sessions_business_id_start_at_id ON sessions (business_id, start_at, id) WHERE closed_at IS NULL;
CREATE INDEX ix_waiting_list_business_id_service_id_created_at_id
    ON waiting_list (business_id, service_id, created_at, id) WHERE state = 'waiting';
CREATE INDEX ix_waiting_list_business_id_appointment_id ON waiting_list (business_id, appointment_id);
CREATE INDEX ix_waiting_list_to_at ON waiting_list (to_at) WHERE state = 'waiting'
"""

# Rows written before this one have no session, so nothing is there to be looked at: new ones are checked all the same.
SEATS = """
ALTER TABLE appointments ADD CONSTRAINT fk_appointments_business_id_session_id
    FOREIGN KEY (business_id, session_id) REFERENCES sessions (business_id, id) NOT VALID
"""

SEATS_INDEX = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_appointments_business_id_session_id
    ON appointments (business_id, session_id) WHERE session_id IS NOT NULL
"""


def upgrade() -> None:
    for statement in (SESSIONS, WAITING_LIST, *INDEXES.split(";\n"), SEATS):
        op.execute(statement)
    wall(op, "sessions", "waiting_list")
    with op.get_context().autocommit_block():  # built beside the writers, which would wait for it otherwise
        op.execute(SEATS_INDEX)
