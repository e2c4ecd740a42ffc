"""Adding a staff member, who has no hours yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from availability.domain import StaffMember
from availability.tables import staff, staff_row
from availability.use_cases.store_staff import tell_staff_member
from availability.use_cases.versions import bump
from contracts.ids import BusinessId, StaffId, uuid7
from plumbing.db import Tx


async def add_staff_member(
    tx: Tx, business_id: BusinessId, fields: Mapping[str, Any], *, now: datetime, staff_id: StaffId | None = None
) -> StaffMember:
    """A new staff member with these fields, and with this id if there is one that nothing else has."""
    member = StaffMember(
        **fields,
        id=staff_id or StaffId(uuid7()),
        business_id=business_id,
        archived=False,
        created_at=now,
        updated_at=now,
        revision=1,
    )
    tx.insert(staff, {**staff_row(member), "hours_revision": 1})
    tell_staff_member(tx, member)
    await bump(tx, business_id)
    return member
