"""What this service has heard of, and what businesses want."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from contracts.ids import AppointmentId, BusinessId, CustomerId, StaffId
from notifications.domain import Business, KnownAppointment, Preferences
from notifications.tables import (
    appointments_copy,
    business_of,
    businesses_copy,
    erased_customers,
    known_appointment_of,
    notification_settings,
    preferences_of,
    staff_copy,
)
from plumbing.db import Tx

_BATCH = 500


async def known_business(tx: Tx, business_id: BusinessId) -> Business | None:
    """The business; None when it was not heard of yet."""
    row = await tx.row(select(businesses_copy).where(businesses_copy.c.business_id == business_id))
    return business_of(row) if row else None


async def staff_email(tx: Tx, business_id: BusinessId, staff_id: StaffId) -> str | None:
    """Where whoever gives the service is told, if anywhere."""
    c = staff_copy.c
    return await tx.scalar(select(c.email).where(c.business_id == business_id, c.id == staff_id))


async def preferences(tx: Tx, business_id: BusinessId) -> Preferences:
    """What the business wants."""
    c = notification_settings.c
    return preferences_of(await tx.row(select(notification_settings).where(c.business_id == business_id)))


async def known_appointment(tx: Tx, business_id: BusinessId, appointment_id: AppointmentId) -> KnownAppointment | None:
    """An appointment as it was last heard of; None when it was not heard of yet."""
    c = appointments_copy.c
    own = (c.business_id == business_id) & (c.id == appointment_id)
    row = await tx.row(select(appointments_copy).where(own))
    return known_appointment_of(row) if row else None


async def is_erased(tx: Tx, business_id: BusinessId, customer_id: CustomerId) -> bool:
    """Whether a customer has asked to be forgotten."""
    c = erased_customers.c
    return bool(await tx.scalar(select(exists().where(c.business_id == business_id, c.customer_id == customer_id))))


async def live_appointments(
    tx: Tx, business_id: BusinessId, *, starting_after: datetime, after: UUID | None = None
) -> Sequence[KnownAppointment]:
    """Those of a business that are to come, some at a time, in the order of their ids."""
    c = appointments_copy.c
    some = select(appointments_copy).where(c.business_id == business_id, c.is_live, c.start_at > starting_after)
    if after is not None:
        some = some.where(c.id > after)
    return [known_appointment_of(row) for row in await tx.rows(some.order_by(c.id).limit(_BATCH))]


async def series_starts(
    tx: Tx, business_id: BusinessId, series_id: UUID, *, but: AppointmentId, most: int
) -> Sequence[datetime]:
    """When the other appointments of a series that will take place begin, the first of them."""
    c = appointments_copy.c
    own = (c.business_id == business_id) & (c.details["seriesId"].astext == str(series_id)) & c.is_live & (c.id != but)
    rows = await tx.rows(select(c.start_at).where(own).order_by(c.start_at).limit(most))
    return [row["start_at"] for row in rows]
