"""What is known of customers: notes, consent, who is blocked, who became whom; and how they are searched for."""

from alembic import op
from plumbing.migrations import wall

revision = "0002"
down_revision = "0001"

# Names are compared without accents, vowel signs, apostrophes and the variants of Arabic letters, and with western digits.
# NFKD takes أ apart into ا and a mark, which goes with the other marks; what it does not know is translated.
SEARCHABLE = r"""
CREATE FUNCTION searchable(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT translate(
        replace(lower(regexp_replace(
            normalize(words, NFKD),
            '[\u0300-\u036F\u0640\u064B-\u065F\u0670\u06D6-\u06ED\u200B-\u200F''`’ʼ]', '', 'g'
        )), 'ß', 'ss'),
        'ٱةىیکıłøđς٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
        'اهييكilodσ01234567890123456789'
    )
$$
"""

# The longest word first: it is looked for by the index. A number is one word, however it is spaced, and without the zeros
# that it has at home or before the country.
SEARCH_WORDS = r"""
CREATE FUNCTION search_words(typed text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT array_agg(
        regexp_replace(regexp_replace(word, '^0+(?=[0-9]{3})', ''), '([\\%_])', '\\\1', 'g')
        ORDER BY length(word) DESC, word
    )
    FROM regexp_split_to_table(
        CASE WHEN searchable(typed) ~ '^[-+0-9(). /]*[0-9][-+0-9(). /]*$'
            THEN regexp_replace(searchable(typed), '[^0-9]', '', 'g') ELSE searchable(typed) END,
        '\s+'
    ) AS word
    WHERE word <> ''
$$
"""

# Row-level security keeps LIKE and likeness out of index conditions, because they are not leakproof: in a transaction of
# one business, they would be tried on the customers of all. So this function runs as the owner of the table, who may read
# all rows, and names the business itself. Without one it finds nobody.
#
# Who has all the words is ranked 0 when each begins a word of theirs, else 1. Less than three letters have to begin one:
# there is no group of three that the index could know them by. Only when nobody has all the words, those whose name is
# like them follow, ranked 3 less the likeness.
CUSTOMERS_FOUND = r"""
CREATE FUNCTION customers_found(typed text, after_rank real, after_search text, after_id uuid, most integer)
RETURNS TABLE (id uuid, rank real) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    own uuid := nullif(current_setting('app.business_id', true), '')::uuid;
    said text := searchable(typed);
    words text[] := search_words(typed);
    begun text[] := ARRAY (SELECT '% ' || word || '%' FROM unnest(words) AS word);
    held text[] := ARRAY (
        SELECT CASE WHEN length(word) < 3 THEN '% ' ELSE '%' END || word || '%'
        FROM unnest(words) WITH ORDINALITY AS typed_words (word, place) ORDER BY place
    );
    longest text := held[1];
BEGIN
    IF after_rank IS NULL OR after_rank < 2 THEN
        RETURN QUERY
            SELECT c.id, ranked.rank FROM customers c
            CROSS JOIN LATERAL (SELECT CASE WHEN c.search LIKE ALL (begun) THEN 0::real ELSE 1::real END) AS ranked (rank)
            WHERE c.business_id = own AND c.erased_at IS NULL AND c.search LIKE longest AND c.search LIKE ALL (held)
                AND (after_rank IS NULL OR (ranked.rank, c.search, c.id) > (after_rank, after_search, after_id))
            ORDER BY ranked.rank, c.search, c.id LIMIT most;
        IF FOUND OR after_rank IS NOT NULL THEN
            RETURN;
        END IF;
    END IF;
    IF said ~ '[[:alpha:]]{3}' THEN
        RETURN QUERY
            SELECT c.id, ranked.rank FROM customers c
            CROSS JOIN LATERAL (SELECT (3 - word_similarity(said, c.search))::real) AS ranked (rank)
            WHERE c.business_id = own AND c.erased_at IS NULL AND said <% c.search
                AND (after_rank IS NULL OR (ranked.rank, c.search, c.id) > (after_rank, after_search, after_id))
            ORDER BY ranked.rank, c.search, c.id LIMIT most;
    END IF;
END
$$
"""

FOUND_BY_OWNER = "CREATE POLICY found_by_owner ON customers FOR SELECT TO CURRENT_USER USING (true)"

CUSTOMERS = """
ALTER TABLE customers
    ADD COLUMN locale text,
    ADD COLUMN notes text NOT NULL DEFAULT '',
    ADD COLUMN blocked boolean NOT NULL DEFAULT false,
    ADD COLUMN erased_at timestamptz,
    ADD COLUMN search text NOT NULL GENERATED ALWAYS AS
        (' ' || searchable(name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))) STORED
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

# The list is read in the order of the first; the second finds what is typed; a customer's history is one stretch of the
# third.
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
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gin")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for statement in (SEARCHABLE, CUSTOMERS, CONSENTS, MERGES, *INDEXES.split(";\n")):
        op.execute(statement)
    for statement in (SEARCH_WORDS, CUSTOMERS_FOUND, FOUND_BY_OWNER):
        op.execute(statement)
    function, *triggers = ONLY_ERASURE.partition("$$;\n")[0::2]
    op.execute(function + "$$")
    for statement in "".join(triggers).split(";\n"):
        op.execute(statement)
    wall(op, "customer_consents", "customer_merges")
