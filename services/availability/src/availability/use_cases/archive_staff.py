"""Letting a staff member go, once nothing is booked with them any more."""

from datetime import datetime

from sqlalchemy import select

from availability.domain import HasAppointments, StaffMember
from availability.queries.taken import is_taken
from availability.tables import services, staff_services
from availability.use_cases.store_service import locked_services, replace_service
from availability.use_cases.store_staff import locked_staff_member, replace_staff_member
from availability.use_cases.versions import bump
from contracts.ids import BusinessId, StaffId
from plumbing.db import Tx
from plumbing.revisions import refuse_stale


async def archive_staff_member(
    tx: Tx, business_id: BusinessId, staff_id: StaffId, *, now: datetime, expected: int | None = None
) -> None:
    """Hide the staff member for good, and take them from the services that they offer.

    Raises NotFound, StaleRevision, and HasAppointments while time of theirs is taken.
    """
    before = await locked_staff_member(tx, business_id, staff_id)
    refuse_stale(expected, before.revision, before)
    if await is_taken(tx, business_id, staff_id, now):
        raise HasAppointments
    after = before.model_copy(update={"archived": True, "updated_at": now, "revision": before.revision + 1})
    await _leave_services(tx, after)
    await replace_staff_member(tx, after)
    await bump(tx, business_id)


async def _leave_services(tx: Tx, member: StaffMember) -> None:
    """Each service that they offered is changed, in the order in which everybody locks services."""
    offered = select(staff_services.c.service_id).filter_by(business_id=member.business_id, staff_id=member.id)
    for before in await locked_services(tx, member.business_id, services.c.id.in_(offered)):
        others = [staff_id for staff_id in before.staff_ids if staff_id != member.id]
        update = {"staff_ids": others, "updated_at": member.updated_at, "revision": before.revision + 1}
        await replace_service(tx, before, before.model_copy(update=update))
