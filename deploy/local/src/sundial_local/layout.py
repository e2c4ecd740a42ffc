"""Where things are: the checkout, its state folder, and what the launcher knows about each service."""

import os
from pathlib import Path

from sundial.environment import KEEPING, Service

__all__ = [
    "KEEPING",
    "Service",
    "checkout",
    "embed_files",
    "gateway_files",
    "openapi_file",
    "postgres_files",
    "state_folder",
    "web_files",
    "wizard_manifest",
]

STATE = ".sundial"


def checkout() -> Path:
    """The folder of the repository: the one that holds this file, as the package is installed in place."""
    return Path(__file__).parents[4]


def state_folder() -> Path:
    """`.sundial` of the checkout, or where SUNDIAL_STATE says."""
    named = os.environ.get("SUNDIAL_STATE")
    return Path(named).resolve() if named else checkout() / STATE


def postgres_files() -> Path:
    """The SQL that makes databases and roles."""
    return checkout() / "deploy" / "postgres"


def gateway_files() -> Path:
    """nginx's configuration."""
    return checkout() / "gateway"


def embed_files() -> Path:
    """The scripts that show a booking page on other people's sites."""
    return checkout() / "apps" / "web" / "embed"


def web_files() -> Path:
    """The built front end; not there before it was built."""
    return checkout() / "apps" / "web" / "dist"


def wizard_manifest() -> Path | None:
    """The names of the booking wizard's files; None before there is one."""
    manifest = web_files() / ".vite" / "manifest.json"
    return manifest if manifest.exists() and '"booking.html"' in manifest.read_text(encoding="utf-8") else None


def openapi_file() -> Path:
    """What all services answer, in one generated document."""
    return checkout() / "docs" / "reference" / "openapi" / "sundial.json"
