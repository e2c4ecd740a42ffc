"""Internal requests: rows of an imported file that availability checks, applies and takes back for appointments."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.ids import BusinessId, ServiceId, StaffId
from contracts.wire import Wire

MOST_ROWS = 20_000
"""A file has no more."""

CatalogueKind = Literal["services", "staff", "timeOff"]
"""What of an import is availability's."""

RowAction = Literal["add", "update", "skip", "error"]
"""What is to become of a row, or what became of it."""


class RowProblem(Wire):
    """Why a row cannot be written, or is left out; `column` is one of the file, null for the whole row."""

    column: str | None
    detail: str


class CatalogueRow(Wire):
    """One row: its cells by column, without the empty ones.

    What it adds gets the id `new_id`, so that a row that comes again is not added again. `known_id` is what an earlier
    import made of the same thing.
    """

    number: int
    cells: dict[str, str]
    new_id: UUID
    known_id: UUID | None = None


class RowsQuestion(Wire):
    """What would become of these rows, or: write them."""

    business_id: BusinessId
    kind: CatalogueKind
    rows: Annotated[list[CatalogueRow], Field(max_length=MOST_ROWS)]


class RowFate(Wire):
    """What is to become of a row, or what became of it: `entity_id` is that of what it adds or changes."""

    number: int
    action: RowAction
    problems: list[RowProblem] = []
    entity_id: UUID | None = None
    revision: int | None = None


class RowsAnswer(Wire):
    """One answer for each row, in their order."""

    rows: list[RowFate]


class AddedThing(Wire):
    """What an import has added, and its revision then."""

    entity_id: UUID
    revision: int


class UndoQuestion(Wire):
    """Take these back, unless they were changed since."""

    business_id: BusinessId
    kind: CatalogueKind
    things: list[AddedThing]


class UndoFate(Wire):
    """Whether it is gone; else why it was left."""

    entity_id: UUID
    left: str | None = None


class UndoAnswer(Wire):
    """One answer for each thing, in their order."""

    things: list[UndoFate]


class CatalogueQuestion(Wire):
    """What is in the catalogue of this business?"""

    business_id: BusinessId


class NamedService(Wire):
    """A service that can be booked, and how files name it."""

    id: ServiceId
    name: str


class NamedStaff(Wire):
    """A staff member, and how files name them."""

    id: StaffId
    name: str
    email: str | None


class CatalogueAnswer(Wire):
    """A business and its catalogue, without what is archived."""

    name: str
    timezone: str
    currency: str
    services: list[NamedService]
    staff: list[NamedStaff]
