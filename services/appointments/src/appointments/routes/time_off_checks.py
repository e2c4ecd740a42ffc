"""What is to become of time off: rows of a table, or what a calendar keeps for one staff member."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from appointments.routes.catalogue_checks import Knowing, Sent, Wanted, judged
from appointments.schemas.files.calendar_file import Found, read_calendar
from appointments.schemas.files.row import Cells
from appointments.schemas.files.table import Line, Table
from appointments.schemas.import_cells import instant_in, staff_of
from appointments.use_cases.imports.events import known_events
from appointments.use_cases.imports.keep import CheckedRow
from contracts.ids import StaffId
from contracts.imports import CatalogueAnswer
from contracts.wire import rfc3339
from plumbing.clock import utc_now
from plumbing.problems import Invalid


async def calendar_rows(sent: Sent, knowing: Knowing) -> list[CheckedRow]:
    """Every time in a calendar; what an earlier import knew by the same UID is changed, and not added again.

    Raises Invalid without somebody of the staff whose time off it is.
    """
    catalogue = await knowing.catalogue.catalogue(sent.business_id)
    if sent.staff_id is None:
        raise Invalid.at("/staffId", "is needed: say whose time off this calendar is")
    if all(one.id != sent.staff_id for one in catalogue.staff):
        raise Invalid.at("/staffId", "names nothing of this business")
    found = _each_once(await asyncio.to_thread(read_calendar, sent.data, catalogue.timezone, utc_now()))
    async with knowing.uow(sent.business_id) as tx:
        uids = [one.uid for one in found if one.uid is not None]
        known = await known_events(tx, sent.business_id, sent.staff_id, uids)
    return await judged(
        sent,
        knowing,
        [Wanted(_of_staff(one, sent.staff_id), known.get(one.uid) if one.uid else None, one.left_out) for one in found],
    )


async def time_off_rows(sent: Sent, knowing: Knowing, table: Table) -> list[CheckedRow]:
    """The rows of a table, each about one time of somebody of the staff, or all of the one who is named beside it."""
    catalogue = await knowing.catalogue.catalogue(sent.business_id)
    return await judged(sent, knowing, [Wanted(_read(line, catalogue, sent.staff_id)) for line in table.lines])


def _each_once(found: Sequence[Found]) -> list[Found]:
    """An event whose UID came before is left out."""
    seen: set[str] = set()
    once: list[Found] = []
    for one in found:
        once.append(replace(one, left_out="comes twice") if one.uid in seen and one.left_out is None else one)
        seen |= {one.uid} if one.uid and one.left_out is None else set()
    return once


def _of_staff(found: Found, staff_id: StaffId) -> Line:
    uid = {} if found.uid is None else {"uid": found.uid}
    return replace(found.line, cells={**found.line.cells, **uid, "staffId": str(staff_id)})


def _read(line: Line, catalogue: CatalogueAnswer, staff_id: StaffId | None) -> Line:
    """The row with names and local times understood."""
    row = Cells(line.cells)
    whose = staff_of(row, catalogue.staff) or staff_id
    start, end = (instant_in(row, column, catalogue.timezone) for column in ("start", "end"))
    for column, value in (("staff", whose), ("start", start), ("end", end)):
        if value is None and column not in line.cells and not row.problems:
            row.refuse(column, "is missing")
    if line.problems or row.problems or whose is None or start is None or end is None:
        return replace(line, problems=[*line.problems, *row.problems])
    cells: Mapping[str, str] = {"staffId": str(whose), "start": rfc3339(start), "end": rfc3339(end)}
    return replace(line, cells={**cells, "reason": row.text("reason")})
