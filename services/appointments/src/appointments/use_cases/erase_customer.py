"""Forgetting a customer: what says who they are goes, what the business earned and when stays."""

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ARRAY, Text, case, cast, delete, exists, select, update

from appointments.domain import ERASED_NAME, Customer, HasAppointments
from appointments.tables import (
    appointment_activity,
    appointments,
    customer_consents,
    customer_merges,
    customers,
    waiting_list,
)
from appointments.use_cases.store_customer import LIVE, locked_customer
from contracts.appointments import CustomerErased
from contracts.ids import BusinessId, CustomerId
from plumbing.db import Tx
from plumbing.revisions import refuse_stale

_PERSONAL = ("notes", "cancellationReason")
"""What people wrote in an appointment, by its name in the activity."""

# Answers that were kept for a repeated request, and events on their way, may name the customer by id alone.
_ANSWERS = """
SELECT scope, key, body FROM idempotency_keys
WHERE business_id = $1 AND position(convert_to($2::text, 'UTF8') IN body) > 0
"""


async def erase_customer(
    tx: Tx, business_id: BusinessId, customer_id: CustomerId, *, now: datetime, expected: int | None = None
) -> None:
    """Forget who a customer is, everywhere in this service, and tell the others to.

    Raises NotFound, StaleRevision, and HasAppointments while something is booked for them.
    """
    found = await locked_customer(tx, business_id, customer_id)
    refuse_stale(expected, found.revision, found)
    await _refuse_booked(tx, business_id, found, now)
    await _forget_writing(tx, business_id, found)
    await _forget_answers(tx, business_id, found)
    await tx.execute(_of(delete(customer_consents), customer_consents.c.customer_id, business_id, found))
    await tx.execute(_of(delete(waiting_list), waiting_list.c.customer_id, business_id, found))
    await tx.execute(_of(delete(customer_merges), customer_merges.c.into_id, business_id, found))
    nobody: dict[str, Any] = {"name": ERASED_NAME, "email": None, "phone": None, "locale": None, "notes": ""}
    nobody |= {"erased_at": now, "updated_at": now, "revision": found.revision + 1}
    await tx.execute(_of(update(customers), customers.c.id, business_id, found).values(nobody))
    tx.emit(CustomerErased(business_id=business_id, revision=found.revision + 1, customer_id=found.id))


async def _refuse_booked(tx: Tx, business_id: BusinessId, found: Customer, now: datetime) -> None:
    c = appointments.c
    booked = select(
        exists().where(
            c.business_id == business_id,
            c.customer_id == found.id,
            c.end_time > now,
            c.status.in_(LIVE),
            c.deleted_at.is_(None),
        )
    )
    if await tx.scalar(booked):
        raise HasAppointments


async def _forget_writing(tx: Tx, business_id: BusinessId, found: Customer) -> None:
    """What was written in their appointments, and in the trail of these; the database lets nothing else of that go."""
    c, trail = appointments.c, appointment_activity.c
    theirs = select(c.id).where(c.business_id == business_id, c.customer_id == found.id)
    names = cast(list(_PERSONAL), ARRAY(Text))
    without = {name: trail[name].op("-")(names) for name in ("before", "after")}
    of_ours = case((trail.actor["kind"].astext == "system", trail.cause), else_=None)
    await tx.execute(
        update(appointment_activity)
        .where(trail.business_id == business_id, trail.appointment_id.in_(theirs))
        .values(**without, cause=of_ours)
    )
    await tx.execute(
        _of(update(appointments), c.customer_id, business_id, found).values(notes="", cancellation_reason=None)
    )


async def _forget_answers(tx: Tx, business_id: BusinessId, found: Customer) -> None:
    """A repeated request is still answered as it was, but for who the customer is."""
    for row in await tx.fetch(_ANSWERS, business_id, str(found.id)):
        body = orjson.dumps(_without_customer(orjson.loads(row["body"]), str(found.id)))
        await tx.fetch(
            "UPDATE idempotency_keys SET body = $3 WHERE scope = $1 AND key = $2 RETURNING 1",
            row["scope"],
            row["key"],
            body,
        )


def _without_customer(document: Any, customer_id: str) -> Any:
    if isinstance(document, list):
        return [_without_customer(one, customer_id) for one in document]
    if not isinstance(document, dict):
        return document
    if document.get("id") == customer_id:
        return {"id": customer_id, "name": ERASED_NAME, "email": None, "phone": None}
    inner = {name: _without_customer(value, customer_id) for name, value in document.items()}
    if document.get("customerId") == customer_id:
        inner |= {name: "" for name in _PERSONAL if inner.get(name)}
    return inner


def _of(statement: Any, column: Any, business_id: BusinessId, found: Customer) -> Any:
    """A statement about what is this customer's."""
    return statement.where(column.table.c.business_id == business_id, column == found.id)
