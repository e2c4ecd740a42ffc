"""Reads: customers by name or by what is typed for one, what came of their appointments, and all that is known."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    REAL,
    ColumnElement,
    Integer,
    RowMapping,
    Text,
    Uuid,
    and_,
    cast,
    column,
    func,
    select,
    tuple_,
)

from appointments.domain import Customer, CustomerWithTotals, Totals
from appointments.tables import (
    appointment_activity,
    appointments,
    customer_consents,
    customer_merges,
    customer_of,
    customers,
    every_appointment,
    every_customer,
    present_appointments,
)
from contracts.appointments import Status
from contracts.ids import BusinessId, CustomerId
from contracts.money import Money
from plumbing.db import Tx

SIMILAR = "SET LOCAL pg_trgm.word_similarity_threshold = 0.5"
"""How much of what is typed must be found, in groups of three letters: a slip in a short name is forgiven."""


async def customer(tx: Tx, business_id: BusinessId, customer_id: CustomerId) -> Customer | None:
    """The customer whom the id names, also an id that was merged into theirs; None when it names nobody."""
    row = await tx.row(every_customer.where(_named(business_id, customer_id)))
    return None if row is None else customer_of(row)


async def customer_with_totals(
    tx: Tx, business_id: BusinessId, customer_id: CustomerId, *, now: datetime
) -> CustomerWithTotals | None:
    """The same, and what came of their appointments."""
    found = await customer(tx, business_id, customer_id)
    if found is None:
        return None
    totals = await totals_of(tx, business_id, found.id, now=now)
    return CustomerWithTotals(**{name: getattr(found, name) for name in Customer.model_fields}, totals=totals)


async def customers_page(
    tx: Tx, business_id: BusinessId, *, after: tuple[str, UUID] | None, limit: int
) -> Sequence[RowMapping]:
    """The rows of `limit` customers by name, then id; erased ones are not among them."""
    c = customers.c
    present = every_customer.where(c.business_id == business_id, c.erased_at.is_(None))
    statement = present.order_by(c.search, c.id).limit(limit)
    return await tx.rows(statement if after is None else statement.where(tuple_(c.search, c.id) > after))


async def customers_found(
    tx: Tx, business_id: BusinessId, typed: str, *, after: tuple[float, str, UUID] | None, limit: int
) -> Sequence[RowMapping]:
    """The rows of `limit` customers who have what was typed in their name, address or number, by `rank`, name and id.

    First those of whom it begins words; if nobody has it, those whose name is like it. One statement.
    """
    c = customers.c
    tx.with_next(SIMILAR)
    rank, search, last = after or (None, None, None)
    arguments = cast(rank, REAL), cast(search, Text), cast(last, Uuid), cast(limit, Integer)
    found = (
        func.customers_found(typed, *arguments).table_valued(column("id", Uuid), column("rank", REAL)).alias("found")
    )
    return await tx.rows(
        every_customer.add_columns(found.c.rank)
        .where(c.business_id == business_id, c.id == found.c.id)
        .order_by(found.c.rank, c.search, c.id)
    )


async def history(
    tx: Tx, business_id: BusinessId, customer_id: CustomerId, *, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[RowMapping]:
    """The rows of a customer's appointments, the latest first, cancelled ones too."""
    c = appointments.c
    statement = (
        present_appointments.where(c.business_id == business_id, c.customer_id == customer_id)
        .order_by(c.start_time.desc(), c.id.desc())
        .limit(limit)
    )
    return await tx.rows(statement if after is None else statement.where(tuple_(c.start_time, c.id) < after))


async def totals_of(tx: Tx, business_id: BusinessId, customer_id: CustomerId, *, now: datetime) -> Totals:
    """What came of a customer's appointments. One statement, however many there are."""
    c = appointments.c
    is_over = (c.end_time <= now).label("is_over")
    rows = await tx.rows(
        select(
            c.status,
            is_over,
            c.price_currency,
            func.count().label("number"),
            func.sum(c.price_amount).label("amount"),
            func.min(c.start_time).label("first"),
            func.max(c.start_time).label("last"),
        )
        .where(c.business_id == business_id, c.customer_id == customer_id, c.deleted_at.is_(None))
        .group_by(c.status, is_over, c.price_currency)
    )
    return _totals(rows)


async def everything_about(tx: Tx, business_id: BusinessId, found: Customer) -> dict[str, Any]:
    """All that is stored about a customer: consents, appointments with deleted ones, and what happened to these."""
    c, of_them = appointments.c, customer_consents.c
    consents = await tx.rows(
        select(of_them.given, of_them.at, of_them.text)
        .where(of_them.business_id == business_id, of_them.customer_id == found.id)
        .order_by(of_them.id)
    )
    theirs = (c.business_id == business_id, c.customer_id == found.id)
    booked = await tx.rows(every_appointment.where(*theirs).order_by(c.start_time, c.id))
    activity = appointment_activity.c
    happened = await tx.rows(
        select(appointment_activity)
        .join(appointments, and_(activity.business_id == c.business_id, activity.appointment_id == c.id))
        .where(*theirs)
        .order_by(activity.at, activity.appointment_id, activity.revision)
    )
    return {"consents": consents, "appointments": booked, "activity": happened}


def _named(business_id: BusinessId, customer_id: CustomerId) -> ColumnElement[bool]:
    m = customer_merges.c
    merged = select(m.into_id).where(m.business_id == business_id, m.id == customer_id).scalar_subquery()
    return and_(customers.c.business_id == business_id, customers.c.id == func.coalesce(merged, customer_id))


def _totals(rows: Sequence[RowMapping]) -> Totals:
    visits = [row for row in rows if _is_visit(row)]
    upcoming = [row for row in rows if _is_upcoming(row)]
    spent: dict[str, int] = {}
    for row in visits:
        spent[row["price_currency"]] = spent.get(row["price_currency"], 0) + int(row["amount"])
    return Totals(
        visits=sum(row["number"] for row in visits),
        no_shows=sum(row["number"] for row in rows if row["status"] == Status.NO_SHOW.value),
        cancelled=sum(row["number"] for row in rows if row["status"] == Status.CANCELLED.value),
        upcoming=sum(row["number"] for row in upcoming),
        spent=[Money(amount=amount, currency=currency) for currency, amount in sorted(spent.items())],
        last_visit=max((row["last"] for row in visits), default=None),
        next_appointment=min((row["first"] for row in upcoming), default=None),
    )


def _is_visit(row: RowMapping) -> bool:
    return row["status"] == Status.COMPLETED.value or (row["status"] == Status.CONFIRMED.value and row["is_over"])


def _is_upcoming(row: RowMapping) -> bool:
    return row["status"] in {Status.PENDING.value, Status.CONFIRMED.value} and not row["is_over"]
