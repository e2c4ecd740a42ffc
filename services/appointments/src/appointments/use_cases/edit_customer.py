"""Changing what is known of a customer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from appointments.domain import Consent, Customer
from appointments.tables import customers
from appointments.use_cases.store_customer import keep_consent, locked_customer, refuse_known, shown, tell_appointments
from contracts.ids import BusinessId, CustomerId
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.revisions import refuse_stale

CAUSE = "customer"
"""Why an appointment tells of itself again: its customer is called otherwise."""


async def edit_customer(
    tx: Tx,
    business_id: BusinessId,
    customer_id: CustomerId,
    changes: Mapping[str, Any],
    consent: Consent | None,
    *,
    by: Actor,
    now: datetime,
    expected: int | None = None,
) -> Customer:
    """The customer with these fields changed, or as they are when nothing differs.

    Raises NotFound, StaleRevision, and CustomerExists for an address or a number of somebody else.
    """
    before = await locked_customer(tx, business_id, customer_id)
    refuse_stale(expected, before.revision, before)
    after = before.model_copy(update=dict(changes))
    if consent is not None and not _is_said(before.marketing_consent, consent):
        keep_consent(tx, business_id, before.id, consent)
        after = after.model_copy(update={"marketing_consent": _last(before.marketing_consent, consent)})
    if after == before:
        return before
    await refuse_known(tx, business_id, after.email, after.phone, but=[before.id])
    return await _store(tx, business_id, before, after, by=by, now=now)


async def _store(
    tx: Tx, business_id: BusinessId, before: Customer, after: Customer, *, by: Actor, now: datetime
) -> Customer:
    after = after.model_copy(update={"updated_at": now, "revision": before.revision + 1})
    names = ("name", "email", "phone", "locale", "notes", "blocked", "updated_at", "revision")
    c = customers.c
    await tx.execute(
        update(customers)
        .where(c.business_id == business_id, c.id == before.id)
        .values({name: getattr(after, name) for name in names})
    )
    if shown(after) != shown(before):
        await tell_appointments(tx, business_id, after.id, by=by, now=now, cause=CAUSE)
    return after


def _last(before: Consent | None, said: Consent) -> Consent:
    """What counts: a word of long ago may be told of late."""
    return said if before is None or said.at >= before.at else before


def _is_said(before: Consent | None, now: Consent) -> bool:
    """Whether it is what was said the last time."""
    return before is not None and (before.given, before.text) == (now.given, now.text)
