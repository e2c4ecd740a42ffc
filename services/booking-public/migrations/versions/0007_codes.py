"""Codes that guests are sent while nobody can tell people from programs, and whose a booking is."""

from alembic import op
from plumbing.migrations import wall

revision = "0007"
down_revision = "0006"

CODES = """
CREATE TABLE booking_codes (
    business_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    tries smallint NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL,
    CONSTRAINT pk_booking_codes PRIMARY KEY (business_id, booking_id),
    CONSTRAINT fk_booking_codes_business_id_booking_id
        FOREIGN KEY (business_id, booking_id) REFERENCES bookings (business_id, id) ON DELETE CASCADE
)
"""

# `customer_id`: who it is at appointments, so that they can be forgotten here too.
BOOKINGS = """
ALTER TABLE bookings
    ADD COLUMN customer_id uuid,
    DROP CONSTRAINT ck_bookings_state,
    ADD CONSTRAINT ck_bookings_state CHECK (
        state IN ('received', 'held', 'awaitingPayment', 'awaitingCode', 'unpaid', 'confirmed', 'failed')
    ) NOT VALID
"""

INDEXES = """
ALTER TABLE bookings VALIDATE CONSTRAINT ck_bookings_state;
CREATE INDEX ix_booking_codes_expires_at ON booking_codes (expires_at);
CREATE INDEX ix_bookings_business_id_customer_id ON bookings (business_id, customer_id) WHERE customer_id IS NOT NULL;
DROP INDEX ix_bookings_business_id_address;
DROP INDEX ix_bookings_contacts;
DROP INDEX ix_bookings_updated_at;
CREATE INDEX ix_bookings_business_id_address ON bookings (business_id, address)
    WHERE state IN ('received', 'held', 'awaitingPayment', 'awaitingCode');
CREATE INDEX ix_bookings_contacts ON bookings USING gin (contacts)
    WHERE state IN ('received', 'held', 'awaitingPayment', 'awaitingCode');
CREATE INDEX ix_bookings_updated_at ON bookings (updated_at)
    WHERE state IN ('received', 'held', 'awaitingPayment', 'awaitingCode')
"""


def upgrade() -> None:
    for statement in (CODES, BOOKINGS, *INDEXES.split(";\n")):
        op.execute(statement)
    wall(op, "booking_codes")
