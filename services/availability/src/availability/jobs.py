"""What runs on a timer or by a command: purging, and telling the present state again."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import RowMapping, Select, Table, delete, tuple_

from availability.domain import REMEMBERED
from availability.tables import (
    claim_owners_copy,
    every_service,
    every_staff_member,
    service_of,
    services,
    staff,
    staff_member_of,
)
from availability.use_cases.store_service import tell_service
from availability.use_cases.store_staff import tell_hours, tell_staff_member
from plumbing import idempotency
from plumbing.clock import utc_now
from plumbing.db import Tx, UnitOfWork

_BATCH = 500


async def purge(uow: UnitOfWork) -> None:
    """Forget idempotency keys, and owners that released their claims, that are older than they have to be."""
    async with uow.across_businesses() as tx:
        await idempotency.purge(tx)
        c = claim_owners_copy.c
        await tx.execute(delete(claim_owners_copy).where(c.released, c.changed_at < utc_now() - REMEMBERED))


async def republish(uow: UnitOfWork) -> int:
    """Tell every service, staff member and their hours as they are now, archived ones too; how many events.

    A consumer that has them already sees revisions that it knows.
    """
    told = await _tell_each(uow, every_staff_member, staff, _tell_staff_member)
    return told + await _tell_each(uow, every_service, services, _tell_service)


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
    tell_hours(tx, member.business_id, member.id, row["hours_revision"])
    return 2


def _tell_service(tx: Tx, row: RowMapping) -> int:
    tell_service(tx, service_of(row))
    return 1
