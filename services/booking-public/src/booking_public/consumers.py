"""What this service hears of others."""

from booking_public.use_cases.business import business_in, copy_business
from booking_public.use_cases.copy_catalogue import copy_service, copy_staff_member
from contracts.accounts import BusinessChanged
from contracts.availability import ServiceChanged, StaffChanged
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
