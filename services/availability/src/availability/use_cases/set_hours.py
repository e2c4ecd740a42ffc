"""Setting the weekly hours of a staff member."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, select, update

from availability.domain import Business, SavedHours, WeeklyHours, refuse_overlaps
from availability.queries.standing import Dates, outside_of_hours
from availability.tables import availability_blocks, block_of, present_staff, staff
from availability.use_cases.tell_hours import tell_hours
from availability.use_cases.versions import bump
from contracts.ids import BusinessId, StaffId
from plumbing.db import Tx
from plumbing.problems import NotAllowed, NotFound
from plumbing.revisions import refuse_stale
from scheduling.hours import Block, local_date


async def set_hours(
    tx: Tx,
    business: Business,
    staff_id: StaffId,
    blocks: Sequence[Block],
    *,
    allowed: bool,
    now: datetime,
    expected: int | None = None,
) -> SavedHours:
    """Replace the hours; they stay as they are, at their revision, when nothing differs.

    Raises NotFound; NotAllowed when not `allowed`; StaleRevision; and Invalid when blocks overlap.
    """
    member = await _locked(tx, business.id, staff_id)
    if not allowed:
        raise NotAllowed("You may change your own hours only.")
    before = await _hours(tx, business.id, member)
    refuse_stale(expected, before.revision, before)
    refuse_overlaps(blocks)
    after = WeeklyHours.of(staff_id, blocks, before.revision + 1)
    if after.blocks == before.blocks:
        after = before
    else:
        await _replace(tx, business.id, after, blocks)
        tell_hours(tx, business.id, staff_id, after.revision + member["time_changes"])
        await bump(tx, business.id)
    dates = [Dates(local_date(now, business.timezone))]
    return SavedHours.with_conflicts(after, await outside_of_hours(tx, business, [staff_id], dates, now))


async def _locked(tx: Tx, business_id: BusinessId, staff_id: StaffId) -> RowMapping:
    member = await tx.row(
        present_staff.where(staff.c.business_id == business_id, staff.c.id == staff_id).with_for_update()
    )
    if member is None:
        raise NotFound
    return member


async def _hours(tx: Tx, business_id: BusinessId, member: RowMapping) -> WeeklyHours:
    staff_id = StaffId(member["id"])
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
