"""Writing a staff member: the row and the event together."""

from sqlalchemy import update

from availability.domain import StaffMember
from availability.tables import present_staff, staff, staff_member_of, staff_row
from contracts.availability import StaffChanged
from contracts.ids import BusinessId, StaffId
from plumbing.db import Tx
from plumbing.problems import NotFound


async def locked_staff_member(tx: Tx, business_id: BusinessId, staff_id: StaffId) -> StaffMember:
    """The staff member, locked until the transaction ends. NotFound when there is none, or they are archived."""
    row = await tx.row(
        present_staff.where(staff.c.business_id == business_id, staff.c.id == staff_id).with_for_update()
    )
    if row is None:
        raise NotFound
    return staff_member_of(row)


async def replace_staff_member(tx: Tx, after: StaffMember) -> None:
    """Store a changed staff member in place of the one that was locked. The caller bumps the version, last."""
    own = (staff.c.business_id == after.business_id) & (staff.c.id == after.id)
    await tx.execute(update(staff).where(own).values(staff_row(after)))
    tell_staff_member(tx, after)


def tell_staff_member(tx: Tx, member: StaffMember) -> None:
    """Tell a staff member as they are now."""
    tx.emit(
        StaffChanged(
            business_id=member.business_id,
            revision=member.revision,
            staff=member,
            created_at=member.created_at,
            updated_at=member.updated_at,
        )
    )
