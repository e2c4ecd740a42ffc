"""Changing what is sold. What is booked already keeps what it was booked with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from availability.domain import Service, refuse_wrong_deposit
from availability.use_cases.store_service import (
    locked_service,
    locked_staff,
    refuse_unknown_staff,
    replace_service,
)
from availability.use_cases.versions import bump
from contracts.ids import BusinessId, ServiceId
from plumbing.db import Tx
from plumbing.revisions import refuse_stale


async def edit_service(
    tx: Tx,
    business_id: BusinessId,
    service_id: ServiceId,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    expected: int | None = None,
) -> Service:
    """The service with these fields changed, or as it is when nothing differs.

    Raises NotFound, StaleRevision, and Invalid as `add_service`.
    """
    sent = changes.get("staff_ids", [])
    known = await locked_staff(tx, business_id, sent)
    before = await locked_service(tx, business_id, service_id)
    refuse_stale(expected, before.revision, before)
    refuse_unknown_staff(sent, known)
    fields = {**changes, "staff_ids": sorted(known)} if "staff_ids" in changes else changes
    after = before.model_copy(update=fields)
    if after == before:
        return before
    refuse_wrong_deposit(after)
    after = after.model_copy(update={"updated_at": now, "revision": before.revision + 1})
    await replace_service(tx, before, after)
    await bump(tx, business_id)
    return after
