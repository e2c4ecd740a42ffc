"""What is to become of rows about customers."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from appointments.schemas.customer_cells import customer_changes, new_customer
from appointments.schemas.files.row import Unreadable, uuid_or_none
from appointments.schemas.files.table import Line
from appointments.use_cases.imports.customers import CustomerRow, Known, difference, known_customers
from appointments.use_cases.imports.keep import CheckedRow
from contracts.ids import BusinessId
from contracts.imports import RowProblem
from plumbing.db import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Read:
    """What a row says, and by what it names a customer; or why it cannot be read."""

    line: Line
    row: CustomerRow | None
    problems: Sequence[RowProblem] = ()


async def customer_rows(uow: UnitOfWork, business_id: BusinessId, lines: Sequence[Line]) -> list[CheckedRow]:
    """A fate for every row, judged by who is known, and by the rows before it."""
    rows = await asyncio.to_thread(lambda: [_read(line) for line in lines])
    async with uow(business_id) as tx:
        known = await known_customers(tx, business_id, [one.row for one in rows if one.row])
    seen: set[str] = set()
    return [_checked(one, known, seen) for one in rows]


def _read(line: Line) -> _Read:
    if line.problems:
        return _Read(line, None, line.problems)
    try:
        fields = new_customer(line.cells)
    except Unreadable as error:
        return _Read(line, None, error.problems)
    row = CustomerRow(uuid_or_none(line.cells.get("id", "")), fields["email"], fields["phone"], fields["name"])
    return _Read(line, row)


def _checked(one: _Read, known: Known, seen: set[str]) -> CheckedRow:
    if one.row is None:
        return CheckedRow(one.line.number, "error", one.problems)
    before = known.meant(one.row)
    foreign = [RowProblem(column=name, detail="is another customer's") for name in known.foreign(one.row, before)]
    twice = _twice(one.row, str(before.id) if before else None, seen)
    if problems := foreign or twice:
        return CheckedRow(one.line.number, "error", problems)
    if before is None:
        return CheckedRow(one.line.number, "add", cells=one.line.cells)
    changes: Mapping[str, Any] = difference(before, customer_changes(one.line.cells))
    action = "update" if changes else "skip"
    return CheckedRow(one.line.number, action, cells=one.line.cells, entity_id=before.id)


def _twice(row: CustomerRow, known_id: str | None, seen: set[str]) -> list[RowProblem]:
    """A second row about the same customer."""
    names = {"email": row.email, "phone": row.phone, None: known_id}
    found = [column for column, name in names.items() if name is not None and name in seen]
    seen |= {name for name in names.values() if name is not None}
    return [RowProblem(column=column, detail="is that of another row of this file") for column in found]
