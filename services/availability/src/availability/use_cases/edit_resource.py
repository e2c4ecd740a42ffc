"""Changing what is known of a room or a machine, and taking it out of use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from availability.domain import HasAppointments, Resource
from availability.queries.taken import is_taken
from availability.use_cases.store_resource import locked_resource, replace_resource
from availability.use_cases.versions import bump
from contracts.ids import BusinessId, ResourceId
from plumbing.db import Tx
from plumbing.revisions import refuse_stale


async def edit_resource(
    tx: Tx,
    business_id: BusinessId,
    resource_id: ResourceId,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    expected: int | None = None,
) -> Resource:
    """The unit with these fields changed, or as it is when nothing differs.

    Raises NotFound, StaleRevision, and HasAppointments when it would serve no longer what it is taken for.
    """
    before = await locked_resource(tx, business_id, resource_id)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update=dict(changes))
    if after == before:
        return before
    if _is_withdrawn(before, after) and await is_taken(tx, business_id, resource_id, now):
        raise HasAppointments
    after = after.model_copy(update={"updated_at": now, "revision": before.revision + 1})
    await replace_resource(tx, after)
    await bump(tx, business_id)
    return after


async def archive_resource(
    tx: Tx, business_id: BusinessId, resource_id: ResourceId, *, now: datetime, expected: int | None = None
) -> None:
    """Hide the unit for good. Raises as `edit_resource`."""
    await edit_resource(tx, business_id, resource_id, {"archived": True}, now=now, expected=expected)


def _is_withdrawn(before: Resource, after: Resource) -> bool:
    """Whether it can no longer be used for what it could be used for."""
    return after.archived or after.kind != before.kind or (before.active and not after.active)
