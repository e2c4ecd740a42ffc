"""Reads: services, staff and their weekly hours."""

from uuid import UUID

from sqlalchemy import Select, select

from availability.domain import Service, StaffMember, WeeklyHours
from availability.tables import (
    availability_blocks,
    block_of,
    present_services,
    present_staff,
    service_of,
    services,
    staff,
    staff_member_of,
)
from contracts.ids import BusinessId, ServiceId, StaffId
from plumbing.db import Tx


async def service(tx: Tx, business_id: BusinessId, service_id: ServiceId) -> Service | None:
    """One service; None when there is none, or it is archived."""
    row = await tx.row(present_services.where(services.c.business_id == business_id, services.c.id == service_id))
    return None if row is None else service_of(row)


async def service_page(
    tx: Tx, business_id: BusinessId, *, active: bool | None, after: UUID | None, limit: int
) -> list[Service]:
    """Services in the order in which they were added. One statement, however many there are."""
    statement = present_services.where(services.c.business_id == business_id).order_by(services.c.id).limit(limit)
    if active is not None:
        statement = statement.where(services.c.active == active)
    if after is not None:
        statement = statement.where(services.c.id > after)
    return [service_of(row) for row in await tx.rows(statement)]


async def staff_member(tx: Tx, business_id: BusinessId, staff_id: StaffId) -> StaffMember | None:
    """One staff member; None when there is none, or they are archived."""
    row = await tx.row(_one(business_id, staff_id))
    return None if row is None else staff_member_of(row)


async def staff_page(
    tx: Tx, business_id: BusinessId, *, active: bool | None, after: UUID | None, limit: int
) -> list[StaffMember]:
    """Staff in the order in which they were added. One statement, however many there are."""
    statement = present_staff.where(staff.c.business_id == business_id).order_by(staff.c.id).limit(limit)
    if active is not None:
        statement = statement.where(staff.c.active == active)
    if after is not None:
        statement = statement.where(staff.c.id > after)
    return [staff_member_of(row) for row in await tx.rows(statement)]


async def weekly_hours(tx: Tx, business_id: BusinessId, staff_id: StaffId) -> WeeklyHours | None:
    """The weekly hours of a staff member; None when there is none, or they are archived."""
    member = await tx.row(_one(business_id, staff_id))
    if member is None:
        return None
    rows = await tx.rows(
        select(availability_blocks)
        .filter_by(business_id=business_id, staff_id=staff_id)
        .order_by(availability_blocks.c.position)
    )
    return WeeklyHours.of(staff_id, map(block_of, rows), member["hours_revision"])


def _one(business_id: BusinessId, staff_id: StaffId) -> Select[tuple[object, ...]]:
    return present_staff.where(staff.c.business_id == business_id, staff.c.id == staff_id)
