"""Forgetting a customer: what says who they are goes, what the business earned and when stays."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ARRAY, Text, case, cast, delete, exists, insert, select, update

from appointments.domain import ERASED_NAME, Customer, CustomerIsBooked
from appointments.tables import (
    appointment_activity,
    appointments,
    customer_consents,
    customer_merges,
    customers,
    waiting_list,
)
from appointments.use_cases.store_customer import LIVE, locked_or_erased
from contracts.appointments import CustomerErased
from contracts.ids import BusinessId, CustomerId, uuid7
from plumbing.db import Tx
from plumbing.revisions import refuse_stale

_PERSONAL = ("notes", "cancellationReason")
"""What people wrote in an appointment, by its name in the activity."""

_NOBODY = {"name": ERASED_NAME, "email": None, "phone": None, "locale": None, "notes": "", "marketingConsent": None}
"""What is said of a customer who is forgotten."""

# Answers that were kept for a repeated request, and events on their way, name the customer by one of these ids.
_ANSWERS = """
SELECT scope, key, body FROM idempotency_keys WHERE business_id = $1
    AND EXISTS (SELECT FROM unnest($2::text[]) AS id WHERE position(convert_to(id, 'UTF8') IN body) > 0)
"""
_ANSWER = "UPDATE idempotency_keys SET body = $3 WHERE scope = $1 AND key = $2"
_EVENTS = """
SELECT id, body FROM outbox WHERE routing_key LIKE '%.' || $1::text
    AND EXISTS (SELECT FROM unnest($2::text[]) AS id WHERE position(id IN body) > 0)
"""
_EVENT = "UPDATE outbox SET body = $2 WHERE id = $1"

# Rows of a file that are not applied yet: they are left out.
_ROWS = """
WITH forgotten AS (
    UPDATE import_rows r SET action = 'skip', cells = '{}', outcome = CASE i.state WHEN 'applying' THEN 'skipped' END
    FROM imports i
    WHERE i.business_id = $1 AND i.state IN ('checked', 'applying') AND r.business_id = $1 AND r.import_id = i.id
        AND r.outcome IS NULL
        AND (r.entity_id = ANY ($2::uuid[])
            OR lower(coalesce(r.cells -> 'customer', r.cells) ->> 'email') = $3
            OR '+' || regexp_replace(coalesce(r.cells -> 'customer', r.cells) ->> 'phone', '[^0-9]', '', 'g') = $4)
    RETURNING r.import_id, r.outcome
), settled AS (
    SELECT import_id, count(*) AS rows FROM forgotten WHERE outcome IS NOT NULL GROUP BY import_id
)
UPDATE imports i SET done = i.done + settled.rows FROM settled WHERE i.business_id = $1 AND i.id = settled.import_id
"""


async def erase_customer(
    tx: Tx, business_id: BusinessId, customer_id: CustomerId, *, now: datetime, expected: int | None = None
) -> None:
    """Forget who a customer is, everywhere in this service, and tell the others to.

    A customer without a name takes the place of their row, which goes: whoever books for it in the same instant finds
    nobody. Who is erased already stays so. Raises NotFound, StaleRevision, and CustomerIsBooked while something is
    booked for them.
    """
    found = await locked_or_erased(tx, business_id, customer_id)
    if found.erased:
        return
    refuse_stale(expected, found.revision, found)
    await _refuse_booked(tx, business_id, found, now)
    await _forget_writing(tx, business_id, found)
    m = customer_merges.c
    former = select(m.id).where(m.business_id == business_id, m.into_id == found.id)
    ids = [str(found.id), *(str(row["id"]) for row in await tx.rows(former))]
    await _forget_answers(tx, business_id, ids)
    await _forget_events(tx, business_id, ids)
    await tx.fetch(_ROWS, business_id, ids, found.email, found.phone)
    await _replace(tx, business_id, found, now)
    for former_id in map(CustomerId, map(UUID, ids)):
        tx.emit(CustomerErased(business_id=business_id, revision=found.revision + 1, customer_id=former_id))


async def _replace(tx: Tx, business_id: BusinessId, found: Customer, now: datetime) -> None:
    """Put somebody without a name in their place; what they agreed to and wait for goes with them."""
    moments = {"created_at": found.created_at, "updated_at": now, "erased_at": now}
    nobody = {"business_id": business_id, "id": uuid7(), "name": ERASED_NAME, "blocked": found.blocked}
    await tx.execute(insert(customers).values(**nobody, **moments, revision=found.revision + 1))
    for table, column in (
        (appointments, appointments.c.customer_id),
        (customer_merges, customer_merges.c.into_id),
    ):
        await tx.execute(_of(update(table), column, business_id, found).values({column: nobody["id"]}))
    for column in (customer_consents.c.customer_id, waiting_list.c.customer_id, customers.c.id):
        await tx.execute(_of(delete(column.table), column, business_id, found))
    now_named = {"business_id": business_id, "id": found.id, "into_id": nobody["id"], "at": now}
    await tx.execute(insert(customer_merges).values(now_named))


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
        raise CustomerIsBooked


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


async def _forget_answers(tx: Tx, business_id: BusinessId, ids: Collection[str]) -> None:
    """A repeated request is still answered as it was, but for who the customer is."""
    for row in await tx.fetch(_ANSWERS, business_id, ids):
        body = orjson.dumps(_without_customer(orjson.loads(row["body"]), ids))
        await tx.fetch(_ANSWER, row["scope"], row["key"], body)


async def _forget_events(tx: Tx, business_id: BusinessId, ids: Collection[str]) -> None:
    """Whoever is told of what happened while they could not be reached is not told to whom."""
    for row in await tx.fetch(_EVENTS, str(business_id), ids):
        body = orjson.dumps(_without_customer(orjson.loads(row["body"]), ids))
        await tx.fetch(_EVENT, row["id"], body.decode())


def _without_customer(document: Any, ids: Collection[str]) -> Any:
    """A document of ours without who these customers are, and without what people wrote in their appointments."""
    if isinstance(document, list):
        return [_without_customer(one, ids) for one in document]
    if not isinstance(document, dict):
        return document
    if document.get("id") in ids and "name" in document:
        return document | {name: value for name, value in _NOBODY.items() if name in document}
    inner = {name: _without_customer(value, ids) for name, value in document.items()}
    if _is_about(document, ids):
        inner |= {name: "" for name in _PERSONAL if inner.get(name)}
    if _is_about(document.get("appointment"), ids) and isinstance(inner.get("before"), dict):
        inner["before"] = {name: value for name, value in inner["before"].items() if name not in _PERSONAL}
    return inner


def _is_about(document: Any, ids: Collection[str]) -> bool:
    return isinstance(document, dict) and document.get("customerId") in ids


def _of(statement: Any, column: Any, business_id: BusinessId, found: Customer) -> Any:
    """A statement about what is this customer's."""
    return statement.where(column.table.c.business_id == business_id, column == found.id)
