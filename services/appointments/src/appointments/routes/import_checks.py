"""What is to become of the rows of a file: a check for each kind, which writes nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from appointments.clients import CatalogueRows, Offers
from appointments.routes.customer_checks import customer_rows
from appointments.schemas.files.columns import COLUMNS, ImportKind
from appointments.schemas.files.row import Unreadable
from appointments.schemas.files.table import Line, Table, read_table
from appointments.schemas.import_cells import AppointmentCells, appointment_cells
from appointments.use_cases.imports.foresee import Asked, Foresight
from appointments.use_cases.imports.keep import CheckedRow, NewImport
from appointments.use_cases.imports.write import known_customer_ids, present_ids
from contracts.appointments import Status
from contracts.ids import BusinessId, StaffId, uuid7
from contracts.imports import CatalogueKind, CatalogueRow, RowProblem, RowsQuestion
from contracts.offers import Allowance
from plumbing.db import UnitOfWork

CATALOGUE: Mapping[str, CatalogueKind] = {
    ImportKind.SERVICES: "services",
    ImportKind.STAFF: "staff",
    ImportKind.TIME_OFF: "timeOff",
}
"""What of an import is availability's."""

_THERE = RowProblem(column="id", detail="is there already")
_CANCELLED = RowProblem(column="status", detail="is cancelled: it takes no time, and is left out")


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


async def checked(sent: Sent, knowing: Knowing) -> NewImport:
    """What is to become of every row. Raises Invalid for a file that cannot be read, and ServiceUnavailable."""
    table = await asyncio.to_thread(read_table, sent.data, COLUMNS[sent.kind])
    rows = await _CHECKS[sent.kind](sent, knowing, table)
    return NewImport(sent.business_id, sent.kind.value, rows, table.ignored, sent.allow)


async def _catalogue_rows(sent: Sent, knowing: Knowing, table: Table) -> list[CheckedRow]:
    """Services and staff are availability's."""
    ids = _new_ids(len(table.lines))
    rows = [
        CatalogueRow(number=number, cells=dict(line.cells), new_id=new_id)
        for number, (line, new_id) in enumerate(zip(table.lines, ids, strict=True))
        if not line.problems
    ]
    question = RowsQuestion(business_id=sent.business_id, kind=CATALOGUE[sent.kind], rows=rows)
    fates = {fate.number: fate for fate in await knowing.catalogue.check(question)}
    checked_rows: list[CheckedRow] = []
    for number, line in enumerate(table.lines):
        if line.problems:
            checked_rows.append(CheckedRow(line.number, "error", line.problems))
            continue
        fate = fates[number]
        entity_id = ids[number] if fate.action == "add" else fate.entity_id
        checked_rows.append(CheckedRow(line.number, fate.action, fate.problems, line.cells, entity_id))
    return checked_rows


async def _appointment_rows(sent: Sent, knowing: Knowing, table: Table) -> list[CheckedRow]:
    """Whether each can be booked, all of them seen together."""
    catalogue = await knowing.catalogue.catalogue(sent.business_id)

    def read() -> list[AppointmentCells | Unreadable]:
        return [_read(line, lambda cells: appointment_cells(cells, catalogue, sent.allow)) for line in table.lines]

    found = await _with_known(sent, knowing, await asyncio.to_thread(read))
    asked = [(number, cells) for number, cells in enumerate(found) if isinstance(cells, AppointmentCells)]
    answers = await knowing.offers.ask_each([cells.question(sent.business_id) for _, cells in asked])
    foresight = Foresight([Asked(number, answer) for (number, _), answer in zip(asked, answers, strict=True)])
    for part in foresight.parts:
        async with knowing.uow(sent.business_id) as tx:
            await foresight.look(tx, sent.business_id, part)
    return [
        _appointment_row(line, cells, foresight.problems.get(number, []))
        for number, (line, cells) in enumerate(zip(table.lines, found, strict=True))
    ]


type _Read = AppointmentCells | Unreadable | RowProblem
"""What a row says; or why it cannot be read; or why it is left out."""


async def _with_known(sent: Sent, knowing: Knowing, rows: Sequence[AppointmentCells | Unreadable]) -> list[_Read]:
    """Without what is there already or takes no time, and without the ids of customers of others."""
    read = [row for row in rows if isinstance(row, AppointmentCells)]
    async with knowing.uow(sent.business_id) as tx:
        there = await present_ids(tx, sent.business_id, [row.id for row in read if row.id])
        customers = [row.customer_id for row in read if row.customer_id]
        known = await known_customer_ids(tx, sent.business_id, customers)
    return [_kept(row, there, known) if isinstance(row, AppointmentCells) else row for row in rows]


def _kept(row: AppointmentCells, there: set[UUID], known: set[UUID]) -> _Read:
    if row.id in there:
        return _THERE
    if row.status is Status.CANCELLED:
        return _CANCELLED
    return row if row.customer_id in known else row.model_copy(update={"customer_id": None})


def _appointment_row(line: Line, cells: _Read, problems: Sequence[RowProblem]) -> CheckedRow:
    if isinstance(cells, Unreadable):
        return CheckedRow(line.number, "error", cells.problems)
    if isinstance(cells, RowProblem):
        return CheckedRow(line.number, "skip", [cells])
    if problems:
        return CheckedRow(line.number, "error", problems)
    return CheckedRow(line.number, "add", cells=cells.model_dump(mode="json"))


def _read[C](line: Line, reader: Callable[[Mapping[str, str]], C]) -> C | Unreadable:
    if line.problems:
        return Unreadable(list(line.problems))
    try:
        return reader(line.cells)
    except Unreadable as error:
        return error


def _new_ids(count: int) -> list[UUID]:
    """Ids in the order of the rows, which is the order in which lists show what was added."""
    return sorted(uuid7() for _ in range(count))


async def _customer_rows(sent: Sent, knowing: Knowing, table: Table) -> list[CheckedRow]:
    """Who is known by an address or a number is changed, all others are added."""
    return await customer_rows(knowing.uow, sent.business_id, table.lines)


type _Check = Callable[[Sent, Knowing, Table], Awaitable[list[CheckedRow]]]

_CHECKS: Mapping[ImportKind, _Check] = {
    ImportKind.SERVICES: _catalogue_rows,
    ImportKind.STAFF: _catalogue_rows,
    ImportKind.CUSTOMERS: _customer_rows,
    ImportKind.APPOINTMENTS: _appointment_rows,
}
