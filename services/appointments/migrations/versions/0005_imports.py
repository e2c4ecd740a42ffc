"""Imports and calendar feeds."""

from alembic import op
from plumbing.migrations import wall

revision = "0005"
down_revision = "0004"

# `worked_until`: the process that works on it has said so, and until when nobody else need look at it.
IMPORTS = """
CREATE TABLE imports (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    allow text[] NOT NULL,
    ignored_columns text[] NOT NULL,
    total integer NOT NULL,
    done integer NOT NULL,
    actor jsonb NOT NULL,
    worked_until timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT pk_imports PRIMARY KEY (business_id, id),
    CONSTRAINT ck_imports_kind CHECK (kind IN ('services', 'staff', 'customers', 'appointments', 'timeOff')),
    CONSTRAINT ck_imports_state
        CHECK (state IN ('checked', 'applying', 'applied', 'undoing', 'undone', 'failed')),
    CONSTRAINT ck_imports_done CHECK (done BETWEEN 0 AND total)
)
"""

# `cells` is what is to be written; gone once it is. `entity_id` is that of what was added or updated, and is known
# before, so that a row that is applied twice is added once.
IMPORT_ROWS = """
CREATE TABLE import_rows (
    business_id uuid NOT NULL,
    import_id uuid NOT NULL,
    number integer NOT NULL,
    line integer NOT NULL,
    action text NOT NULL,
    problems jsonb NOT NULL,
    cells jsonb,
    outcome text,
    entity_id uuid,
    revision integer,
    CONSTRAINT pk_import_rows PRIMARY KEY (business_id, import_id, number),
    CONSTRAINT fk_import_rows_business_id_import_id
        FOREIGN KEY (business_id, import_id) REFERENCES imports (business_id, id) ON DELETE CASCADE,
    CONSTRAINT ck_import_rows_action CHECK (action IN ('add', 'update', 'skip', 'error')),
    CONSTRAINT ck_import_rows_outcome
        CHECK (outcome IN ('added', 'updated', 'skipped', 'failed', 'removed', 'kept'))
)
"""

# Which event of a calendar became which time off, so that the same calendar can be imported again.
IMPORTED_EVENTS = """
CREATE TABLE imported_events (
    business_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    uid text NOT NULL,
    time_off_id uuid NOT NULL,
    CONSTRAINT pk_imported_events PRIMARY KEY (business_id, staff_id, uid)
)
"""

FEEDS = """
CREATE TABLE feeds (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid,
    detail text NOT NULL,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    made_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_feeds PRIMARY KEY (business_id, id),
    CONSTRAINT uq_feeds_token_hash UNIQUE (token_hash),
    CONSTRAINT ck_feeds_detail CHECK (detail IN ('full', 'busy')),
    CONSTRAINT ck_feeds_token_hash CHECK (octet_length(token_hash) = 32),
    CONSTRAINT ck_feeds_revision CHECK (revision >= 1)
)
"""

INDEXES = """
CREATE INDEX ix_imports_created_at ON imports (created_at);
CREATE INDEX ix_imports_updated_at ON imports (updated_at) WHERE state IN ('applying', 'undoing');
CREATE INDEX ix_feeds_made_by ON feeds (made_by)
"""


def upgrade() -> None:
    for statement in (IMPORTS, IMPORT_ROWS, IMPORTED_EVENTS, FEEDS, *INDEXES.split(";\n")):
        op.execute(statement)
    wall(op, "imports", "import_rows", "imported_events", "feeds")
