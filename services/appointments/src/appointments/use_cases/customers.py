"""Finding the customer of a booking, or adding one, however many try at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, select

from appointments.tables import customers
from contracts.appointments import CustomerDetails
from contracts.ids import BusinessId, CustomerId, uuid7
from plumbing.db import Tx
from plumbing.problems import Invalid
from plumbing.session import Row
from plumbing.sqlstates import Contended

_TRIES = 3

# By email, else by phone, else added. A rival who adds the same one at the same time is waited for by the insert, which
# then does nothing; the next try sees the rival's row.
_FIND_OR_ADD = """
WITH found AS (
    SELECT 1 AS rank, id, name, email, phone FROM customers WHERE business_id = $1 AND email = $4
    UNION ALL
    SELECT 2, id, name, email, phone FROM customers WHERE business_id = $1 AND phone = $5
    ORDER BY rank LIMIT 1
), added AS (
    INSERT INTO customers (business_id, id, name, email, phone, created_at, updated_at, revision)
    SELECT $1, $2, $3, $4, $5, $6, $6, 1 WHERE NOT EXISTS (SELECT FROM found)
    ON CONFLICT DO NOTHING
    RETURNING id, name, email, phone
)
SELECT id, name, email, phone FROM found UNION ALL SELECT id, name, email, phone FROM added
"""

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


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """Who an appointment is for, as somebody of the business wrote it: email in lower case, phone in E.164."""

    name: str
    email: str | None = None
    phone: str | None = None


async def find_or_add_customer(tx: Tx, business_id: BusinessId, wanted: NewCustomer, now: datetime) -> CustomerDetails:
    """The customer with this email, else with this phone, else a new one; missing contact details are filled in."""
    for _ in range(_TRIES):
        found = await tx.fetch(_FIND_OR_ADD, business_id, uuid7(), wanted.name, wanted.email, wanted.phone, now)
        if found:
            return await _filled(tx, business_id, _customer(found[0]), wanted, now)
    raise Contended


async def known_customer(tx: Tx, business_id: BusinessId, customer_id: CustomerId) -> CustomerDetails:
    """The customer with this id; Invalid when the business has none."""
    columns = select(customers.c.id, customers.c.name, customers.c.email, customers.c.phone)
    row = await tx.row(columns.where(customers.c.business_id == business_id, customers.c.id == customer_id))
    if row is None:
        raise Invalid.at("/customerId", "names nothing of this business")
    return _customer(row)


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
