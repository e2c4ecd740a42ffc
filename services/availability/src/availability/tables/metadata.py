"""What all tables of this service are registered in, and how their constraints are named."""

from typing import Any

from sqlalchemy import Column, MetaData, SmallInteger

from plumbing.migrations import NAMING

metadata = MetaData(naming_convention=NAMING)


def number(name: str) -> Column[Any]:
    """A column for a small whole number."""
    return Column(name, SmallInteger, nullable=False)
