"""The catalogue, the weekly hours, and what this service has heard of businesses and claims."""

from alembic import op
from plumbing.migrations import create_infrastructure, wall

revision = "0001"
down_revision = None

STAFF = """
CREATE TABLE staff (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    email text,
    phone text,
    color text NOT NULL,
    title text,
    specializations text[] NOT NULL,
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    archived_at timestamptz,
    revision integer NOT NULL,
    hours_revision integer NOT NULL,
    CONSTRAINT pk_staff PRIMARY KEY (business_id, id),
    CONSTRAINT ck_staff_revision CHECK (revision >= 1 AND hours_revision >= 1)
)
"""

SERVICES = """
CREATE TABLE services (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    category text,
    color text NOT NULL,
    duration_minutes smallint NOT NULL,
    buffer_before_minutes smallint NOT NULL,
    buffer_after_minutes smallint NOT NULL,
    slot_interval_minutes smallint NOT NULL,
    price_amount bigint NOT NULL,
    price_currency text NOT NULL,
    deposit_kind text NOT NULL,
    deposit_amount bigint,
    deposit_percent smallint,
    min_notice_minutes integer NOT NULL,
    max_advance_days smallint NOT NULL,
    capacity smallint NOT NULL,
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    archived_at timestamptz,
    revision integer NOT NULL,
    CONSTRAINT pk_services PRIMARY KEY (business_id, id),
    CONSTRAINT ck_services_duration CHECK (duration_minutes BETWEEN 5 AND 1440),
    CONSTRAINT ck_services_buffers
        CHECK (buffer_before_minutes BETWEEN 0 AND 480 AND buffer_after_minutes BETWEEN 0 AND 480),
    CONSTRAINT ck_services_slot_interval CHECK (slot_interval_minutes BETWEEN 5 AND 240),
    CONSTRAINT ck_services_price CHECK (price_amount >= 0),
    CONSTRAINT ck_services_deposit CHECK (
        CASE deposit_kind
            WHEN 'none' THEN deposit_amount IS NULL AND deposit_percent IS NULL
            WHEN 'full' THEN deposit_amount IS NULL AND deposit_percent IS NULL
            WHEN 'fixed' THEN deposit_amount BETWEEN 0 AND price_amount AND deposit_percent IS NULL
            WHEN 'percent' THEN deposit_amount IS NULL AND deposit_percent BETWEEN 1 AND 100
            ELSE false
        END IS TRUE
    ),
    CONSTRAINT ck_services_notice CHECK (min_notice_minutes BETWEEN 0 AND 525600),
    CONSTRAINT ck_services_horizon CHECK (max_advance_days BETWEEN 0 AND 730),
    CONSTRAINT ck_services_capacity CHECK (capacity BETWEEN 1 AND 500),
    CONSTRAINT ck_services_revision CHECK (revision >= 1)
)
"""

STAFF_SERVICES = """
CREATE TABLE staff_services (
    business_id uuid NOT NULL,
    service_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    CONSTRAINT pk_staff_services PRIMARY KEY (business_id, service_id, staff_id),
    CONSTRAINT fk_staff_services_business_id_service_id
        FOREIGN KEY (business_id, service_id) REFERENCES services (business_id, id),
    CONSTRAINT fk_staff_services_business_id_staff_id
        FOREIGN KEY (business_id, staff_id) REFERENCES staff (business_id, id)
)
"""

SERVICE_RESOURCES = """
CREATE TABLE service_resources (
    business_id uuid NOT NULL,
    service_id uuid NOT NULL,
    kind text NOT NULL,
    quantity smallint NOT NULL,
    CONSTRAINT pk_service_resources PRIMARY KEY (business_id, service_id, kind),
    CONSTRAINT fk_service_resources_business_id_service_id
        FOREIGN KEY (business_id, service_id) REFERENCES services (business_id, id),
    CONSTRAINT ck_service_resources_quantity CHECK (quantity >= 1)
)
"""

RESOURCES = """
CREATE TABLE resources (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    active boolean NOT NULL,
    CONSTRAINT pk_resources PRIMARY KEY (business_id, id)
)
"""

BLOCKS = """
CREATE TABLE availability_blocks (
    business_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    position smallint NOT NULL,
    day_of_week smallint NOT NULL,
    start_minute smallint NOT NULL,
    end_minute smallint NOT NULL,
    valid_from date,
    valid_to date,
    CONSTRAINT pk_availability_blocks PRIMARY KEY (business_id, staff_id, position),
    CONSTRAINT fk_availability_blocks_business_id_staff_id
        FOREIGN KEY (business_id, staff_id) REFERENCES staff (business_id, id),
    CONSTRAINT ck_availability_blocks_day CHECK (day_of_week BETWEEN 1 AND 7),
    CONSTRAINT ck_availability_blocks_minutes CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440),
    CONSTRAINT ck_availability_blocks_dates CHECK (valid_from <= valid_to)
)
"""

BUSINESSES = """
CREATE TABLE businesses_copy (
    business_id uuid NOT NULL,
    revision integer NOT NULL,
    name text NOT NULL,
    timezone text NOT NULL,
    currency text NOT NULL,
    locale text NOT NULL,
    CONSTRAINT pk_businesses_copy PRIMARY KEY (business_id)
)
"""

# A slot search reads one stretch of the primary key per bookable: no claim is longer than 48 hours.
CLAIMS = """
CREATE TABLE claims_copy (
    business_id uuid NOT NULL,
    bookable_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    owner_id uuid NOT NULL,
    ends_at timestamptz NOT NULL,
    expires_at timestamptz,
    CONSTRAINT pk_claims_copy PRIMARY KEY (business_id, bookable_id, starts_at, owner_id)
)
"""

# An owner whose claims are released stays here, so that an older event that arrives late cannot bring them back.
CLAIM_OWNERS = """
CREATE TABLE claim_owners_copy (
    business_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    revision integer NOT NULL,
    released boolean NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_claim_owners_copy PRIMARY KEY (business_id, owner_id)
)
"""

VERSIONS = """
CREATE TABLE versions (
    business_id uuid NOT NULL,
    version bigint NOT NULL,
    catalogue_version bigint NOT NULL,
    CONSTRAINT pk_versions PRIMARY KEY (business_id)
)
"""

# Which bookables' claims have to be read again. Half of each page is free, so that the same few rows can rise in place.
CLAIM_VERSIONS = """
CREATE TABLE claim_versions (
    business_id uuid NOT NULL,
    bookable_id uuid NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT pk_claim_versions PRIMARY KEY (business_id, bookable_id)
) WITH (fillfactor = 50)
"""

INDEXES = """
CREATE INDEX ix_staff_services_business_id_staff_id ON staff_services (business_id, staff_id);
CREATE INDEX ix_resources_business_id_kind ON resources (business_id, kind);
CREATE INDEX ix_claims_copy_business_id_owner_id ON claims_copy (business_id, owner_id);
CREATE INDEX ix_claim_owners_copy_changed_at ON claim_owners_copy (changed_at) WHERE released
"""


def upgrade() -> None:
    create_infrastructure(op)
    tables = (STAFF, SERVICES, STAFF_SERVICES, SERVICE_RESOURCES, RESOURCES, BLOCKS, BUSINESSES, CLAIMS, CLAIM_OWNERS)
    for statement in (*tables, VERSIONS, CLAIM_VERSIONS, *INDEXES.split(";\n")):
        op.execute(statement)
    wall(op, "staff", "services", "staff_services", "service_resources", "resources", "availability_blocks")
    wall(op, "businesses_copy", "claims_copy", "claim_owners_copy", "versions", "claim_versions")
