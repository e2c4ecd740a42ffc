"""Columns that every service's tables have."""

from typing import Any

from sqlalchemy import Column, DateTime


def moment(name: str, *, nullable: bool = False) -> Column[Any]:
    """An instant: `timestamptz`, read and written in UTC."""
    return Column(name, DateTime(timezone=True), nullable=nullable)
