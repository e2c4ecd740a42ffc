"""Reads: the whole catalogue of a business, for files that speak of all of it."""

from dataclasses import dataclass

from availability.domain import Service, StaffMember
from availability.tables import present_services, present_staff, service_of, services, staff, staff_member_of
from contracts.ids import BusinessId
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class Everything:
    """All services and staff that are not archived, in the order in which they were added."""

    services: list[Service]
    staff: list[StaffMember]


async def everything(tx: Tx, business_id: BusinessId) -> Everything:
    """The catalogue. Two statements, however much there is."""
    found = await tx.rows(present_services.where(services.c.business_id == business_id).order_by(services.c.id))
    people = await tx.rows(present_staff.where(staff.c.business_id == business_id).order_by(staff.c.id))
    return Everything([service_of(row) for row in found], [staff_member_of(row) for row in people])
