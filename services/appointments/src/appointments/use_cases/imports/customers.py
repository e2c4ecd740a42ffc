"""Rows about customers: whom each is about, and taking back those whom an import has added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, any_, bindparam, delete, exists, func, select

from appointments.domain import Customer, CustomerIsBooked
from appointments.tables import appointments, customer_merges, customer_of, customers, every_customer, waiting_list
from appointments.use_cases.erase_customer import erase_customer
from appointments.use_cases.store_customer import locked_customer
from contracts.ids import BusinessId, CustomerId
from plumbing.db import Tx
from plumbing.problems import NotFound

CHANGED = "was changed since"
GONE = "is gone already"
BOOKED = "has appointments"


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """By what a row names a customer: id, address and number, and the name where there is neither."""

    id: UUID | None
    email: str | None
    phone: str | None
    name: str


@dataclass(slots=True)
class Known:
    """Customers, by all that rows may name them by."""

    ids: dict[UUID, Customer] = field(default_factory=dict[UUID, Customer])
    emails: dict[str, Customer] = field(default_factory=dict[str, Customer])
    phones: dict[str, Customer] = field(default_factory=dict[str, Customer])
    names: dict[str, list[Customer]] = field(default_factory=dict[str, list[Customer]])

    def meant(self, row: CustomerRow) -> Customer | None:
        """The customer that the row is about: by id, else email, else phone, else the only one with that name."""
        found = (row.id and self.ids.get(row.id)) or (row.email and self.emails.get(row.email))
        found = found or (row.phone and self.phones.get(row.phone))
        if found or row.email or row.phone:
            return found or None
        namesakes = self.names.get(row.name.casefold(), [])
        return namesakes[0] if len(namesakes) == 1 else None

    def foreign(self, row: CustomerRow, own: Customer | None) -> list[str]:
        """What of the row is another customer's already: `email`, `phone`."""
        theirs = {"email": self.emails.get(row.email or ""), "phone": self.phones.get(row.phone or "")}
        return [name for name, one in theirs.items() if one is not None and (own is None or one.id != own.id)]


async def known_customers(tx: Tx, business_id: BusinessId, rows: Sequence[CustomerRow]) -> Known:
    """All customers whom the rows may be about. One statement, however many there are."""
    c = customers.c
    names = [row.name.casefold() for row in rows if not row.email and not row.phone]
    wanted = (
        (c.id == _any([row.id for row in rows if row.id], Uuid()))
        | (c.email == _any([row.email for row in rows if row.email], Text()))
        | (c.phone == _any([row.phone for row in rows if row.phone], Text()))
        | (func.lower(c.name) == _any(names, Text()))
    )
    found = await tx.rows(every_customer.where(c.business_id == business_id, c.erased_at.is_(None), wanted))
    known = Known()
    for one in map(customer_of, found):
        known.ids[one.id] = one
        known.names.setdefault(one.name.casefold(), []).append(one)
        known.emails |= {one.email: one} if one.email else {}
        known.phones |= {one.phone: one} if one.phone else {}
    return known


def difference(before: Customer, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the changes that change something; capital letters in the name do not."""
    other = {name: value for name, value in changes.items() if getattr(before, name) != value}
    if "name" in other and other["name"].casefold() == before.name.casefold():
        del other["name"]
    return other


async def undo_customer(
    tx: Tx, business_id: BusinessId, customer_id: UUID, revision: int, *, now: datetime
) -> str | None:
    """Take back a customer, if they still are as they were added, and nothing is booked; else why they are left.

    Somebody in whose name something was booked and deleted is forgotten, and the trail of that stays.
    """
    try:
        found = await locked_customer(tx, business_id, CustomerId(customer_id))
        if found.revision != revision:
            return CHANGED
        if await _is_named(tx, business_id, found):
            return BOOKED
        if not await _deleted(tx, business_id, found):
            await erase_customer(tx, business_id, found.id, now=now)
    except NotFound:
        return GONE
    except CustomerIsBooked:
        return BOOKED
    return None


async def undo_added_with(
    tx: Tx, business_id: BusinessId, customer_id: UUID | None, made_at: datetime, *, now: datetime
) -> None:
    """Take back the customer of an appointment that was taken back, if the same row added both."""
    c = customers.c
    own = (c.business_id == business_id) & (c.id == customer_id) & (c.created_at == made_at)
    if customer_id is not None and await tx.scalar(select(c.id).where(own)) is not None:
        await undo_customer(tx, business_id, customer_id, 1, now=now)


async def _is_named(tx: Tx, business_id: BusinessId, found: Customer) -> bool:
    """Whether something is, or was, booked for them, or they wait for something."""
    c, w = appointments.c, waiting_list.c
    booked = exists().where(c.business_id == business_id, c.customer_id == found.id, c.deleted_at.is_(None))
    waits = exists().where(w.business_id == business_id, w.customer_id == found.id)
    return bool(await tx.scalar(select(booked | waits)))


async def _deleted(tx: Tx, business_id: BusinessId, found: Customer) -> bool:
    """Remove the row, unless other rows speak of it."""
    c, a, m = customers.c, appointments.c, customer_merges.c
    trail = exists().where(a.business_id == business_id, a.customer_id == found.id)
    merged = exists().where(m.business_id == business_id, m.into_id == found.id)
    own = (c.business_id == business_id) & (c.id == found.id)
    return (await tx.execute(delete(customers).where(own, ~trail, ~merged))).rowcount > 0


def _any(values: Sequence[Any], kind: Any) -> Any:
    """One parameter for any number of values, so that the statement stays the same."""
    return any_(bindparam(None, list(values), type_=ARRAY(kind)))
