"""Cursors of lists that are ordered by id."""

from uuid import UUID

from plumbing.pages import PageRequest
from plumbing.problems import Invalid


def last_id(paging: PageRequest) -> UUID | None:
    """The id after which the page begins; None for the first page. Raises Invalid for a cursor of another list."""
    if paging.after is None:
        return None
    try:
        (found,) = paging.after
        return UUID(found)
    except ValueError as error:
        raise Invalid.at("/cursor", "is not a cursor of this list") from error
