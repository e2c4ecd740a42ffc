"""How Alembic runs this service's migrations."""

from accounts.tables import metadata
from plumbing.migrations import run_env

run_env(metadata)
