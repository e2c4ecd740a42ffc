"""What this service hears of others."""

from booking_public.use_cases.bookings.cancelled import owe
from booking_public.use_cases.business import business_in, copy_business
from booking_public.use_cases.copy_catalogue import copy_service, copy_staff_member
from booking_public.use_cases.forget_customer import forget_customer
from contracts.accounts import BusinessChanged
from contracts.appointments import AppointmentDeleted, AppointmentUpdated, Change, CustomerErased, Status
from contracts.availability import ServiceChanged, StaffChanged
from plumbing.clock import utc_now
from plumbing.consumers import Consumers
from plumbing.db import Tx

consumers = Consumers("booking-public")


@consumers.on(BusinessChanged)
async def keep_business(tx: Tx, event: BusinessChanged) -> None:
    """Know the business as it is now."""
    await copy_business(tx, business_in(event.business_id, event.revision, event.business))


@consumers.on(ServiceChanged)
async def keep_service(tx: Tx, event: ServiceChanged) -> None:
    """Know what is sold."""
    await copy_service(tx, event.business_id, event.revision, event.service)


@consumers.on(StaffChanged)
async def keep_staff_member(tx: Tx, event: StaffChanged) -> None:
    """Know who gives it."""
    await copy_staff_member(tx, event.business_id, event.revision, event.staff)


@consumers.on(AppointmentUpdated)
async def give_back_for_cancelled(tx: Tx, event: AppointmentUpdated) -> None:
    """Give back what was paid for what does not take place."""
    if event.change is Change.CANCELLED:
        await owe(tx, event.appointment, asked_by_customer=event.asked_by_customer, at=utc_now())


@consumers.on(AppointmentDeleted)
async def give_back_for_deleted(tx: Tx, event: AppointmentDeleted) -> None:
    """The same for what was still to come when it was deleted; what had been cancelled is settled already."""
    gone = event.appointment
    if gone.status in {Status.PENDING, Status.CONFIRMED} and gone.updated_at < gone.start:
        await owe(tx, gone, asked_by_customer=False, at=utc_now())


@consumers.on(CustomerErased)
async def let_go_of_customer(tx: Tx, event: CustomerErased) -> None:
    """Forget what a guest wrote; what was paid, and when, stays."""
    await forget_customer(tx, event.business_id, event.customer_id)
