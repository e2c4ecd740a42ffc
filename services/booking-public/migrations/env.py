"""How Alembic runs this service's migrations."""

from booking_public.tables import metadata
from plumbing.migrations import run_env

run_env(metadata)
