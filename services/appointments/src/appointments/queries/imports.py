"""Reads: imports, and what is to become, or became, of their rows."""

from typing import Any, Literal
from uuid import UUID

from sqlalchemy import RowMapping, func, select

from appointments.domain import ImportState
from appointments.tables import import_rows, imports
from contracts.ids import BusinessId, ImportId
from contracts.imports import RowAction, RowProblem
from contracts.wire import Instant, Wire
from plumbing.db import Tx


class ImportRow(Wire):
    """A row of the file: what is to become of it, and what became of it; `entityId` is what it added or changed."""

    line: int
    action: RowAction
    problems: list[RowProblem]
    outcome: Literal["added", "updated", "skipped", "failed", "removed", "kept"] | None
    entity_id: UUID | None


class ImportDetails(Wire):
    """An import: how far it has come, and how many of its rows are to become what, and became what."""

    id: ImportId
    kind: str
    state: ImportState
    done: int
    total: int
    actions: dict[str, int]
    outcomes: dict[str, int]
    ignored_columns: list[str]
    created_at: Instant
    updated_at: Instant


async def import_details(tx: Tx, business_id: BusinessId, import_id: ImportId) -> ImportDetails | None:
    """One import; None when there is none."""
    own = (imports.c.business_id == business_id) & (imports.c.id == import_id)
    row = await tx.row(select(imports).where(own))
    return None if row is None else _details_of(row, await _counts(tx, business_id, [import_id]))


async def import_page(tx: Tx, business_id: BusinessId, *, after: UUID | None, limit: int) -> list[ImportDetails]:
    """Imports, the newest first. Two statements, however many there are."""
    statement = select(imports).where(imports.c.business_id == business_id).order_by(imports.c.id.desc()).limit(limit)
    rows = await tx.rows(statement if after is None else statement.where(imports.c.id < after))
    counts = await _counts(tx, business_id, [row["id"] for row in rows])
    return [_details_of(row, counts) for row in rows]


async def row_page(
    tx: Tx, business_id: BusinessId, import_id: ImportId, *, action: str | None, after: int | None, limit: int | None
) -> list[tuple[int, ImportRow]]:
    """Rows of an import in the order of the file, each with its number; all of one action, if one is asked for."""
    c = import_rows.c
    statement = select(c.number, c.line, c.action, c.problems, c.outcome, c.entity_id)
    statement = statement.where(c.business_id == business_id, c.import_id == import_id).order_by(c.number).limit(limit)
    if action is not None:
        statement = statement.where(c.action == action)
    if after is not None:
        statement = statement.where(c.number > after)
    return [(row["number"], _row_of(row)) for row in await tx.rows(statement)]


async def _counts(tx: Tx, business_id: BusinessId, ids: list[UUID]) -> dict[UUID, list[tuple[str, str | None, int]]]:
    c = import_rows.c
    counted = select(c.import_id, c.action, c.outcome, func.count().label("rows"))
    counted = counted.where(c.business_id == business_id, c.import_id.in_(ids))
    found: dict[UUID, list[tuple[str, str | None, int]]] = {}
    for row in await tx.rows(counted.group_by(c.import_id, c.action, c.outcome)):
        found.setdefault(row["import_id"], []).append((row["action"], row["outcome"], row["rows"]))
    return found


def _details_of(row: RowMapping, counts: dict[UUID, list[tuple[str, str | None, int]]]) -> ImportDetails:
    actions: dict[str, int] = {}
    outcomes: dict[str, int] = {}
    for action, outcome, count in counts.get(row["id"], []):
        actions[action] = actions.get(action, 0) + count
        if outcome is not None:
            outcomes[outcome] = outcomes.get(outcome, 0) + count
    fields: dict[str, Any] = {name: row[name] for name in ImportDetails.model_fields if name in row}
    return ImportDetails(**fields, actions=actions, outcomes=outcomes)


def _row_of(row: RowMapping) -> ImportRow:
    return ImportRow(
        line=row["line"],
        action=row["action"],
        problems=[RowProblem.model_validate(problem) for problem in row["problems"]],
        outcome=row["outcome"],
        entity_id=row["entity_id"],
    )
