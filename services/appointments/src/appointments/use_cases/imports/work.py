"""Working through the rows of an import: which is next, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from appointments.domain import ImportState
from appointments.use_cases.imports.keep import LEASE
from contracts.ids import BusinessId, ImportId
from contracts.imports import RowAction, RowProblem
from plumbing.auth import Actor
from plumbing.db import Tx

Outcome = Literal["added", "updated", "skipped", "failed", "removed", "kept"]

OF_ACTION: dict[RowAction, Outcome] = {"add": "added", "update": "updated", "skip": "skipped", "error": "failed"}
"""What a row has become when this was done with it."""


@dataclass(frozen=True, slots=True)
class Work:
    """An import that has work left, which this process does for a while."""

    business_id: BusinessId
    id: ImportId
    kind: str
    state: ImportState
    by: Actor


@dataclass(frozen=True, slots=True)
class Pending:
    """A row that is not dealt with."""

    number: int
    action: RowAction
    cells: dict[str, Any]
    entity_id: UUID | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a row."""

    number: int
    outcome: Outcome
    problems: Sequence[RowProblem] = ()
    entity_id: UUID | None = None
    revision: int | None = None


# Whoever died over it has not said anything for a while.
_TAKE_ONE = """
WITH next AS (
    SELECT business_id, id FROM imports
    WHERE state IN ('applying', 'undoing') AND (worked_until IS NULL OR worked_until < clock_timestamp())
    ORDER BY updated_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE imports i SET worked_until = clock_timestamp() + $1::interval FROM next
WHERE i.business_id = next.business_id AND i.id = next.id
RETURNING i.business_id, i.id, i.kind, i.state, i.actor::text
"""

_LET_GO = "UPDATE imports SET worked_until = NULL WHERE business_id = $1 AND id = $2"

_TO_APPLY = """
SELECT number, action, cells::text, entity_id, revision FROM import_rows
WHERE business_id = $1 AND import_id = $2 AND outcome IS NULL ORDER BY number LIMIT $3
"""

_TO_UNDO = """
SELECT number, action, cells::text, entity_id, revision FROM import_rows
WHERE business_id = $1 AND import_id = $2 AND outcome = 'added' ORDER BY number DESC LIMIT $3
"""

_LOCK_ROW = """
SELECT 1 FROM import_rows WHERE business_id = $1 AND import_id = $2 AND number = $3
    AND outcome IS NOT DISTINCT FROM $4 FOR UPDATE
"""

# Nobody else has dealt with them, or they are left as they are.
_NOTE = """
WITH noted AS (
    UPDATE import_rows r SET outcome = told.outcome, problems = told.problems, cells = NULL,
        entity_id = coalesce(told.entity_id, r.entity_id), revision = coalesce(told.revision, r.revision)
    FROM unnest($3::int[], $4::text[], $5::jsonb[], $6::uuid[], $7::int[])
        AS told (number, outcome, problems, entity_id, revision)
    WHERE r.business_id = $1 AND r.import_id = $2 AND r.number = told.number AND r.outcome IS NOT DISTINCT FROM $8
    RETURNING 1
)
UPDATE imports SET done = done + (SELECT count(*) FROM noted), updated_at = $9,
    worked_until = clock_timestamp() + $10::interval
WHERE business_id = $1 AND id = $2
"""


async def take_work(tx: Tx) -> Work | None:
    """The import that has waited longest, held for this process; None when there is none."""
    rows = await tx.fetch(_TAKE_ONE, LEASE)
    if not rows:
        return None
    row = rows[0]
    actor = orjson.loads(row["actor"])
    by = Actor(actor["kind"], UUID(actor["id"]) if actor["id"] else None, actor["name"])
    return Work(BusinessId(row["business_id"]), ImportId(row["id"]), row["kind"], ImportState(row["state"]), by)


async def let_go(tx: Tx, work: Work) -> None:
    """Anybody may go on with it."""
    await tx.fetch(_LET_GO, work.business_id, work.id)


async def pending(tx: Tx, work: Work, limit: int) -> list[Pending]:
    """The next rows, in the order of the file; what was added last is taken back first."""
    sql = _TO_UNDO if work.state is ImportState.UNDOING else _TO_APPLY
    rows = await tx.fetch(sql, work.business_id, work.id, limit)
    return [
        Pending(row["number"], row["action"], orjson.loads(row["cells"] or "{}"), row["entity_id"], row["revision"])
        for row in rows
    ]


async def is_pending(tx: Tx, work: Work, number: int) -> bool:
    """Lock a row; whether it is still to be dealt with."""
    return bool(await tx.fetch(_LOCK_ROW, work.business_id, work.id, number, _before(work)))


async def note(tx: Tx, work: Work, results: Sequence[Result], *, now: datetime) -> None:
    """Store what became of rows, once for each, with the progress."""
    await tx.fetch(
        _NOTE,
        work.business_id,
        work.id,
        [one.number for one in results],
        [one.outcome for one in results],
        [orjson.dumps([problem.model_dump() for problem in one.problems]).decode() for one in results],
        [one.entity_id for one in results],
        [one.revision for one in results],
        _before(work),
        now,
        LEASE,
    )


def _before(work: Work) -> Outcome | None:
    return "added" if work.state is ImportState.UNDOING else None
