"""Adding a service to what is sold."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from availability.domain import Service, refuse_wrong_deposit
from availability.use_cases.store_service import locked_staff, refuse_unknown_staff, store_new_service
from contracts.ids import BusinessId, ServiceId, StaffId, uuid7
from plumbing.db import Tx


async def add_service(
    tx: Tx, business_id: BusinessId, fields: Mapping[str, Any], *, now: datetime, service_id: ServiceId | None = None
) -> Service:
    """A new service with these fields, and with this id if there is one that nothing else has.

    Raises Invalid for staff of others and for a deposit that does not fit.
    """
    sent: list[StaffId] = fields["staff_ids"]
    plain = {name: value for name, value in fields.items() if name != "staff_ids"}
    service = Service(
        **plain,
        staff_ids=sorted(set(sent)),
        id=service_id or ServiceId(uuid7()),
        business_id=business_id,
        archived=False,
        created_at=now,
        updated_at=now,
        revision=1,
    )
    refuse_wrong_deposit(service)
    refuse_unknown_staff(sent, await locked_staff(tx, business_id, service.staff_ids))
    await store_new_service(tx, service)
    return service
