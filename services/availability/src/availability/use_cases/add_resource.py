"""Adding a room or a machine."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from availability.domain import Resource
from availability.use_cases.store_resource import store_new_resource
from availability.use_cases.versions import bump
from contracts.ids import BusinessId, ResourceId, uuid7
from plumbing.db import Tx


async def add_resource(tx: Tx, business_id: BusinessId, fields: Mapping[str, Any], *, now: datetime) -> Resource:
    """A new unit with these fields."""
    resource = Resource(
        **fields,
        id=ResourceId(uuid7()),
        business_id=business_id,
        archived=False,
        created_at=now,
        updated_at=now,
        revision=1,
    )
    store_new_resource(tx, resource)
    await bump(tx, business_id)
    return resource
