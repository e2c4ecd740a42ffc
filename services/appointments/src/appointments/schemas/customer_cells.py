"""What comes in as cells of a file about customers: read into the same bodies as JSON, so that the same rules hold."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from appointments.schemas.customers import CustomerChanges, NewCustomerBody
from appointments.schemas.files.row import Cells, Unreadable
from contracts.imports import RowProblem
from plumbing.schemas import Body
from plumbing.words import words

_TEXTS = ("name", "email", "phone", "locale", "notes")
_YES, _NO = frozenset({"true", "yes", "y", "1"}), frozenset({"false", "no", "n", "0"})


def new_customer(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a customer to be added, by name. Raises Unreadable."""
    return _checked(NewCustomerBody, cells).fields()


def customer_changes(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a customer that the row speaks of. Raises Unreadable."""
    return _checked(CustomerChanges, cells).changes()


def _checked[B: Body](kind: type[B], cells: Mapping[str, str]) -> B:
    """A row about a customer, read as the same body as JSON."""
    row = Cells(cells)
    blocked = row.read("blocked", _flag)
    texts = {column: cells[column] for column in _TEXTS if column in cells}
    if row.problems:
        raise Unreadable(row.problems)
    try:
        return kind.model_validate(texts if blocked is None else {**texts, "blocked": blocked})
    except ValidationError as error:
        raise Unreadable([_problem(item) for item in error.errors(include_input=False, include_url=False)]) from error


def _problem(item: Any) -> RowProblem:
    return RowProblem(column=str(item["loc"][0]), detail=words(item))


def _flag(text: str) -> bool:
    word = text.strip().casefold()
    if word not in _YES | _NO:
        raise ValueError("is neither yes nor no")
    return word in _YES
