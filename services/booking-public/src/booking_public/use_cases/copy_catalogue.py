"""Keeping a copy of what is sold and by whom."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from booking_public.tables import catalogue_copy
from booking_public.use_cases.versions import bump
from contracts.availability import ServiceDetails, StaffDetails
from contracts.catalogue import SnapshotsAnswer
from contracts.ids import BusinessId
from plumbing.db import Tx

_PRIVATE = {"email", "phone"}
"""Of a staff member nobody here needs to know them, and strangers must not."""


async def copy_service(tx: Tx, business_id: BusinessId, revision: int, service: ServiceDetails) -> None:
    """Keep a service as it was told, unless something newer is kept already."""
    await _copy(tx, business_id, [_service_row(business_id, revision, service)])


async def copy_staff_member(tx: Tx, business_id: BusinessId, revision: int, member: StaffDetails) -> None:
    """Keep a staff member as they were told, unless something newer is kept already."""
    await _copy(tx, business_id, [_staff_row(business_id, revision, member)])


async def copy_snapshots(tx: Tx, business_id: BusinessId, told: SnapshotsAnswer) -> None:
    """Keep a whole catalogue. One statement, however large it is."""
    rows = [_service_row(business_id, each.revision, each.service) for each in told.services]
    rows += [_staff_row(business_id, each.revision, each.staff) for each in told.staff]
    await _copy(tx, business_id, rows)


async def _copy(tx: Tx, business_id: BusinessId, rows: Sequence[dict[str, Any]]) -> None:
    """In the order of the key, so that no two copies wait for each other."""
    if not rows:
        return
    told = insert(catalogue_copy).values(sorted(rows, key=lambda row: (row["kind"], row["id"])))
    newer = told.on_conflict_do_update(
        index_elements=["business_id", "kind", "id"],
        set_={name: told.excluded[name] for name in ("revision", "archived", "details")},
        where=catalogue_copy.c.revision < told.excluded.revision,
    )
    result = await tx.execute(newer)
    if result.rowcount:
        await bump(tx, business_id)


def _service_row(business_id: BusinessId, revision: int, service: ServiceDetails) -> dict[str, Any]:
    return {
        "business_id": business_id,
        "kind": "service",
        "id": service.id,
        "revision": revision,
        "archived": service.archived,
        "details": service.model_dump(mode="json"),
    }


def _staff_row(business_id: BusinessId, revision: int, member: StaffDetails) -> dict[str, Any]:
    return {
        "business_id": business_id,
        "kind": "staff",
        "id": member.id,
        "revision": revision,
        "archived": member.archived,
        "details": member.model_dump(mode="json", exclude=_PRIVATE),
    }
