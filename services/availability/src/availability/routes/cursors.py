"""Cursors of lists: where a page begins, by what the list is ordered by."""

from datetime import date
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


def last_date(paging: PageRequest) -> date | None:
    """The local date after which the page begins; None for the first page. Raises Invalid as above."""
    if paging.after is None:
        return None
    try:
        (found,) = paging.after
        return date.fromisoformat(found)
    except ValueError as error:
        raise Invalid.at("/cursor", "is not a cursor of this list") from error


def last_date_and_id(paging: PageRequest) -> tuple[date, UUID] | None:
    """The local date and the id after which the page begins; None for the first page. Raises Invalid as above."""
    if paging.after is None:
        return None
    try:
        on, found = paging.after
        return date.fromisoformat(on), UUID(found)
    except ValueError as error:
        raise Invalid.at("/cursor", "is not a cursor of this list") from error
