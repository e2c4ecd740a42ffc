"""Where things are: the checkout, its state folder, and what the launcher knows about each service."""

import os
from pathlib import Path

from sundial.environment import Service

__all__ = ["Service", "checkout", "gateway_files", "openapi_file", "postgres_files", "state_folder"]

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


def openapi_file() -> Path:
    """What all services answer, in one generated document."""
    return checkout() / "docs" / "reference" / "openapi" / "sundial.json"
