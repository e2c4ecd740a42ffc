"""Other hours of a staff member on one local date: setting them, and going back to the usual ones."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.postgresql import insert

from availability.domain import Business, DayHours, Override, SavedOverride, refuse_overlaps_of_day
from availability.queries.standing import Dates, outside_of_hours
from availability.tables import override_of, overrides
from availability.use_cases.store_staff import locked_staff_member
from availability.use_cases.tell_hours import tell_other_hours
from availability.use_cases.versions import bump
from contracts.ids import StaffId
from plumbing.db import Tx
from plumbing.problems import NotAllowed, NotFound, StaleRevision
from plumbing.revisions import refuse_stale
from scheduling.hours import DayBlock


async def override_hours(
    tx: Tx,
    business: Business,
    staff_id: StaffId,
    on: date,
    *,
    blocks: Sequence[DayBlock],
    reason: str,
    allowed: bool,
    now: datetime,
    expected: int | None = None,
) -> SavedOverride:
    """Let these blocks count on that date instead of all others; as it is, at its revision, when nothing differs.

    Raises NotFound; NotAllowed when not `allowed`; StaleRevision; and Invalid when blocks overlap.
    """
    before = await _locked(tx, business, staff_id, on, allowed=allowed)
    standing = None if before is None or before["removed_at"] else override_of(before)
    _refuse_stale(expected, standing)
    refuse_overlaps_of_day(blocks)
    after = Override(
        staff_id=staff_id,
        on=on,
        blocks=[DayHours.of(block) for block in blocks],
        reason=reason,
        updated_at=now,
        revision=1 if before is None else before["revision"] + 1,
    )
    if standing is not None and (standing.blocks, standing.reason) == (after.blocks, after.reason):
        after = standing
    else:
        await _store(tx, business, after, blocks)
        await tell_other_hours(tx, business.id, [staff_id])
        await bump(tx, business.id)
    conflicts = await outside_of_hours(tx, business, [staff_id], [Dates(on, on)], now)
    return SavedOverride.with_conflicts(after, conflicts)


async def remove_override(
    tx: Tx,
    business: Business,
    staff_id: StaffId,
    on: date,
    *,
    allowed: bool,
    now: datetime,
    expected: int | None = None,
) -> None:
    """Let the usual hours count again. Raises NotFound, NotAllowed when not `allowed`, and StaleRevision."""
    before = await _locked(tx, business, staff_id, on, allowed=allowed)
    if before is None or before["removed_at"]:
        raise NotFound
    _refuse_stale(expected, override_of(before))
    key = {"business_id": business.id, "staff_id": staff_id, "on_date": on}
    tx.update(overrides, key, {"removed_at": now, "updated_at": now, "revision": before["revision"] + 1})
    await tell_other_hours(tx, business.id, [staff_id])
    await bump(tx, business.id)


async def _locked(tx: Tx, business: Business, staff_id: StaffId, on: date, *, allowed: bool) -> RowMapping | None:
    """The row of that date, also of an override that is removed; the staff member is locked until the end."""
    await locked_staff_member(tx, business.id, staff_id)
    if not allowed:
        raise NotAllowed("You may change your own hours only.")
    return await tx.row(select(overrides).filter_by(business_id=business.id, staff_id=staff_id, on_date=on))


def _refuse_stale(expected: int | None, standing: Override | None) -> None:
    if standing is not None:
        refuse_stale(expected, standing.revision, standing)
    elif expected is not None:
        raise StaleRevision(current=None)


async def _store(tx: Tx, business: Business, after: Override, blocks: Sequence[DayBlock]) -> None:
    values = {
        "business_id": business.id,
        "staff_id": after.staff_id,
        "on_date": after.on,
        "starts": [block.start for block in blocks],
        "ends": [block.end for block in blocks],
        "reason": after.reason,
        "updated_at": after.updated_at,
        "removed_at": None,
        "revision": after.revision,
    }
    same_date = ["business_id", "staff_id", "on_date"]
    await tx.execute(insert(overrides).values(values).on_conflict_do_update(index_elements=same_date, set_=values))
