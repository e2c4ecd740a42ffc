"""Booking pages, their slugs, and what this service has heard of businesses and the catalogue."""

from alembic import op
from plumbing.migrations import create_infrastructure, wall

revision = "0001"
down_revision = None

PAGES = """
CREATE TABLE booking_pages (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    policy_text text NOT NULL,
    confirmation_text text NOT NULL,
    service_ids uuid[],
    staff_ids uuid[],
    confirmation text NOT NULL,
    cancel_window_minutes integer NOT NULL,
    reschedule_window_minutes integer NOT NULL,
    refund_policy jsonb NOT NULL,
    theme jsonb NOT NULL,
    intake_questions jsonb NOT NULL,
    embed_origins text[] NOT NULL,
    locale text NOT NULL,
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    archived_at timestamptz,
    revision integer NOT NULL,
    CONSTRAINT pk_booking_pages PRIMARY KEY (business_id, id),
    CONSTRAINT ck_booking_pages_confirmation CHECK (confirmation IN ('manual', 'automatic')),
    CONSTRAINT ck_booking_pages_windows
        CHECK (cancel_window_minutes BETWEEN 0 AND 525600 AND reschedule_window_minutes BETWEEN 0 AND 525600),
    CONSTRAINT ck_booking_pages_revision CHECK (revision >= 1)
)
"""

# A slug belongs to one page of all businesses: its present one, or one that leads there until `until`.
SLUGS = """
CREATE TABLE page_slugs (
    slug text NOT NULL,
    business_id uuid NOT NULL,
    page_id uuid NOT NULL,
    until timestamptz,
    CONSTRAINT pk_page_slugs PRIMARY KEY (slug),
    CONSTRAINT fk_page_slugs_business_id_page_id
        FOREIGN KEY (business_id, page_id) REFERENCES booking_pages (business_id, id),
    CONSTRAINT ck_page_slugs_slug CHECK (slug ~ '^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$')
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
    contact_email text,
    contact_phone text,
    address text,
    CONSTRAINT pk_businesses_copy PRIMARY KEY (business_id)
)
"""

# Archived ones stay, so that an older event that arrives late cannot bring them back.
CATALOGUE = """
CREATE TABLE catalogue_copy (
    business_id uuid NOT NULL,
    kind text NOT NULL,
    id uuid NOT NULL,
    revision integer NOT NULL,
    archived boolean NOT NULL,
    details jsonb NOT NULL,
    CONSTRAINT pk_catalogue_copy PRIMARY KEY (business_id, kind, id),
    CONSTRAINT ck_catalogue_copy_kind CHECK (kind IN ('service', 'staff'))
)
"""

VERSIONS = """
CREATE TABLE versions (
    business_id uuid NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT pk_versions PRIMARY KEY (business_id)
) WITH (fillfactor = 50)
"""

INDEXES = """
CREATE INDEX ix_page_slugs_business_id_page_id ON page_slugs (business_id, page_id);
CREATE INDEX ix_page_slugs_until ON page_slugs (until) WHERE until IS NOT NULL
"""


def upgrade() -> None:
    create_infrastructure(op)
    for statement in (PAGES, SLUGS, BUSINESSES, CATALOGUE, VERSIONS, *INDEXES.split(";\n")):
        op.execute(statement)
    wall(op, "booking_pages", "page_slugs", "businesses_copy", "catalogue_copy", "versions")
