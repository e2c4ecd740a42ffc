"""How Alembic runs this service's migrations."""

from notifications.tables import metadata
from plumbing.migrations import run_env

run_env(metadata)
