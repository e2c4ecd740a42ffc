"""Imports: files of rows, what is to become of each, and what became of it."""

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from appointments.tables.metadata import metadata
from plumbing.columns import moment

imports = Table(
    "imports",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("allow", ARRAY(Text), nullable=False),
    Column("ignored_columns", ARRAY(Text), nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("actor", JSONB, nullable=False),
    moment("worked_until", nullable=True),
    moment("created_at"),
    moment("updated_at"),
    CheckConstraint("kind IN ('services', 'staff', 'customers', 'appointments', 'timeOff')", name="kind"),
    CheckConstraint("state IN ('checked', 'applying', 'applied', 'undoing', 'undone', 'failed')", name="state"),
    CheckConstraint("done BETWEEN 0 AND total", name="done"),
    Index("ix_imports_created_at", "created_at"),
    Index("ix_imports_updated_at", "updated_at", postgresql_where=text("state IN ('applying', 'undoing')")),
)
"""`worked_until`: the process that works on it has said so, and until when nobody else need look at it."""

import_rows = Table(
    "import_rows",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("import_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("problems", JSONB, nullable=False),
    Column("cells", JSONB),
    Column("outcome", Text),
    Column("entity_id", Uuid),
    Column("revision", Integer),
    ForeignKeyConstraint(["business_id", "import_id"], ["imports.business_id", "imports.id"], ondelete="CASCADE"),
    CheckConstraint("action IN ('add', 'update', 'skip', 'error')", name="action"),
    CheckConstraint("outcome IN ('added', 'updated', 'skipped', 'failed', 'removed', 'kept')", name="outcome"),
)
"""`cells` is what is to be written, and is gone once it is. `entity_id` is that of what was added or updated, and is
known before, so that a row that is applied twice is added once."""

imported_events = Table(
    "imported_events",
    metadata,
    Column("business_id", Uuid, primary_key=True),
    Column("staff_id", Uuid, primary_key=True),
    Column("uid", Text, primary_key=True),
    Column("time_off_id", Uuid, nullable=False),
)
"""Which event of a calendar became which time off, so that the same calendar can be imported again."""
