"""What runs on a timer or by a command: purging, and telling the present state again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import RowMapping, Select, Table, delete, tuple_

from availability.domain import REMEMBERED
from availability.tables import (
    claim_owners_copy,
    every_resource,
    every_service,
    every_staff_member,
    every_time_off,
    resource_of,
    resources,
    service_of,
    services,
    staff,
    staff_member_of,
    time_off,
    time_off_of,
)
from availability.use_cases.store_resource import tell_resource
from availability.use_cases.store_service import tell_service
from availability.use_cases.store_staff import tell_staff_member
from availability.use_cases.store_time_off import tell_added, tell_removed, tell_updated
from availability.use_cases.tell_hours import tell_hours
from plumbing import idempotency
from plumbing.clock import utc_now
from plumbing.db import Tx, UnitOfWork

_BATCH = 500


async def purge(uow: UnitOfWork) -> None:
    """Forget what is older than it has to be: idempotency keys, owners that released their claims, removed time off."""
    async with uow.across_businesses() as tx:
        await idempotency.purge(tx)
        c = claim_owners_copy.c
        long_ago = utc_now() - REMEMBERED
        await tx.execute(delete(claim_owners_copy).where(c.released, c.changed_at < long_ago))
        await tx.execute(delete(time_off).where(time_off.c.removed_at < long_ago))


async def republish(uow: UnitOfWork) -> int:
    """Tell every service, unit, staff member, their hours and time off as they are now, past ones too; how many events.

    A consumer that has them already sees revisions that it knows.
    """
    told = await _tell_each(uow, every_staff_member, staff, _tell_staff_member)
    told += await _tell_each(uow, every_resource, resources, _tell_resource)
    told += await _tell_each(uow, every_service, services, _tell_service)
    return told + await _tell_each(uow, every_time_off, time_off, _tell_time_off)


async def _tell_each(
    uow: UnitOfWork, everything: Select[Any], table: Table, tell: Callable[[Tx, RowMapping], int]
) -> int:
    """Tell every row, some at a time, in the order of the key; how many events."""
    told, last = 0, None
    key = tuple_(table.c.business_id, table.c.id)
    while True:
        some = everything.order_by(table.c.business_id, table.c.id).limit(_BATCH)
        async with uow.across_businesses() as tx:
            rows = await tx.rows(some if last is None else some.where(key > last))
            told += sum(tell(tx, row) for row in rows)
        if not rows:
            return told
        last = (rows[-1]["business_id"], rows[-1]["id"])


def _tell_staff_member(tx: Tx, row: RowMapping) -> int:
    member = staff_member_of(row)
    tell_staff_member(tx, member)
    tell_hours(tx, member.business_id, member.id, row["hours_revision"] + row["time_changes"])
    return 2


def _tell_resource(tx: Tx, row: RowMapping) -> int:
    tell_resource(tx, resource_of(row))
    return 1


def _tell_service(tx: Tx, row: RowMapping) -> int:
    tell_service(tx, service_of(row))
    return 1


def _tell_time_off(tx: Tx, row: RowMapping) -> int:
    off = time_off_of(row)
    if row["removed_at"] is not None:
        tell_removed(tx, off)
    elif off.revision == 1:
        tell_added(tx, off)
    else:
        tell_updated(tx, off)
    return 1
