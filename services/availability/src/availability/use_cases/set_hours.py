"""Setting the weekly hours of a staff member."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from availability.domain import WeeklyHours, refuse_overlaps
from availability.tables import availability_blocks, block_of, present_staff, staff
from availability.use_cases.store_staff import tell_hours
from availability.use_cases.versions import bump
from contracts.ids import BusinessId, StaffId
from plumbing.db import Tx
from plumbing.problems import NotAllowed, NotFound
from plumbing.revisions import refuse_stale
from scheduling.hours import Block


async def set_hours(
    tx: Tx,
    business_id: BusinessId,
    staff_id: StaffId,
    blocks: Sequence[Block],
    *,
    allowed: bool,
    expected: int | None = None,
) -> WeeklyHours:
    """Replace the hours; they stay as they are, at their revision, when nothing differs.

    Raises NotFound; NotAllowed when not `allowed`; StaleRevision; and Invalid when blocks overlap.
    """
    before = await _locked_hours(tx, business_id, staff_id)
    if not allowed:
        raise NotAllowed("You may change your own hours only.")
    refuse_stale(expected, before.revision, before)
    refuse_overlaps(blocks)
    after = WeeklyHours.of(staff_id, blocks, before.revision + 1)
    if after.blocks == before.blocks:
        return before
    await _replace(tx, business_id, after, blocks)
    tell_hours(tx, business_id, staff_id, after.revision)
    await bump(tx, business_id)
    return after


async def _locked_hours(tx: Tx, business_id: BusinessId, staff_id: StaffId) -> WeeklyHours:
    member = await tx.row(
        present_staff.where(staff.c.business_id == business_id, staff.c.id == staff_id).with_for_update()
    )
    if member is None:
        raise NotFound
    rows = await tx.rows(
        select(availability_blocks)
        .filter_by(business_id=business_id, staff_id=staff_id)
        .order_by(availability_blocks.c.position)
    )
    return WeeklyHours.of(staff_id, map(block_of, rows), member["hours_revision"])


async def _replace(tx: Tx, business_id: BusinessId, hours: WeeklyHours, blocks: Sequence[Block]) -> None:
    own = {"business_id": business_id, "staff_id": hours.staff_id}
    await tx.execute(
        update(staff)
        .where(staff.c.business_id == business_id, staff.c.id == hours.staff_id)
        .values(hours_revision=hours.revision)
    )
    await tx.execute(delete(availability_blocks).filter_by(**own))
    for position, block in enumerate(blocks):
        tx.insert(availability_blocks, {**own, "position": position, **_row(block)})


def _row(block: Block) -> dict[str, Any]:
    return {
        "day_of_week": block.day_of_week,
        "start_minute": block.start,
        "end_minute": block.end,
        "valid_from": block.valid_from,
        "valid_to": block.valid_to,
    }
