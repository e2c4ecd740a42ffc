"""What is to become of rows that are availability's to judge: services, staff, time off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from appointments.clients import CatalogueRows, Offers
from appointments.schemas.files.columns import ImportKind
from appointments.schemas.files.table import Line
from appointments.use_cases.imports.keep import CheckedRow
from contracts.ids import BusinessId, StaffId, uuid7
from contracts.imports import CatalogueKind, CatalogueRow, RowProblem, RowsQuestion
from contracts.offers import Allowance
from plumbing.db import UnitOfWork

KINDS: Mapping[str, CatalogueKind] = {
    ImportKind.SERVICES: "services",
    ImportKind.STAFF: "staff",
    ImportKind.TIME_OFF: "timeOff",
}
"""What of an import is availability's."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, and how it is to be taken."""

    business_id: BusinessId
    kind: ImportKind
    data: bytes
    allow: Sequence[Allowance] = ()
    staff_id: StaffId | None = None


@dataclass(frozen=True, slots=True)
class Knowing:
    """Who is asked about rows."""

    uow: UnitOfWork
    offers: Offers
    catalogue: CatalogueRows


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row to be judged; `known_id` is what an earlier import made of the same, `left_out` why it is none at all."""

    line: Line
    known_id: UUID | None = None
    left_out: str | None = None


async def judged(sent: Sent, knowing: Knowing, rows: Sequence[Wanted]) -> list[CheckedRow]:
    """What availability says to each. New ids are in the order of the rows: that is how lists show what was added."""
    ids = sorted(uuid7() for _ in rows)
    asked = [
        CatalogueRow(number=number, cells=dict(row.line.cells), new_id=new_id, known_id=row.known_id)
        for number, (row, new_id) in enumerate(zip(rows, ids, strict=True))
        if not row.line.problems and row.left_out is None
    ]
    question = RowsQuestion(business_id=sent.business_id, kind=KINDS[sent.kind], rows=asked)
    fates = {fate.number: fate for fate in await knowing.catalogue.check(question)} if asked else {}
    checked: list[CheckedRow] = []
    for number, row in enumerate(rows):
        fate = fates.get(number)
        if row.left_out is not None:
            checked.append(CheckedRow(row.line.number, "skip", [RowProblem(column=None, detail=row.left_out)]))
        elif fate is None:
            checked.append(CheckedRow(row.line.number, "error", row.line.problems))
        else:
            checked.append(CheckedRow(row.line.number, fate.action, fate.problems, row.line.cells, fate.entity_id))
    return checked
