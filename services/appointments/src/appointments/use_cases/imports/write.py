"""Writing rows about appointments, through the same use cases as requests; and taking them back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from appointments.domain import Editor
from appointments.queries import appointment
from appointments.use_cases.book import Booking, book
from appointments.use_cases.customers import NewCustomer
from appointments.use_cases.delete import delete
from appointments.use_cases.imports.customers import CHANGED, GONE, undo_added_with
from appointments.use_cases.update import Changes, update
from contracts.appointments import AppointmentDetails, Status
from contracts.ids import AppointmentId, BusinessId, CustomerId
from contracts.offers import Offer
from plumbing.auth import Actor
from plumbing.db import Tx
from plumbing.problems import NotFound, StaleRevision

_NAMESAKES = """
SELECT id FROM customers WHERE business_id = $1 AND erased_at IS NULL
    AND lower(name) = lower($2) LIMIT 2
"""

_PRESENT = "SELECT id FROM appointments WHERE business_id = $1 AND id = ANY ($2::uuid[]) AND deleted_at IS NULL"

_KNOWN = "SELECT id FROM customers WHERE business_id = $1 AND erased_at IS NULL AND id = ANY ($2::uuid[])"


_BOOKED = """
SELECT staff_id AS id FROM appointments WHERE business_id = $1 AND staff_id = ANY ($2::uuid[]) AND deleted_at IS NULL
UNION
SELECT service_id FROM appointments WHERE business_id = $1 AND service_id = ANY ($2::uuid[]) AND deleted_at IS NULL
"""


async def booked_with(tx: Tx, business_id: BusinessId, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these are staff or services with appointments, past ones too."""
    return {row["id"] for row in await tx.fetch(_BOOKED, business_id, ids)}


async def present_ids(tx: Tx, business_id: BusinessId, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these are appointments that are there."""
    return {row["id"] for row in await tx.fetch(_PRESENT, business_id, ids)}


async def known_customer_ids(tx: Tx, business_id: BusinessId, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these are customers."""
    return {row["id"] for row in await tx.fetch(_KNOWN, business_id, ids)}


async def import_appointment(
    tx: Tx, offer: Offer, booking: Booking, *, final: Status | None, by: Actor, now: datetime
) -> AppointmentDetails:
    """Book it, and note that it is over if it is. Raises as booking does."""
    known = await _for_whom(tx, offer.business_id, booking)
    made = await book(tx, offer, replace(known, imported=True), by=by, now=now)
    if final is None:
        return made
    return await update(tx, made, Changes(status=final), None, editor=Editor(by), now=now)


async def undo_appointment(
    tx: Tx, business_id: BusinessId, appointment_id: UUID, revision: int, *, by: Actor, now: datetime
) -> str | None:
    """Delete it, and the customer who was added with it, if it still is as it was written; else why it is left."""
    seen = await appointment(tx, business_id, AppointmentId(appointment_id))
    if seen is None:
        return GONE
    try:
        await delete(tx, business_id, AppointmentId(appointment_id), editor=Editor(by), now=now, expected=revision)
    except NotFound:
        return GONE
    except StaleRevision:
        return CHANGED
    await undo_added_with(tx, business_id, seen.customer_id, seen.created_at, now=now)
    return None


async def _for_whom(tx: Tx, business_id: BusinessId, booking: Booking) -> Booking:
    """A customer of whom nothing but the name is known is the one with that name, if there is exactly one."""
    who = booking.customer
    if not isinstance(who, NewCustomer) or who.email or who.phone:
        return booking
    found = await tx.fetch(_NAMESAKES, business_id, who.name)
    return replace(booking, customer=CustomerId(found[0]["id"])) if len(found) == 1 else booking
