"""Time off: taking it, changing it, taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from availability.domain import Business, SavedTimeOff, TimeOff, refuse_wrong_times
from availability.tables import present_staff, staff
from availability.use_cases.store_time_off import (
    hide_time_off,
    insert_time_off,
    locked_time_off,
    overlapped,
    replace_time_off,
)
from contracts.ids import StaffId, TimeOffId, uuid7
from plumbing.db import Tx
from plumbing.problems import Invalid, NotAllowed
from plumbing.revisions import refuse_stale


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose time off may be changed: everybody's, or only that of one staff member."""

    everybodys: bool = True
    staff_id: StaffId | None = None

    def refuse_others(self, staff_id: StaffId) -> None:
        """Raise NotAllowed for the time off of anybody else."""
        if not self.everybodys and staff_id != self.staff_id:
            raise NotAllowed("You may change your own time off only.")


async def add_time_off(
    tx: Tx,
    business: Business,
    fields: Mapping[str, Any],
    *,
    whose: Whose,
    now: datetime,
    time_off_id: TimeOffId | None = None,
) -> SavedTimeOff:
    """New time off, with this id if there is one that nothing else has.

    Raises Invalid when its staff member or its times are wrong, and NotAllowed.
    """
    made = TimeOff(
        **fields,
        id=time_off_id or TimeOffId(uuid7()),
        business_id=business.id,
        created_at=now,
        updated_at=now,
        revision=1,
    )
    await _refuse_wrong(tx, business, made, whose)
    await insert_time_off(tx, [made])
    return SavedTimeOff.with_conflicts(made, await overlapped(tx, business, made, now))


async def edit_time_off(
    tx: Tx,
    business: Business,
    time_off_id: TimeOffId,
    changes: Mapping[str, Any],
    *,
    whose: Whose,
    now: datetime,
    expected: int | None = None,
) -> SavedTimeOff:
    """The time off with these fields changed, or as it is when nothing differs.

    Raises NotFound, NotAllowed, StaleRevision, and Invalid as for new time off.
    """
    before = await locked_time_off(tx, business, time_off_id)
    whose.refuse_others(before.staff_id)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update=dict(changes))
    if after != before:
        await _refuse_wrong(tx, business, after, whose)
        after = after.model_copy(update={"updated_at": now, "revision": before.revision + 1})
        await replace_time_off(tx, after)
    return SavedTimeOff.with_conflicts(after, await overlapped(tx, business, after, now))


async def remove_time_off(
    tx: Tx, business: Business, time_off_id: TimeOffId, *, whose: Whose, now: datetime, expected: int | None = None
) -> None:
    """Take time off back. Raises NotFound, NotAllowed and StaleRevision."""
    before = await locked_time_off(tx, business, time_off_id)
    whose.refuse_others(before.staff_id)
    refuse_stale(expected, before.revision, before)
    await hide_time_off(tx, before.model_copy(update={"updated_at": now, "revision": before.revision + 1}))


async def _refuse_wrong(tx: Tx, business: Business, off: TimeOff, whose: Whose) -> None:
    """The staff member is locked, so that they are not archived meanwhile."""
    refuse_wrong_times(off, business.timezone)
    own = (staff.c.business_id == business.id) & (staff.c.id == off.staff_id)
    if await tx.row(present_staff.where(own).with_for_update(key_share=True)) is None:
        raise Invalid.at("/staffId", "names nothing of this business")
    whose.refuse_others(off.staff_id)
