"""Reading the cells of one row, so that all that is wrong with it is said at once."""

from collections.abc import Callable, Mapping
from uuid import UUID

from pydantic import ValidationError

from contracts.imports import RowProblem
from plumbing.words import words


class Unreadable(Exception):
    """Some cells cannot be read."""

    def __init__(self, problems: list[RowProblem]) -> None:
        super().__init__()
        self.problems = problems


class Cells:
    """The cells of one row, read one after the other; what cannot be read is collected."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.problems: list[RowProblem] = []

    def text(self, column: str) -> str:
        """A cell as it is; empty when there is none."""
        return self._cells.get(column, "")

    def read[T](self, column: str, reader: Callable[[str], T]) -> T | None:
        """A cell, if there is one, and if it can be read."""
        if column not in self._cells:
            return None
        try:
            return reader(self._cells[column])
        except ValidationError as error:
            self.refuse(column, words(error.errors()[0]))
        except ValueError as error:
            self.refuse(column, str(error))
        return None

    def refuse(self, column: str | None, detail: str) -> None:
        """Something is wrong."""
        self.problems.append(RowProblem(column=column, detail=detail))


def uuid_or_none(text: str) -> UUID | None:
    """The id of another product says nothing to us."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None
