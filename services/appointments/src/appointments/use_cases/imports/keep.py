"""Keeping a checked import, and the steps of its life."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from appointments.domain import ImportNotReady, ImportState
from appointments.tables import imports
from contracts.ids import BusinessId, ImportId, uuid7
from contracts.imports import RowAction, RowProblem
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.problems import NotFound
from plumbing.session import Row

LEASE = timedelta(seconds=15)
"""Whoever works on an import says so at least so often; after that somebody else may go on with it."""


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """What is to become of one row: `cells` is what is to be written."""

    line: int
    action: RowAction
    problems: Sequence[RowProblem] = ()
    cells: Mapping[str, Any] = field(default_factory=dict[str, Any])
    entity_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewImport:
    """A file that was checked."""

    business_id: BusinessId
    kind: str
    rows: Sequence[CheckedRow]
    ignored: Sequence[str]
    allow: Sequence[str] = ()


# Rows in pieces: a parameter for each column, however many rows.
_ADD_ROWS = """
INSERT INTO import_rows (business_id, import_id, number, line, action, problems, cells, entity_id)
SELECT $1, $2, * FROM unnest($3::int[], $4::int[], $5::text[], $6::jsonb[], $7::jsonb[], $8::uuid[])
"""

_SETTLE_IDLE = """
UPDATE import_rows SET cells = NULL, outcome = CASE action WHEN 'skip' THEN 'skipped' ELSE 'failed' END
WHERE business_id = $1 AND import_id = $2 AND action IN ('skip', 'error')
RETURNING 1
"""

_LOCK = "SELECT state, total FROM imports WHERE business_id = $1 AND id = $2 FOR UPDATE"

_BEGIN = """
UPDATE imports SET state = $3, done = $4, worked_until = NULL, updated_at = $5 WHERE business_id = $1 AND id = $2
"""

_ADDED = "SELECT count(*) FROM import_rows WHERE business_id = $1 AND import_id = $2 AND outcome = 'added'"

_FINISH = """
UPDATE imports i SET worked_until = NULL, updated_at = $3, state = CASE
    WHEN i.state = 'undoing' THEN 'undone'
    WHEN EXISTS (SELECT FROM import_rows r WHERE r.business_id = $1 AND r.import_id = $2 AND r.outcome = 'failed')
        AND NOT EXISTS (SELECT FROM import_rows r WHERE r.business_id = $1 AND r.import_id = $2
            AND r.outcome IN ('added', 'updated', 'skipped')) THEN 'failed'
    ELSE 'applied' END
WHERE i.business_id = $1 AND i.id = $2 AND i.state IN ('applying', 'undoing')
"""


_FORGET = """
DELETE FROM imports WHERE state NOT IN ('applying', 'undoing')
    AND (created_at < $1 OR (state = 'checked' AND created_at < $2))
"""


async def keep_import(tx: Tx, checked: NewImport, *, by: Actor, now: datetime) -> ImportId:
    """Store a checked import; its id."""
    import_id = ImportId(uuid7())
    tx.insert(
        imports,
        {
            "business_id": checked.business_id,
            "id": import_id,
            "kind": checked.kind,
            "state": ImportState.CHECKED.value,
            "allow": list(checked.allow),
            "ignored_columns": list(checked.ignored),
            "total": len(checked.rows),
            "done": 0,
            "actor": orjson.dumps({"kind": by.kind, "id": by.id, "name": by.name}).decode(),
            "created_at": now,
            "updated_at": now,
        },
    )
    rows = checked.rows
    await tx.fetch(
        _ADD_ROWS,
        checked.business_id,
        import_id,
        list(range(len(rows))),
        [row.line for row in rows],
        [row.action for row in rows],
        [orjson.dumps([problem.model_dump() for problem in row.problems]).decode() for row in rows],
        [orjson.dumps(row.cells).decode() for row in rows],
        [row.entity_id for row in rows],
    )
    return import_id


async def begin_applying(tx: Tx, business_id: BusinessId, import_id: ImportId, *, now: datetime) -> None:
    """Let the rows be written; once that was said it changes nothing.

    Raises NotFound, and ImportNotReady when it is undone.
    """
    state, _ = await _locked(tx, business_id, import_id)
    if state in {ImportState.APPLYING, ImportState.APPLIED, ImportState.FAILED}:
        return
    if state is not ImportState.CHECKED:
        raise ImportNotReady(state)
    settled = await tx.fetch(_SETTLE_IDLE, business_id, import_id)
    await tx.fetch(_BEGIN, business_id, import_id, ImportState.APPLYING.value, len(settled), now)


async def begin_undoing(tx: Tx, business_id: BusinessId, import_id: ImportId, *, now: datetime) -> None:
    """Let what was added be taken back; once that was said it changes nothing.

    Raises NotFound, and ImportNotReady while it is not applied yet.
    """
    state, total = await _locked(tx, business_id, import_id)
    if state in {ImportState.UNDOING, ImportState.UNDONE}:
        return
    if state is not ImportState.APPLIED:
        raise ImportNotReady(state)
    [(added,)] = await tx.fetch(_ADDED, business_id, import_id)
    await tx.fetch(_BEGIN, business_id, import_id, ImportState.UNDOING.value, total - added, now)


async def finish(tx: Tx, business_id: BusinessId, import_id: ImportId, *, now: datetime) -> None:
    """Nothing is left to be done."""
    await tx.fetch(_FINISH, business_id, import_id, now)


async def forget_imports(tx: Tx, *, before: datetime, unused_before: datetime) -> None:
    """Forget imports from before a moment, and those that were never applied sooner: they hold what was in the file."""
    await tx.fetch(_FORGET, before, unused_before)


async def _locked(tx: Tx, business_id: BusinessId, import_id: ImportId) -> tuple[ImportState, int]:
    rows: Sequence[Row] = await tx.fetch(_LOCK, business_id, import_id)
    if not rows:
        raise NotFound
    return ImportState(rows[0]["state"]), rows[0]["total"]
