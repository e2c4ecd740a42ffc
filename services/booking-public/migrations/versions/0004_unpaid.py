"""Deposits that are asked for again, ends of deposits that were not told yet, and what a guest who cancels gets back."""

from alembic import op

revision = "0004"
down_revision = "0003"

# `asked_again`: how often, as what a card kept ready could not be taken; a PaymentIntent says of which time it is.
# `told`: the booking flow knows how it ended.
DEPOSITS = """
ALTER TABLE deposits
    ADD COLUMN asked_again integer NOT NULL DEFAULT 0,
    ADD COLUMN told boolean NOT NULL DEFAULT false
"""

# `paying_back_since`: a guest cancels, and what they paid is not on its way back yet.
BOOKINGS = """
ALTER TABLE bookings
    ADD COLUMN paying_back_since timestamptz,
    DROP CONSTRAINT ck_bookings_state,
    ADD CONSTRAINT ck_bookings_state
        CHECK (state IN ('received', 'held', 'awaitingPayment', 'unpaid', 'confirmed', 'failed')) NOT VALID
"""

INDEXES = """
ALTER TABLE bookings VALIDATE CONSTRAINT ck_bookings_state;
DROP INDEX ix_deposits_looked_at;
CREATE INDEX ix_deposits_looked_at ON deposits (looked_at) WHERE NOT told;
CREATE INDEX ix_bookings_paying_back_since ON bookings (paying_back_since) WHERE paying_back_since IS NOT NULL
"""


def upgrade() -> None:
    for statement in (DEPOSITS, BOOKINGS, *INDEXES.split(";\n")):
        op.execute(statement)
