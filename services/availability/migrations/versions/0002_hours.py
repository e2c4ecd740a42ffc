"""Overrides, closures, seasons and time off; and of claims, how much of them is buffers."""

from alembic import op
from plumbing.migrations import wall

revision = "0002"
down_revision = "0001"

# An override that is removed stays as a row, so that its revisions go on when there is another on that date.
OVERRIDES = """
CREATE TABLE overrides (
    business_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    on_date date NOT NULL,
    starts smallint[] NOT NULL,
    ends smallint[] NOT NULL,
    reason text NOT NULL,
    revision integer NOT NULL,
    updated_at timestamptz NOT NULL,
    removed_at timestamptz,
    CONSTRAINT pk_overrides PRIMARY KEY (business_id, staff_id, on_date),
    CONSTRAINT fk_overrides_business_id_staff_id FOREIGN KEY (business_id, staff_id) REFERENCES staff (business_id, id),
    CONSTRAINT ck_overrides_blocks CHECK (cardinality(starts) = cardinality(ends)),
    CONSTRAINT ck_overrides_revision CHECK (revision >= 1)
)
"""

# `imported` names the holiday that a closure was made from: the same one is not imported twice.
CLOSURES = """
CREATE TABLE closures (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL,
    estimated boolean NOT NULL,
    imported text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_closures PRIMARY KEY (business_id, id),
    CONSTRAINT uq_closures_business_id_imported UNIQUE (business_id, imported),
    CONSTRAINT ck_closures_dates CHECK (start_date <= end_date),
    CONSTRAINT ck_closures_revision CHECK (revision >= 1)
)
"""

SEASONS = """
CREATE TABLE seasons (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL,
    days smallint[] NOT NULL,
    starts smallint[] NOT NULL,
    ends smallint[] NOT NULL,
    staff_ids uuid[],
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    CONSTRAINT pk_seasons PRIMARY KEY (business_id, id),
    CONSTRAINT ck_seasons_dates CHECK (start_date <= end_date),
    CONSTRAINT ck_seasons_blocks CHECK (cardinality(days) = cardinality(starts) AND cardinality(days) = cardinality(ends)),
    CONSTRAINT ck_seasons_revision CHECK (revision >= 1)
)
"""

# What is removed stays for a while, so that it can be told again.
TIME_OFF = """
CREATE TABLE time_off (
    business_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    weekly boolean NOT NULL,
    weekly_until date,
    reason text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    removed_at timestamptz,
    revision integer NOT NULL,
    CONSTRAINT pk_time_off PRIMARY KEY (business_id, id),
    CONSTRAINT fk_time_off_business_id_staff_id FOREIGN KEY (business_id, staff_id) REFERENCES staff (business_id, id),
    CONSTRAINT ck_time_off_times CHECK (starts_at < ends_at),
    CONSTRAINT ck_time_off_weekly CHECK (weekly OR weekly_until IS NULL),
    CONSTRAINT ck_time_off_revision CHECK (revision >= 1)
)
"""

# How often the hours changed by more than the weekly ones: together with the weekly hours' own revision it is that of
# the event.
CHANGES = """
ALTER TABLE staff ADD COLUMN time_changes integer NOT NULL DEFAULT 0;
ALTER TABLE claims_copy ADD COLUMN buffer_before_minutes smallint NOT NULL DEFAULT 0;
ALTER TABLE claims_copy ADD COLUMN buffer_after_minutes smallint NOT NULL DEFAULT 0;
ALTER TABLE claims_copy ADD COLUMN of_session boolean NOT NULL DEFAULT false;
CREATE INDEX ix_time_off_business_id_staff_id ON time_off (business_id, staff_id) WHERE removed_at IS NULL;
CREATE INDEX ix_time_off_removed_at ON time_off (removed_at) WHERE removed_at IS NOT NULL
"""


def upgrade() -> None:
    for statement in (OVERRIDES, CLOSURES, SEASONS, TIME_OFF, *CHANGES.split(";\n")):
        op.execute(statement)
    wall(op, "overrides", "closures", "seasons", "time_off")
