"""Finding the customer of a booking, or adding one, however many try at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping

from appointments.tables import customers
from appointments.use_cases.look import Contact
from contracts.appointments import CustomerDetails
from contracts.ids import BusinessId, CustomerId, uuid7
from plumbing.db import Tx
from plumbing.problems import Invalid
from plumbing.session import Row

# What is stored is never overwritten; what is missing is filled, unless it is another customer's.
_FILL = """
UPDATE customers c SET
    email = coalesce(c.email, (SELECT $3::text WHERE NOT EXISTS
        (SELECT FROM customers o WHERE o.business_id = $1 AND o.email = $3::text))),
    phone = coalesce(c.phone, (SELECT $4::text WHERE NOT EXISTS
        (SELECT FROM customers o WHERE o.business_id = $1 AND o.phone = $4::text))),
    updated_at = $5, revision = c.revision + 1
WHERE c.business_id = $1 AND c.id = $2
RETURNING id, name, email, phone
"""

# Somebody who was erased can be named no more.
_NAMED = """
SELECT id, name, email, phone FROM customers WHERE business_id = $1 AND erased_at IS NULL
    AND id = coalesce((SELECT into_id FROM customer_merges WHERE business_id = $1 AND id = $2), $2)
"""

# By email, else by phone.
_KNOWN = """
SELECT id, name, email, phone FROM customers WHERE business_id = $1 AND (email = $2 OR phone = $3)
ORDER BY email IS DISTINCT FROM $2 LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """Who an appointment is for, as somebody of the business wrote it: email in lower case, phone in E.164."""

    name: str
    email: str | None = None
    phone: str | None = None

    @property
    def contact(self) -> Contact:
        """By what they are known, if they are."""
        return Contact(self.email, self.phone)


async def add_or_fill(
    tx: Tx, business_id: BusinessId, found: CustomerDetails | None, wanted: NewCustomer, now: datetime
) -> CustomerDetails:
    """The customer who was found by this contact, their missing details filled in; else a new one.

    A new one is written with the next flush. A rival who adds the same one at the same time makes that Contended: when
    all is done again, the rival's is found.
    """
    if found is not None:
        return await _filled(tx, business_id, found, wanted, now)
    added = CustomerDetails(id=CustomerId(uuid7()), name=wanted.name, email=wanted.email, phone=wanted.phone)
    fields = {"id": added.id, "name": added.name, "email": added.email, "phone": added.phone}
    tx.insert(customers, {"business_id": business_id, **fields, "created_at": now, "updated_at": now, "revision": 1})
    return added


async def customer_with(
    tx: Tx, business_id: BusinessId, wanted: NewCustomer | CustomerId, now: datetime
) -> CustomerDetails:
    """The customer who is meant, outside of a booking: known by id or contact, or new. Raises as `known_customer`."""
    if not isinstance(wanted, NewCustomer):
        return await known_customer(tx, business_id, wanted)
    rows = await tx.fetch(_KNOWN, business_id, wanted.email, wanted.phone)
    return await add_or_fill(tx, business_id, _customer(rows[0]) if rows else None, wanted, now)


async def known_customer(tx: Tx, business_id: BusinessId, customer_id: CustomerId) -> CustomerDetails:
    """The customer whom this id names, or has come to name by a merge; Invalid when the business has none."""
    rows = await tx.fetch(_NAMED, business_id, customer_id)
    if not rows:
        raise Invalid.at("/customerId", "names nothing of this business")
    return _customer(rows[0])


async def _filled(
    tx: Tx, business_id: BusinessId, found: CustomerDetails, wanted: NewCustomer, now: datetime
) -> CustomerDetails:
    missing = (wanted.email and not found.email) or (wanted.phone and not found.phone)
    if not missing:
        return found
    rows = await tx.fetch(_FILL, business_id, found.id, wanted.email, wanted.phone, now)
    return _customer(rows[0]) if rows else found


def _customer(row: Row | RowMapping) -> CustomerDetails:
    return CustomerDetails.model_construct(id=row["id"], name=row["name"], email=row["email"], phone=row["phone"])
