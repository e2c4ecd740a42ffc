"""Guests who wait, and the links to what they booked or wait for that are sent to them."""

from alembic import op
from plumbing.migrations import wall

revision = "0006"
down_revision = "0005"

# Who waits is known to appointments alone. `answer` is what was told; NULL while nobody knows whether they are in line.
WAITS = """
CREATE TABLE guest_waits (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    page_id uuid NOT NULL,
    key_hash bytea NOT NULL,
    fingerprint bytea NOT NULL,
    salt bytea NOT NULL,
    token_hash bytea NOT NULL,
    service_id uuid NOT NULL,
    timezone text NOT NULL,
    locale text NOT NULL,
    terms jsonb NOT NULL,
    address bytea NOT NULL,
    answer jsonb,
    until timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_guest_waits PRIMARY KEY (business_id, id),
    CONSTRAINT uq_guest_waits_business_id_key_hash UNIQUE (business_id, key_hash),
    CONSTRAINT uq_guest_waits_token_hash UNIQUE (token_hash)
)
"""

LINKS = """
CREATE TABLE guest_links (
    token_hash bytea NOT NULL,
    business_id uuid NOT NULL,
    booking_id uuid,
    waiting_id uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_guest_links PRIMARY KEY (token_hash),
    CONSTRAINT ck_guest_links_target CHECK (num_nonnulls(booking_id, waiting_id) = 1),
    CONSTRAINT fk_guest_links_business_id_booking_id
        FOREIGN KEY (business_id, booking_id) REFERENCES bookings (business_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_guest_links_business_id_waiting_id
        FOREIGN KEY (business_id, waiting_id) REFERENCES guest_waits (business_id, id) ON DELETE CASCADE
)
"""

INDEXES = """
CREATE INDEX ix_guest_waits_business_id_address ON guest_waits (business_id, address);
CREATE INDEX ix_guest_waits_until ON guest_waits (until);
CREATE INDEX ix_guest_links_business_id_booking_id ON guest_links (business_id, booking_id);
CREATE INDEX ix_guest_links_business_id_waiting_id ON guest_links (business_id, waiting_id);
CREATE INDEX ix_bookings_business_id_spare_id ON bookings (business_id, spare_id)
"""


def upgrade() -> None:
    for statement in (WAITS, LINKS, *INDEXES.split(";\n")):
        op.execute(statement)
    wall(op, "guest_waits", "guest_links")
