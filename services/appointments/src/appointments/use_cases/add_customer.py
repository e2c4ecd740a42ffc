"""Adding a customer by hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from appointments.domain import Consent, Customer
from appointments.tables import customers
from appointments.use_cases.store_customer import keep_consent, refuse_known
from contracts.ids import BusinessId, CustomerId, uuid7
from plumbing.db import Tx


async def add_customer(
    tx: Tx, business_id: BusinessId, fields: Mapping[str, Any], consent: Consent | None, *, now: datetime
) -> Customer:
    """A new customer with these fields: name, email in lower case, phone in E.164, locale, notes, blocked.

    Raises CustomerExists when somebody has the address or the number.
    """
    await refuse_known(tx, business_id, fields["email"], fields["phone"])
    added = Customer(
        id=CustomerId(uuid7()), **fields, marketing_consent=consent, created_at=now, updated_at=now, revision=1
    )
    made = {"id": added.id, "created_at": now, "updated_at": now, "revision": 1}
    tx.insert(customers, {"business_id": business_id, **fields, **made})
    if consent is not None:
        await tx.flush()  # it refers to the customer
        keep_consent(tx, business_id, added.id, consent)
    return added
