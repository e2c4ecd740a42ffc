"""Giving an appointment to another customer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from appointments.domain import AlreadyInSession, BookedByGuest
from appointments.use_cases.customers import NewCustomer, customer_with
from contracts.appointments import AppointmentDetails, Source
from contracts.ids import CustomerId
from plumbing.db import Tx

_HAS_SEAT = """
SELECT FROM appointments WHERE business_id = $1 AND session_id = $2 AND customer_id = $3 AND id <> $4
    AND status <> 'CANCELLED' AND deleted_at IS NULL
"""


async def changed_customer(
    tx: Tx,
    before: AppointmentDetails,
    wanted: NewCustomer | CustomerId,
    *,
    session_id: UUID | None,
    now: datetime,
) -> dict[str, Any]:
    """The fields of an appointment that is this customer's from now on.

    Raises BookedByGuest when somebody booked it for themselves: the link to it and what was paid are theirs. Raises
    AlreadyInSession when this customer has a seat in the session, and Invalid when there is no such customer.
    """
    customer = await customer_with(tx, before.business_id, wanted, now)
    if customer.id == before.customer_id:
        return {}
    if before.source is Source.PUBLIC:
        raise BookedByGuest
    if session_id is not None and await tx.fetch(_HAS_SEAT, before.business_id, session_id, customer.id, before.id):
        raise AlreadyInSession
    return {"customer_id": customer.id, "customer": customer}
