"""What this service hears of others."""

from contracts.accounts import BusinessChanged, InvitationCreated
from contracts.appointments import (
    AppointmentCreated,
    AppointmentDeleted,
    AppointmentUpdated,
    CustomerErased,
    WaitingListOffered,
)
from contracts.availability import StaffChanged
from contracts.booking import BookingCodeRequested, PaymentFailed, PaymentRefunded, PaymentSucceeded
from contracts.notifications import MessageFailed
from notifications.use_cases.forget import forget_customer
from notifications.use_cases.keep_copies import copy_business, copy_staff_member
from notifications.use_cases.tell_appointment import tell_created, tell_deleted, tell_updated
from notifications.use_cases.tell_payment import tell_failed, tell_paid, tell_refunded
from notifications.use_cases.tell_people import tell_code, tell_invitation, tell_offer
from notifications.use_cases.webhooks.offer import forget_in_webhooks, offer
from plumbing.clock import utc_now
from plumbing.consumers import Consumers
from plumbing.db import Tx

consumers = Consumers("notifications")


@consumers.on(BusinessChanged)
async def keep_business(tx: Tx, event: BusinessChanged) -> None:
    """Know the business as it is now."""
    if await copy_business(tx, event.business_id, event.revision, event.business):
        await offer(tx, event, now=utc_now())


@consumers.on(StaffChanged)
async def keep_staff_member(tx: Tx, event: StaffChanged) -> None:
    """Know where whoever gives a service is told."""
    if await copy_staff_member(tx, event.business_id, event.revision, event.staff):
        await offer(tx, event, now=utc_now())


@consumers.on(AppointmentCreated)
async def appointment_created(tx: Tx, event: AppointmentCreated) -> None:
    """Tell of a booking, and plan its reminders."""
    await tell_created(tx, event.appointment, now=utc_now(), imported=event.imported)
    await offer(tx, event, now=utc_now())


@consumers.on(AppointmentUpdated)
async def appointment_updated(tx: Tx, event: AppointmentUpdated) -> None:
    """Tell of a change, and let the reminders follow it."""
    if await tell_updated(tx, event.appointment, event.change, event.before, now=utc_now()):
        await offer(tx, event, now=utc_now())


@consumers.on(AppointmentDeleted)
async def appointment_deleted(tx: Tx, event: AppointmentDeleted) -> None:
    """Tell whoever was going to come."""
    if await tell_deleted(tx, event.appointment, now=utc_now()):
        await offer(tx, event, now=utc_now())


@consumers.on(WaitingListOffered)
async def waiting_list_offered(tx: Tx, event: WaitingListOffered) -> None:
    """Tell the first in line."""
    await tell_offer(tx, event, now=utc_now())
    await offer(tx, event, now=utc_now())


@consumers.on(PaymentSucceeded)
async def payment_succeeded(tx: Tx, event: PaymentSucceeded) -> None:
    """Tell that a deposit has arrived."""
    await tell_paid(tx, event.business_id, event.payment, now=utc_now())
    await offer(tx, event, now=utc_now())


@consumers.on(PaymentFailed)
async def payment_failed(tx: Tx, event: PaymentFailed) -> None:
    """Tell that it has not."""
    await tell_failed(tx, event, now=utc_now())
    await offer(tx, event, now=utc_now())


@consumers.on(PaymentRefunded)
async def payment_refunded(tx: Tx, event: PaymentRefunded) -> None:
    """Tell that it is on its way back."""
    await tell_refunded(tx, event.business_id, event.payment, event.refund_id, event.refund, now=utc_now())
    await offer(tx, event, now=utc_now())


@consumers.on(InvitationCreated)
async def invitation_created(tx: Tx, event: InvitationCreated) -> None:
    """Send the link."""
    await tell_invitation(tx, event, now=utc_now())


@consumers.on(BookingCodeRequested)
async def code_requested(tx: Tx, event: BookingCodeRequested) -> None:
    """Send the code."""
    await tell_code(tx, event, now=utc_now())


@consumers.on(CustomerErased)
async def customer_erased(tx: Tx, event: CustomerErased) -> None:
    """Let go of who they are."""
    await forget_customer(tx, event.business_id, event.customer_id, now=utc_now())
    await forget_in_webhooks(tx, event.business_id, event.customer_id)
    await offer(tx, event, now=utc_now())


@consumers.on(MessageFailed)
async def message_failed(tx: Tx, event: MessageFailed) -> None:
    """Let the business's own systems know what nobody gets."""
    await offer(tx, event, now=utc_now())
