"""Writing a unit: the row and the event together."""

from sqlalchemy import update

from availability.domain import Resource
from availability.tables import present_resources, resource_of, resource_row, resources
from contracts.availability import ResourceChanged
from contracts.ids import BusinessId, ResourceId
from plumbing.db import Tx
from plumbing.problems import NotFound


async def locked_resource(tx: Tx, business_id: BusinessId, resource_id: ResourceId) -> Resource:
    """The unit, locked until the transaction ends. NotFound when there is none, or it is archived."""
    own = (resources.c.business_id == business_id) & (resources.c.id == resource_id)
    row = await tx.row(present_resources.where(own).with_for_update())
    if row is None:
        raise NotFound
    return resource_of(row)


def store_new_resource(tx: Tx, resource: Resource) -> None:
    """Store a unit that is new. The caller bumps the version, last."""
    tx.insert(resources, resource_row(resource))
    tell_resource(tx, resource)


async def replace_resource(tx: Tx, after: Resource) -> None:
    """Store a changed unit in place of the one that was locked. The caller bumps the version, last."""
    own = (resources.c.business_id == after.business_id) & (resources.c.id == after.id)
    await tx.execute(update(resources).where(own).values(resource_row(after)))
    tell_resource(tx, after)


def tell_resource(tx: Tx, resource: Resource) -> None:
    """Tell a unit as it is now."""
    tx.emit(
        ResourceChanged(
            business_id=resource.business_id,
            revision=resource.revision,
            resource=resource,
            created_at=resource.created_at,
            updated_at=resource.updated_at,
        )
    )
