"""Keeping copies of what other services own, each unless something newer is kept already."""

from dataclasses import asdict

from contracts.accounts import BusinessDetails
from contracts.appointments import AppointmentDetails
from contracts.availability import StaffDetails
from contracts.ids import BusinessId
from notifications.domain import Business, KnownAppointment, StaffMember
from notifications.queries.known import is_erased
from notifications.tables import appointment_row, appointments_copy, businesses_copy, staff_copy
from plumbing.copies import keep_newer
from plumbing.db import Tx


async def copy_business(tx: Tx, business_id: BusinessId, revision: int, told: BusinessDetails) -> bool:
    """Know a business as it was told; False when that is no news."""
    fields = told.model_dump(by_alias=False)
    business = Business(id=business_id, revision=revision, **{name: fields[name] for name in fields})
    values = asdict(business)
    values["business_id"] = values.pop("id")
    return await keep_newer(tx, businesses_copy, values)


async def copy_staff_member(tx: Tx, business_id: BusinessId, revision: int, told: StaffDetails) -> bool:
    """Know who gives services, and where they are told, unless archived; False when that is no news."""
    email = None if told.archived else told.email
    return await keep_newer(tx, staff_copy, asdict(StaffMember(business_id, told.id, revision, told.name, email)))


async def copy_appointment(tx: Tx, told: AppointmentDetails, *, deleted: bool) -> KnownAppointment | None:
    """The appointment as it was told, without who has asked to be forgotten; None when something newer is known."""
    if told.customer_id is not None and await is_erased(tx, told.business_id, told.customer_id):
        told = told.model_copy(update={"customer": None, "notes": "", "cancellation_reason": None})
    known = KnownAppointment(told, deleted)
    return known if await keep_newer(tx, appointments_copy, appointment_row(known)) else None
