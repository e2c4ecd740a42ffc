"""Reads: pages of what is exported."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from appointments.domain import LONGEST_CLAIM, Customer
from appointments.queries.appointments import Wanted, calendar_range
from appointments.tables import appointments, customer_of, customers, details_of, every_customer
from contracts.appointments import AppointmentDetails
from contracts.ids import BusinessId
from plumbing.db import Tx


async def customer_rows(tx: Tx, business_id: BusinessId, *, after: UUID | None, limit: int) -> list[Customer]:
    """Customers by id, without erased ones."""
    statement = every_customer.where(customers.c.business_id == business_id, customers.c.erased_at.is_(None))
    statement = statement.order_by(customers.c.id).limit(limit)
    rows = await tx.rows(statement if after is None else statement.where(customers.c.id > after))
    return [customer_of(row) for row in rows]


async def appointment_page(tx: Tx, business_id: BusinessId, wanted: Wanted) -> list[AppointmentDetails]:
    """A page of what is asked for, by start, then id."""
    return [details_of(row) for row in await calendar_range(tx, business_id, wanted)]


async def zones_between(tx: Tx, business_id: BusinessId, start: datetime, end: datetime) -> list[str]:
    """The zones of all appointments of a range."""
    c = appointments.c
    near = (c.business_id == business_id) & (c.start_time > start - LONGEST_CLAIM) & (c.start_time < end)
    return list((await tx.execute(select(c.timezone).where(near).distinct())).scalars())
