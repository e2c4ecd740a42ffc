"""Taking a service out of what is sold. What is booked already stays."""

from datetime import datetime

from availability.use_cases.store_service import locked_service, replace_service
from availability.use_cases.versions import bump
from contracts.ids import BusinessId, ServiceId
from plumbing.db import Tx
from plumbing.revisions import refuse_stale


async def archive_service(
    tx: Tx, business_id: BusinessId, service_id: ServiceId, *, now: datetime, expected: int | None = None
) -> None:
    """Hide the service for good. Raises NotFound and StaleRevision."""
    before = await locked_service(tx, business_id, service_id)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update={"archived": True, "updated_at": now, "revision": before.revision + 1})
    await replace_service(tx, before, after)
    await bump(tx, business_id)
