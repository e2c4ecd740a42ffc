"""Attempts of guests to book, the times that they hold, how often they try, and the captcha proofs that were used."""

from alembic import op
from plumbing.migrations import wall

revision = "0003"
down_revision = "0002"

# What is secret is stored as a hash; a token is derived from the salt and the key of the request, which only the guest
# has. `address` and `contacts` are hashes too.
HOLDS = """
CREATE TABLE guest_holds (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    page_id uuid NOT NULL,
    key_hash bytea NOT NULL,
    fingerprint bytea NOT NULL,
    salt bytea NOT NULL,
    token_hash bytea NOT NULL,
    state text NOT NULL,
    service_id uuid NOT NULL,
    staff_id uuid,
    start_at timestamptz NOT NULL,
    end_at timestamptz,
    address bytea NOT NULL,
    held jsonb,
    refusal jsonb,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_guest_holds PRIMARY KEY (business_id, id),
    CONSTRAINT uq_guest_holds_business_id_key_hash UNIQUE (business_id, key_hash),
    CONSTRAINT uq_guest_holds_token_hash UNIQUE (token_hash),
    CONSTRAINT ck_guest_holds_state CHECK (state IN ('received', 'held', 'used', 'ended', 'refused'))
)
"""

# `spare_id` is the appointment's id when the hold has ended before it could become one.
BOOKINGS = """
CREATE TABLE bookings (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    page_id uuid NOT NULL,
    key_hash bytea NOT NULL,
    fingerprint bytea NOT NULL,
    salt bytea NOT NULL,
    manage_hash bytea NOT NULL,
    state text NOT NULL,
    service_id uuid NOT NULL,
    staff_id uuid,
    start_at timestamptz NOT NULL,
    end_at timestamptz,
    hold_id uuid NOT NULL,
    spare_id uuid NOT NULL,
    appointment_id uuid,
    customer jsonb,
    notes text NOT NULL,
    timezone text NOT NULL,
    locale text NOT NULL,
    quoted_price jsonb,
    price jsonb,
    deposit jsonb,
    terms jsonb NOT NULL,
    contacts bytea[] NOT NULL,
    address bytea NOT NULL,
    is_unproven boolean NOT NULL,
    answer jsonb,
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk_bookings PRIMARY KEY (business_id, id),
    CONSTRAINT uq_bookings_business_id_key_hash UNIQUE (business_id, key_hash),
    CONSTRAINT uq_bookings_business_id_hold_id UNIQUE (business_id, hold_id),
    CONSTRAINT uq_bookings_manage_hash UNIQUE (manage_hash),
    CONSTRAINT ck_bookings_state
        CHECK (state IN ('received', 'held', 'awaitingPayment', 'confirmed', 'failed'))
)
"""

ATTEMPTS = """
CREATE TABLE attempts (
    business_id uuid NOT NULL,
    scope text NOT NULL,
    began_at timestamptz NOT NULL,
    count integer NOT NULL,
    CONSTRAINT pk_attempts PRIMARY KEY (business_id, scope, began_at)
) WITH (fillfactor = 50)
"""

PROOFS = """
CREATE TABLE captcha_proofs (
    token_hash bytea NOT NULL,
    business_id uuid NOT NULL,
    used_at timestamptz NOT NULL,
    CONSTRAINT pk_captcha_proofs PRIMARY KEY (token_hash)
)
"""

INDEXES = """
CREATE INDEX ix_guest_holds_business_id_address ON guest_holds (business_id, address)
    WHERE state IN ('received', 'held');
CREATE INDEX ix_guest_holds_created_at ON guest_holds (created_at);
CREATE INDEX ix_bookings_business_id_address ON bookings (business_id, address)
    WHERE state IN ('received', 'held', 'awaitingPayment');
CREATE INDEX ix_bookings_contacts ON bookings USING gin (contacts)
    WHERE state IN ('received', 'held', 'awaitingPayment');
CREATE INDEX ix_bookings_business_id_appointment_id ON bookings (business_id, appointment_id);
CREATE INDEX ix_bookings_updated_at ON bookings (updated_at) WHERE state IN ('received', 'held', 'awaitingPayment');
CREATE INDEX ix_bookings_created_at ON bookings (created_at) WHERE answer IS NOT NULL;
CREATE INDEX ix_attempts_began_at ON attempts (began_at);
CREATE INDEX ix_captcha_proofs_used_at ON captcha_proofs (used_at)
"""


def upgrade() -> None:
    for statement in (HOLDS, BOOKINGS, ATTEMPTS, PROOFS, *INDEXES.split(";\n")):
        op.execute(statement)
    wall(op, "guest_holds", "bookings", "attempts", "captcha_proofs")
