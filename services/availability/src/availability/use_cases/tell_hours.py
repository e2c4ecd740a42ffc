"""Telling whose hours are now different."""

from collections.abc import Collection

from sqlalchemy import select, update

from availability.tables import staff
from contracts.availability import HoursChanged
from contracts.ids import BusinessId, StaffId
from plumbing.db import Tx


def tell_hours(tx: Tx, business_id: BusinessId, staff_id: StaffId, revision: int) -> None:
    """Tell that the hours of a staff member are at this revision: of the weekly ones, and all other changes beside."""
    tx.emit(HoursChanged(business_id=business_id, revision=revision, staff_id=staff_id))


async def tell_other_hours(tx: Tx, business_id: BusinessId, staff_ids: Collection[StaffId] | None) -> list[StaffId]:
    """Tell that something beside the weekly hours changed when these staff work, or everybody; who they are.

    Two statements. All are locked in one order, so that no two changes wait for each other. Archived ones are left
    out.
    """
    c = staff.c
    present = select(c.id).where(c.business_id == business_id, c.archived_at.is_(None)).order_by(c.id)
    wanted = present if staff_ids is None else present.where(c.id.in_(staff_ids))
    ids = [StaffId(row["id"]) for row in await tx.rows(wanted.with_for_update())]
    higher = update(staff).where(c.business_id == business_id, c.id.in_(ids)).values(time_changes=c.time_changes + 1)
    told = await tx.rows(higher.returning(c.id, (c.hours_revision + c.time_changes).label("revision")))
    for row in told:
        tell_hours(tx, business_id, row["id"], row["revision"])
    return ids
