"""Reads: rooms and machines."""

from dataclasses import dataclass
from uuid import UUID

from availability.domain import Resource
from availability.tables import present_resources, resource_of, resources
from contracts.ids import BusinessId, ResourceId
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class WantedResources:
    """Which units: of this kind, and active or not; None = whatever."""

    kind: str | None = None
    active: bool | None = None


async def resource(tx: Tx, business_id: BusinessId, resource_id: ResourceId) -> Resource | None:
    """One unit; None when there is none, or it is archived."""
    own = (resources.c.business_id == business_id) & (resources.c.id == resource_id)
    row = await tx.row(present_resources.where(own))
    return None if row is None else resource_of(row)


async def resource_page(
    tx: Tx, business_id: BusinessId, wanted: WantedResources, *, after: UUID | None, limit: int
) -> list[Resource]:
    """Units in the order in which they were added. One statement, however many there are."""
    c = resources.c
    statement = present_resources.where(c.business_id == business_id).order_by(c.id).limit(limit)
    if wanted.kind is not None:
        statement = statement.where(c.kind == wanted.kind)
    if wanted.active is not None:
        statement = statement.where(c.active == wanted.active)
    if after is not None:
        statement = statement.where(c.id > after)
    return [resource_of(row) for row in await tx.rows(statement)]
