"""Merging two customers who are one person: everything of the one becomes the other's."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update

from appointments.domain import Customer
from appointments.tables import (
    appointments,
    customer_consents,
    customer_merges,
    customers,
    details_of,
    every_appointment,
    waiting_list,
)
from appointments.use_cases.store_customer import locked_customer, rewrite_all, shown
from contracts.ids import BusinessId, CustomerId
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.problems import Invalid, NotFound
from plumbing.revisions import refuse_stale

CAUSE = "merge"
MOST_NOTES = 5_000


async def merge_customers(
    tx: Tx,
    business_id: BusinessId,
    customer_id: CustomerId,
    into_id: CustomerId,
    *,
    by: Actor,
    now: datetime,
    expected: int | None = None,
) -> Customer:
    """The customer `into_id`, with all that the other had; from now on both ids name them.

    What is missing is filled in, notes are joined, whoever of them is blocked makes both blocked. The other's row goes,
    so that whoever books for it in the same instant finds the one that is left. Raises NotFound, StaleRevision, and
    Invalid for an `intoId` that names nobody, or the same customer.
    """
    gone, kept = await _both(tx, business_id, customer_id, into_id)
    refuse_stale(expected, gone.revision, gone)
    merged = _merged(gone, kept).model_copy(update={"updated_at": now, "revision": kept.revision + 1})
    await _hand_over(tx, business_id, gone, merged, by=by, now=now)
    gone_row = (customers.c.business_id == business_id, customers.c.id == gone.id)
    await tx.execute(delete(customers).where(*gone_row))
    await tx.execute(insert(customer_merges).values(business_id=business_id, id=gone.id, into_id=kept.id, at=now))
    names = ("email", "phone", "locale", "notes", "blocked", "updated_at", "revision")
    values: dict[str, Any] = {name: getattr(merged, name) for name in names}
    kept_row = (customers.c.business_id == business_id, customers.c.id == kept.id)
    await tx.execute(update(customers).where(*kept_row).values(values))
    return merged


async def _both(
    tx: Tx, business_id: BusinessId, customer_id: CustomerId, into_id: CustomerId
) -> tuple[Customer, Customer]:
    """Both of them, locked in the order of their ids, so that two merges never wait for each other."""
    found: dict[CustomerId, Customer] = {}
    for one in sorted({customer_id, into_id}):
        try:
            found[one] = await locked_customer(tx, business_id, one)
        except NotFound:
            if one == customer_id:
                raise
    if into_id not in found:
        raise Invalid.at("/intoId", "names nothing of this business")
    gone, kept = found[customer_id], found[into_id]
    if gone.id == kept.id:
        raise Invalid.at("/intoId", "is the same customer")
    return gone, kept


def _merged(gone: Customer, kept: Customer) -> Customer:
    notes = "\n\n".join(text for text in (kept.notes, gone.notes) if text)[:MOST_NOTES]
    filled = {name: getattr(kept, name) or getattr(gone, name) for name in ("email", "phone", "locale")}
    consents = [one.marketing_consent for one in (kept, gone) if one.marketing_consent]
    latest = max(consents, key=lambda consent: consent.at, default=None)
    update = {**filled, "notes": notes, "blocked": kept.blocked or gone.blocked, "marketing_consent": latest}
    return kept.model_copy(update=update)


async def _hand_over(
    tx: Tx, business_id: BusinessId, gone: Customer, merged: Customer, *, by: Actor, now: datetime
) -> None:
    """Appointments, deleted ones too, with their trail; consents; wishes on the waiting list; ids merged before."""
    c = appointments.c
    theirs = every_appointment.where(c.business_id == business_id, c.customer_id == gone.id).order_by(c.id)
    rows = await tx.rows(theirs.with_for_update(of=appointments))
    present = [details_of(row) for row in rows if row["deleted_at"] is None]
    to_them = {"customer_id": merged.id, "customer": shown(merged)}
    pairs = [(before, before.model_copy(update=to_them)) for before in present]
    await rewrite_all(tx, pairs, by=by, now=now, cause=CAUSE)
    for table, column in (
        (appointments, c.customer_id),
        (customer_consents, customer_consents.c.customer_id),
        (waiting_list, waiting_list.c.customer_id),
        (customer_merges, customer_merges.c.into_id),
    ):
        await tx.execute(
            update(table).where(table.c.business_id == business_id, column == gone.id).values({column: merged.id})
        )
