"""Database migrations: Alembic, forward only, one history per service."""

import asyncio
from importlib.util import find_spec
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, pool, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name that follows from what it holds, so that a Problem can be found by it."""

# As scalar subqueries the settings are read once a statement; as bare expressions they were read for every row.
_TENANT = "business_id = (SELECT nullif(current_setting('app.business_id', true), '')::uuid)"
_EVERY = "(SELECT current_setting('app.every_business', true) = 'on')"

_INFRASTRUCTURE = """
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    part smallint NOT NULL,
    event_id uuid NOT NULL,
    routing_key text NOT NULL,
    body text NOT NULL,
    traceparent text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ix_outbox_part_id ON outbox (part, id);
CREATE TABLE inbox (
    consumer text NOT NULL,
    message_id uuid NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    processed_at timestamptz,
    CONSTRAINT pk_inbox PRIMARY KEY (consumer, message_id)
);
CREATE INDEX ix_inbox_first_seen_at ON inbox (first_seen_at);
CREATE TABLE idempotency_keys (
    scope text NOT NULL,
    key text NOT NULL,
    business_id uuid,
    fingerprint bytea NOT NULL,
    status smallint,
    headers text,
    body bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (scope, key)
);
CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys (created_at);
"""


def upgrade(service: str, owner_url: str) -> None:
    """Bring a service's database (`postgresql://owner@…`) to the newest revision. Safe to run twice at once."""
    config = _config(service)
    config.attributes["url"] = owner_url.replace("postgresql://", "postgresql+asyncpg://", 1)
    command.upgrade(config, "head")


def run_env(metadata: MetaData) -> None:
    """What a service's `migrations/env.py` calls."""
    asyncio.run(_run(str(context.config.attributes["url"]), metadata))


async def pending(engine: AsyncEngine, service: str) -> str | None:
    """What is wrong with the schema, or None when every migration that this code knows has been applied.

    A schema that this code does not know is newer: migrations only add, so the code of the release before runs on it.
    """
    script = ScriptDirectory.from_config(_config(service))
    wanted, known = script.get_current_head(), {revision.revision for revision in script.walk_revisions()}
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    is_newer = found is not None and found not in known
    return None if found == wanted or is_newer else f"schema is at {found}, this code needs {wanted}"


def create_infrastructure(op: Operations) -> None:
    """The tables that `plumbing` keeps in every service's database: outbox, inbox, idempotency keys."""
    for statement in _INFRASTRUCTURE.split(";\n"):
        if statement.strip():
            op.execute(statement)
    wall(op, "idempotency_keys")


def wall(op: Operations, *tables: str) -> None:
    """Row-level security for tenant tables: a session sees the rows of the business it named, or none."""
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY one_business ON {table} USING ({_TENANT} OR {_EVERY})")


def _config(service: str) -> Config:
    spec = find_spec(service.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise LookupError(f"there is no service named {service}")
    config = Config()
    config.set_main_option("script_location", str(Path(spec.origin).parents[2] / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


async def _run(url: str, metadata: MetaData) -> None:
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(_migrate, metadata)
        await connection.commit()
    await engine.dispose()


def _migrate(connection: Connection, metadata: MetaData) -> None:
    """One runner at a time, and none waits long for a table that is in use."""
    connection.execute(text("SELECT pg_advisory_lock(hashtextextended('sundial.migrations', 0))"))
    connection.execute(text("SET lock_timeout = '2s'"))
    connection.commit()
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
