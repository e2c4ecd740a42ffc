"""Forgetting: a customer who asked for it, and what is long over."""

from datetime import datetime, timedelta

from sqlalchemy import Text, cast, delete, literal, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from contracts.ids import BusinessId, CustomerId
from notifications.domain import State
from notifications.tables import appointments_copy, erased_customers, messages
from plumbing.db import Tx

KEPT = timedelta(days=180)
"""So long a business can look up what was sent."""

ERASED_KEPT = timedelta(days=60)
"""Longer than an event is ever replayed after."""


async def forget_customer(tx: Tx, business_id: BusinessId, customer_id: CustomerId, *, now: datetime) -> None:
    """Let go of who they are: in the appointments, in what was sent to them, and in what was going to be."""
    noted = {"business_id": business_id, "customer_id": customer_id, "at": now}
    await tx.execute(insert(erased_customers).values(noted).on_conflict_do_nothing())
    a, m = appointments_copy.c, messages.c
    theirs = (a.business_id == business_id) & (a.customer_id == customer_id)
    nobody = cast({"customer": None, "notes": "", "cancellationReason": None}, JSONB)
    about_them = (m.business_id == business_id) & or_(
        m.customer_id == customer_id, m.appointment_id.in_(select(a.id).where(theirs))
    )
    await tx.execute(
        update(messages)
        .where(about_them, m.state == State.WAITING.value)
        .values(state=State.SKIPPED.value, reason="erased", ended_at=now, revision=m.revision + 1)
    )
    await tx.execute(
        update(messages)
        .where(about_them)
        .values(recipient=None, subject=None, body=None, provider_said=None, payload=cast(literal("{}", Text), JSONB))
    )
    await tx.execute(update(appointments_copy).where(theirs).values(details=a.details.op("||")(nobody)))


async def forget_old(tx: Tx, *, now: datetime) -> None:
    """What was sent long ago, and appointments that are long over."""
    await tx.execute(delete(messages).where(messages.c.created_at < now - KEPT, messages.c.state != "waiting"))
    await tx.execute(delete(appointments_copy).where(appointments_copy.c.start_at < now - KEPT))
    await tx.execute(delete(erased_customers).where(erased_customers.c.at < now - ERASED_KEPT))
