"""Writing a service: its rows, its event and the version together, so that they cannot disagree."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select, update

from availability.domain import Service
from availability.tables import (
    present_services,
    service_of,
    service_resources,
    service_row,
    services,
    staff,
    staff_services,
)
from availability.use_cases.versions import bump
from contracts.availability import ServiceChanged
from contracts.ids import BusinessId, ServiceId, StaffId
from plumbing.db import Tx
from plumbing.problems import FieldError, Invalid, NotFound


async def locked_staff(tx: Tx, business_id: BusinessId, staff_ids: Collection[StaffId]) -> frozenset[UUID]:
    """Which of these are staff of the business; they cannot be archived until this transaction ends.

    Staff are locked before services, everywhere, so that no two transactions wait for each other.
    """
    if not staff_ids:
        return frozenset()
    rows = await tx.execute(
        select(staff.c.id)
        .where(staff.c.business_id == business_id, staff.c.id.in_(staff_ids), staff.c.archived_at.is_(None))
        .order_by(staff.c.id)
        .with_for_update(read=True)
    )
    return frozenset(rows.scalars())


def refuse_unknown_staff(sent: Sequence[StaffId], known: Collection[UUID]) -> None:
    """Raise Invalid for every sent id that names no staff member of the business."""
    errors = [
        FieldError(pointer=f"/staffIds/{position}", detail="names nothing of this business")
        for position, staff_id in enumerate(sent)
        if staff_id not in known
    ]
    if errors:
        raise Invalid(errors)


async def locked_services(tx: Tx, business_id: BusinessId, wanted: ColumnElement[bool]) -> list[Service]:
    """The wanted services by id, locked until the transaction ends; archived ones are not among them.

    Read by a second statement: one that waited for a lock sees the locked row as it is now, but everything else, such
    as who offers the service, as it was before the wait.
    """
    present = (services.c.business_id == business_id) & services.c.archived_at.is_(None)
    locked = await tx.execute(select(services.c.id).where(present, wanted).order_by(services.c.id).with_for_update())
    own = (services.c.business_id == business_id) & services.c.id.in_(locked.scalars().all())
    return [service_of(row) for row in await tx.rows(present_services.where(own).order_by(services.c.id))]


async def locked_service(tx: Tx, business_id: BusinessId, service_id: ServiceId) -> Service:
    """The service, locked until the transaction ends. NotFound when there is none, or it is archived."""
    found = await locked_services(tx, business_id, services.c.id == service_id)
    if not found:
        raise NotFound
    return found[0]


async def store_new_service(tx: Tx, service: Service) -> None:
    """Store a service that is new."""
    tx.insert(services, service_row(service))
    _insert_staff(tx, service)
    _insert_needs(tx, service)
    tell_service(tx, service)
    await bump(tx, service.business_id)


async def replace_service(tx: Tx, before: Service, after: Service) -> None:
    """Store a changed service in place of the one that was locked. The caller bumps the version, last."""
    own = (services.c.business_id == after.business_id) & (services.c.id == after.id)
    await tx.execute(update(services).where(own).values(service_row(after)))
    if after.staff_ids != before.staff_ids:
        await _delete_parts(tx, staff_services, after)
        _insert_staff(tx, after)
    if after.resource_needs != before.resource_needs:
        await _delete_parts(tx, service_resources, after)
        _insert_needs(tx, after)
    tell_service(tx, after)


def tell_service(tx: Tx, service: Service) -> None:
    """Tell a service as it is now."""
    tx.emit(
        ServiceChanged(
            business_id=service.business_id,
            revision=service.revision,
            service=service,
            created_at=service.created_at,
            updated_at=service.updated_at,
        )
    )


async def _delete_parts(tx: Tx, table: Table, service: Service) -> None:
    own = (table.c.business_id == service.business_id) & (table.c.service_id == service.id)
    await tx.execute(delete(table).where(own))


def _insert_staff(tx: Tx, service: Service) -> None:
    for staff_id in service.staff_ids:
        row = {"business_id": service.business_id, "service_id": service.id, "staff_id": staff_id}
        tx.insert(staff_services, row)


def _insert_needs(tx: Tx, service: Service) -> None:
    for need in service.resource_needs:
        row = {"business_id": service.business_id, "service_id": service.id}
        tx.insert(service_resources, {**row, "kind": need.kind, "quantity": need.quantity})
