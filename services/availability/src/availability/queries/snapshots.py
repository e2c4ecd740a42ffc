"""The catalogue as its events tell it."""

from availability.domain import Service, StaffMember
from availability.tables import (
    present_services,
    present_staff,
    service_of,
    services,
    staff,
    staff_member_of,
)
from contracts.availability import ServiceDetails, StaffDetails
from contracts.catalogue import ServiceSnapshot, SnapshotsAnswer, StaffSnapshot
from contracts.ids import BusinessId
from plumbing.db import Tx


async def snapshots(tx: Tx, business_id: BusinessId) -> SnapshotsAnswer:
    """All services and staff that are not archived. Two statements, however many there are."""
    sold = await tx.rows(present_services.where(services.c.business_id == business_id))
    people = await tx.rows(present_staff.where(staff.c.business_id == business_id))
    return SnapshotsAnswer.model_construct(
        services=[_service_snapshot(service_of(row)) for row in sold],
        staff=[_staff_snapshot(staff_member_of(row)) for row in people],
    )


def _service_snapshot(service: Service) -> ServiceSnapshot:
    details = {name: getattr(service, name) for name in ServiceDetails.model_fields}
    return ServiceSnapshot.model_construct(revision=service.revision, service=ServiceDetails.model_construct(**details))


def _staff_snapshot(member: StaffMember) -> StaffSnapshot:
    details = {name: getattr(member, name) for name in StaffDetails.model_fields}
    return StaffSnapshot.model_construct(revision=member.revision, staff=StaffDetails.model_construct(**details))
