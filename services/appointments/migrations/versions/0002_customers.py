"""What is known of customers: notes, consent, who is blocked, who became whom; and how they are searched for."""

from alembic import op
from plumbing.migrations import wall

revision = "0002"
down_revision = "0001"

# Names are compared without accents, vowel signs and the variants of Arabic letters, and with western digits. NFKD takes
# أ apart into ا and a mark, which goes with the other marks; what it does not know is translated.
SEARCHABLE = r"""
CREATE FUNCTION searchable(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT translate(
        lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036F\u0640\u064B-\u065F\u0670]', '', 'g')),
        'ٱةىیک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
        'اهييك01234567890123456789'
    )
$$
"""

CUSTOMERS = """
ALTER TABLE customers
    ADD COLUMN locale text,
    ADD COLUMN notes text NOT NULL DEFAULT '',
    ADD COLUMN blocked boolean NOT NULL DEFAULT false,
    ADD COLUMN erased_at timestamptz,
    ADD COLUMN search text NOT NULL GENERATED ALWAYS AS
        (searchable(name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))) STORED
"""

CONSENTS = """
CREATE TABLE customer_consents (
    business_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    id uuid NOT NULL,
    given boolean NOT NULL,
    at timestamptz NOT NULL,
    text text NOT NULL,
    CONSTRAINT pk_customer_consents PRIMARY KEY (business_id, customer_id, id),
    CONSTRAINT fk_customer_consents_business_id_customer_id
        FOREIGN KEY (business_id, customer_id) REFERENCES customers (business_id, id)
)
"""

MERGES = """
CREATE TABLE customer_merges (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    into_id uuid NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_customer_merges PRIMARY KEY (business_id, id),
    CONSTRAINT fk_customer_merges_business_id_into_id
        FOREIGN KEY (business_id, into_id) REFERENCES customers (business_id, id)
)
"""

# The list is read in the order of the first; the second finds names that are spelt otherwise; a customer's history is one
# stretch of the third.
INDEXES = """
CREATE INDEX ix_customers_business_id_search_id ON customers (business_id, search, id);
CREATE INDEX ix_customers_business_id_search ON customers USING gin (business_id, search gin_trgm_ops);
CREATE INDEX ix_appointments_business_id_customer_id_start_time
    ON appointments (business_id, customer_id, start_time) WHERE customer_id IS NOT NULL;
CREATE INDEX ix_customer_merges_business_id_into_id ON customer_merges (business_id, into_id)
"""

# Activity is append-only, but for what people wrote about a customer who is to be forgotten.
ONLY_ERASURE = """
CREATE FUNCTION refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erased appointment_activity := OLD;
BEGIN
    erased.before := OLD.before - ARRAY['notes', 'cancellationReason'];
    erased.after := OLD.after - ARRAY['notes', 'cancellationReason'];
    IF NEW.cause IS NULL THEN
        erased.cause := NULL;
    END IF;
    IF NEW IS DISTINCT FROM erased THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER append_only ON appointment_activity;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON appointment_activity
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER only_erasure BEFORE UPDATE ON appointment_activity
    FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure()
"""


def upgrade() -> None:
    for statement in (SEARCHABLE, CUSTOMERS, CONSENTS, MERGES, *INDEXES.split(";\n")):
        op.execute(statement)
    function, *triggers = ONLY_ERASURE.partition("$$;\n")[0::2]
    op.execute(function + "$$")
    for statement in "".join(triggers).split(";\n"):
        op.execute(statement)
    wall(op, "customer_consents", "customer_merges")
