"""`python -m sundial_local`."""

from sundial_local.cli import app

app()
