"""Changing what is known of a staff member."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from availability.domain import StaffMember
from availability.use_cases.store_staff import locked_staff_member, replace_staff_member
from availability.use_cases.versions import bump
from contracts.ids import BusinessId, StaffId
from plumbing.db import Tx
from plumbing.revisions import refuse_stale


async def edit_staff_member(
    tx: Tx,
    business_id: BusinessId,
    staff_id: StaffId,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    expected: int | None = None,
) -> StaffMember:
    """The staff member with these fields changed, or as they are when nothing differs.

    Raises NotFound and StaleRevision.
    """
    before = await locked_staff_member(tx, business_id, staff_id)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update=dict(changes))
    if after == before:
        return before
    after = after.model_copy(update={"updated_at": now, "revision": before.revision + 1})
    await replace_staff_member(tx, after)
    await bump(tx, business_id)
    return after
