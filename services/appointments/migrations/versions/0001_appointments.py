"""Appointments, the time they take, the customers they are for, and what happened to them."""

from alembic import op
from plumbing.migrations import create_infrastructure, wall

revision = "0001"
down_revision = None

CUSTOMERS = r"""
CREATE TABLE customers (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    email text,
    phone text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_customers PRIMARY KEY (business_id, id),
    CONSTRAINT uq_customers_business_id_email UNIQUE (business_id, email),
    CONSTRAINT uq_customers_business_id_phone UNIQUE (business_id, phone),
    CONSTRAINT ck_customers_email_lower CHECK (email = lower(email)),
    CONSTRAINT ck_customers_phone_e164 CHECK (phone ~ '^\+[1-9][0-9]{1,14}$')
)
"""

APPOINTMENTS = """
CREATE TABLE appointments (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    service_id uuid NOT NULL,
    customer_id uuid,
    booking_page_id uuid,
    series_id uuid,
    session_id uuid,
    start_time timestamptz NOT NULL,
    end_time timestamptz NOT NULL,
    timezone text NOT NULL,
    start_local timestamp NOT NULL,
    status text NOT NULL,
    notes text NOT NULL,
    source text NOT NULL,
    service_name text NOT NULL,
    staff_name text NOT NULL,
    price_amount bigint NOT NULL,
    price_currency text NOT NULL,
    buffer_before_minutes smallint NOT NULL,
    buffer_after_minutes smallint NOT NULL,
    resource_ids uuid[] NOT NULL,
    expires_at timestamptz,
    cancellation_reason text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    revision integer NOT NULL,
    CONSTRAINT pk_appointments PRIMARY KEY (business_id, id),
    CONSTRAINT fk_appointments_business_id_customer_id
        FOREIGN KEY (business_id, customer_id) REFERENCES customers (business_id, id),
    CONSTRAINT ck_appointments_status
        CHECK (status IN ('PENDING', 'CONFIRMED', 'CANCELLED', 'COMPLETED', 'NO_SHOW')),
    CONSTRAINT ck_appointments_source CHECK (source IN ('internal', 'public')),
    CONSTRAINT ck_appointments_order CHECK (start_time < end_time),
    CONSTRAINT ck_appointments_length CHECK (end_time - start_time <= interval '48 hours'),
    CONSTRAINT ck_appointments_buffers CHECK (buffer_before_minutes >= 0 AND buffer_after_minutes >= 0),
    CONSTRAINT ck_appointments_expires_at CHECK (expires_at IS NULL OR status = 'PENDING'),
    CONSTRAINT ck_appointments_revision CHECK (revision >= 1)
)
"""

# No appointment is longer than 48 hours, so a range of time is one stretch of the first index. Rows are inserted in the
# order of the second, at its end. The bounds of a search are compared as plain instants: row-level security keeps
# operators on ranges out of index conditions, because they are not leakproof.
INDEXES = """
CREATE INDEX ix_appointments_business_id_start_time_id ON appointments (business_id, start_time, id);
CREATE INDEX ix_appointments_business_id_staff_id_created_at ON appointments (business_id, staff_id, created_at);
CREATE INDEX ix_appointments_expires_at ON appointments (expires_at) WHERE status = 'PENDING';
CREATE INDEX ix_claims_business_id_bookable_id_start_at ON claims (business_id, bookable_id, start_at)
    INCLUDE (during, owner_id, expires_at)
"""

# The exclusion constraint cannot be added later without a long lock, so it is here from the start. Two empty ranges
# do not overlap in its eyes: hence the check.
CLAIMS = """
CREATE TABLE claims (
    business_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    id uuid NOT NULL,
    bookable_id uuid NOT NULL,
    start_at timestamptz NOT NULL,
    end_at timestamptz NOT NULL,
    buffer_before interval NOT NULL,
    buffer_after interval NOT NULL,
    during tstzrange NOT NULL,
    expires_at timestamptz,
    CONSTRAINT pk_claims PRIMARY KEY (business_id, owner_id, id),
    CONSTRAINT ex_claims_bookable_id_during EXCLUDE USING gist (bookable_id WITH =, during WITH &&),
    CONSTRAINT ck_claims_not_empty CHECK (NOT isempty(during)),
    CONSTRAINT ck_claims_finite CHECK (isfinite(start_at) AND isfinite(end_at)),
    CONSTRAINT ck_claims_bounded CHECK (NOT lower_inf(during) AND NOT upper_inf(during)),
    CONSTRAINT ck_claims_half_open CHECK (lower_inc(during) AND NOT upper_inc(during)),
    CONSTRAINT ck_claims_length CHECK (upper(during) - lower(during) <= interval '48 hours'),
    CONSTRAINT ck_claims_buffers CHECK (buffer_before >= interval '0' AND buffer_after >= interval '0'),
    CONSTRAINT ck_claims_lower CHECK (lower(during) = start_at - buffer_before),
    CONSTRAINT ck_claims_upper CHECK (upper(during) = end_at + buffer_after),
    CONSTRAINT ck_claims_order CHECK (start_at < end_at)
)
"""

ACTIVITY = """
CREATE TABLE appointment_activity (
    business_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    revision integer NOT NULL,
    at timestamptz NOT NULL,
    actor jsonb NOT NULL,
    change text NOT NULL,
    before jsonb,
    after jsonb,
    cause text,
    CONSTRAINT pk_appointment_activity PRIMARY KEY (business_id, appointment_id, revision),
    CONSTRAINT fk_appointment_activity_business_id_appointment_id
        FOREIGN KEY (business_id, appointment_id) REFERENCES appointments (business_id, id)
)
"""

APPEND_ONLY = """
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$
"""

APPEND_ONLY_TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON appointment_activity
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()
"""


def upgrade() -> None:
    create_infrastructure(op)
    for statement in (CUSTOMERS, APPOINTMENTS, CLAIMS, *INDEXES.split(";\n"), ACTIVITY, APPEND_ONLY, APPEND_ONLY_TRIGGER):
        op.execute(statement)
    wall(op, "customers", "appointments", "claims", "appointment_activity")
