"""What is to become of the rows of a file: a check for each kind, which writes nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from appointments.routes.catalogue_checks import Knowing, Sent, Wanted, judged
from appointments.routes.customer_checks import customer_rows
from appointments.routes.time_off_checks import calendar_rows, time_off_rows
from appointments.schemas.files.calendar_file import is_calendar
from appointments.schemas.files.columns import COLUMNS, ImportKind
from appointments.schemas.files.row import Unreadable
from appointments.schemas.files.table import Line, Table, read_table
from appointments.schemas.import_cells import AppointmentCells, appointment_cells
from appointments.use_cases.imports.foresee import Asked, Foresight
from appointments.use_cases.imports.keep import CheckedRow, NewImport
from appointments.use_cases.imports.write import known_customer_ids, present_ids
from contracts.appointments import Status
from contracts.imports import RowProblem

_THERE = RowProblem(column="id", detail="is there already")
_CANCELLED = RowProblem(column="status", detail="is cancelled: it takes no time, and is left out")


async def checked(sent: Sent, knowing: Knowing) -> NewImport:
    """What is to become of every row. Raises Invalid for a file that cannot be read, and ServiceUnavailable."""
    if sent.kind is ImportKind.TIME_OFF and is_calendar(sent.data):
        rows, ignored = await calendar_rows(sent, knowing), []
    else:
        table = await asyncio.to_thread(read_table, sent.data, COLUMNS[sent.kind])
        rows, ignored = await _CHECKS[sent.kind](sent, knowing, table), table.ignored
    return NewImport(sent.business_id, sent.kind.value, rows, ignored, sent.allow)


async def _catalogue_rows(sent: Sent, knowing: Knowing, table: Table) -> list[CheckedRow]:
    """Services and staff are availability's."""
    return await judged(sent, knowing, [Wanted(line) for line in table.lines])


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


async def _customer_rows(sent: Sent, knowing: Knowing, table: Table) -> list[CheckedRow]:
    """Who is known by an address or a number is changed, all others are added."""
    return await customer_rows(knowing.uow, sent.business_id, table.lines)


type _Check = Callable[[Sent, Knowing, Table], Awaitable[list[CheckedRow]]]

_CHECKS: Mapping[ImportKind, _Check] = {
    ImportKind.SERVICES: _catalogue_rows,
    ImportKind.STAFF: _catalogue_rows,
    ImportKind.CUSTOMERS: _customer_rows,
    ImportKind.APPOINTMENTS: _appointment_rows,
    ImportKind.TIME_OFF: time_off_rows,
}
