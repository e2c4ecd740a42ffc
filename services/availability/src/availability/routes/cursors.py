"""Cursors of lists that are ordered by a local date."""

from uuid import UUID

from pydantic import TypeAdapter

from plumbing.schemas import LocalDate

BY_DATE = TypeAdapter(tuple[LocalDate])
"""Where a date is there once."""

BY_DATE_AND_ID = TypeAdapter(tuple[LocalDate, UUID])
"""Where it may be there more often."""
