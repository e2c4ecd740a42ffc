"""What every change of a customer needs: the row under a lock, who has a contact already, and who has to hear of it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import false, or_, select, update

from appointments.domain import Consent, Customer, CustomerExists
from appointments.tables import (
    appointments,
    customer_consents,
    customer_merges,
    customer_of,
    customers,
    details_of,
    every_customer,
    present_appointments,
)
from appointments.use_cases.record import record
from contracts.appointments import AppointmentDetails, Change, CustomerDetails, Status
from contracts.ids import BusinessId, CustomerId, uuid7
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.problems import NotFound

LIVE = (Status.PENDING.value, Status.CONFIRMED.value)
_AT_ONCE = 100
"""So many appointments are told of in one statement; a statement holds 32,767 values."""


async def locked_customer(tx: Tx, business_id: BusinessId, customer_id: CustomerId) -> Customer:
    """The customer whom the id names, locked until the transaction ends. Raises NotFound, also for who is erased."""
    found = await locked_or_erased(tx, business_id, customer_id)
    if found.erased:
        raise NotFound("This customer has been erased; nothing about them can be changed.")
    return found


async def locked_or_erased(tx: Tx, business_id: BusinessId, customer_id: CustomerId) -> Customer:
    """The same, or what is left of who is erased. Raises NotFound."""
    m, c = customer_merges.c, customers.c
    into = await tx.scalar(select(m.into_id).where(m.business_id == business_id, m.id == customer_id))
    row = await tx.row(
        every_customer.where(c.business_id == business_id, c.id == (into or customer_id)).with_for_update(of=customers)
    )
    if row is None:
        raise NotFound
    return customer_of(row)


async def refuse_known(
    tx: Tx, business_id: BusinessId, email: str | None, phone: str | None, *, but: Collection[UUID] = ()
) -> None:
    """Raise CustomerExists when a customer has this address or number, other than those of `but`."""
    c = customers.c
    has = [column == contact for column, contact in ((c.email, email), (c.phone, phone)) if contact is not None]
    found = await tx.rows(select(c.id).where(c.business_id == business_id, or_(false(), *has)).order_by(c.id))
    others = [row["id"] for row in found if row["id"] not in but]
    if others:
        raise CustomerExists(CustomerId(others[0]))


def keep_consent(tx: Tx, business_id: BusinessId, customer_id: CustomerId, consent: Consent) -> None:
    """Remember what a customer said, beside all they said before."""
    said = {"given": consent.given, "at": consent.at, "text": consent.text}
    tx.insert(customer_consents, {"business_id": business_id, "customer_id": customer_id, "id": uuid7(), **said})


async def tell_appointments(
    tx: Tx, business_id: BusinessId, customer_id: CustomerId, *, by: Actor, now: datetime, cause: str
) -> None:
    """Tell every appointment to come of a customer who is called otherwise now, so that every screen says so."""
    c = appointments.c
    theirs = (c.business_id == business_id, c.customer_id == customer_id, c.end_time > now, c.status.in_(LIVE))
    rows = await tx.rows(present_appointments.where(*theirs).order_by(c.id).with_for_update(of=appointments))
    await rewrite_all(tx, [(before, before) for before in map(details_of, rows)], by=by, now=now, cause=cause)


async def rewrite_all(
    tx: Tx,
    changes: Collection[tuple[AppointmentDetails, AppointmentDetails]],
    *,
    by: Actor,
    now: datetime,
    cause: str,
) -> None:
    """Give locked appointments their customer as it is in the second of each pair, and tell of each."""
    for number, (before, wanted) in enumerate(changes, start=1):
        after = wanted.model_copy(update={"revision": before.revision + 1, "updated_at": now})
        record(tx, after, Change.DETAILS, by, before=before, cause=cause)
        if number % _AT_ONCE == 0:
            await tx.flush()
    for customer_id in {wanted.customer_id for _, wanted in changes}:
        c, ids = appointments.c, [before.id for before, wanted in changes if wanted.customer_id == customer_id]
        business_id = next(iter(changes))[0].business_id
        values = {"customer_id": customer_id, "revision": c.revision + 1, "updated_at": now}
        await tx.execute(update(appointments).where(c.business_id == business_id, c.id.in_(ids)).values(values))


def shown(customer: Customer) -> CustomerDetails:
    """The customer as an appointment shows them."""
    return CustomerDetails(id=customer.id, name=customer.name, email=customer.email, phone=customer.phone)
