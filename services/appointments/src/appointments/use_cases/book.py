"""Booking: take the offered time and store the appointment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from appointments.domain import NOT_FOR_GUESTS, NotBookable, Window
from appointments.use_cases.choose import bookables_in, choose
from appointments.use_cases.claim import lock, take
from appointments.use_cases.customers import NewCustomer, add_or_fill, known_customer
from appointments.use_cases.join import take_seat
from appointments.use_cases.look import look
from appointments.use_cases.record import add
from contracts.appointments import AppointmentDetails, CustomerDetails, Source, Status
from contracts.ids import AppointmentId, BookableId, BookingPageId, BusinessId, CustomerId, OwnerId, ResourceId, uuid7
from contracts.offers import Candidate, Offer
from plumbing.auth import Actor
from plumbing.db import Tx


@dataclass(frozen=True, slots=True)
class Booking:
    """What is booked besides the offered time: for whom, and how."""

    customer: NewCustomer | CustomerId | None = None
    notes: str = ""
    status: Status = Status.CONFIRMED
    source: Source = Source.INTERNAL
    expires_at: datetime | None = None  # set while a deposit is due: until then the time is kept
    booking_page_id: BookingPageId | None = None
    id: AppointmentId | None = None  # that of a hold which it follows, or one that whoever books has chosen
    imported: bool = False  # brought along from elsewhere


async def book(tx: Tx, offer: Offer, booking: Booking, *, by: Actor, now: datetime) -> AppointmentDetails:
    """Claim the offered time and create the appointment; SlotTaken when someone was faster.

    Everything is written with the next flush. The customer comes last, so that nobody who holds a customer's row waits
    for time.
    """
    window = window_for(booking.id or AppointmentId(uuid7()), offer, booking.expires_at)
    bookables = bookables_in(offer)
    wanted = booking.customer
    await lock(tx, bookables)
    seen = await look(tx, window, bookables, wanted.contact if isinstance(wanted, NewCustomer) else None)
    if seen.is_blocked and booking.source is Source.PUBLIC:
        raise NotBookable([NOT_FOR_GUESTS])
    if offer.capacity > 1:
        known = wanted if isinstance(wanted, UUID) else seen.customer and seen.customer.id
        staff, units, session_id = await take_seat(tx, window, offer, seen.busy, customer_id=known, now=now)
    else:
        (staff, units), session_id = await choose(tx, window, offer, seen.busy), None
        take(tx, window, [BookableId(staff.staff_id), *map(BookableId, units)])
    customer = await customer_for(tx, offer.business_id, wanted, seen.customer, now)
    appointment = appointment_for(window, offer, booking, staff=staff, units=units, customer=customer, now=now)
    if session_id is not None:
        appointment = appointment.model_copy(update={"session_id": session_id})
    add(tx, appointment, by, basis=offer.basis, imported=booking.imported)
    return appointment


async def customer_for(
    tx: Tx,
    business_id: BusinessId,
    wanted: NewCustomer | CustomerId | None,
    found: CustomerDetails | None,
    now: datetime,
) -> CustomerDetails | None:
    """Whom it is for: who was found by the contact, a new one, or the one with the id. Invalid when there is none."""
    if wanted is None:
        return None
    if isinstance(wanted, NewCustomer):
        return await add_or_fill(tx, business_id, found, wanted, now)
    return await known_customer(tx, business_id, wanted)


def window_for(appointment_id: AppointmentId, offer: Offer, expires_at: datetime | None) -> Window:
    """The time that an appointment takes when it is booked as offered."""
    return Window(
        business_id=offer.business_id,
        owner_id=OwnerId(appointment_id),
        start=offer.start,
        end=offer.end,
        buffer_before=timedelta(minutes=offer.buffer_before_minutes),
        buffer_after=timedelta(minutes=offer.buffer_after_minutes),
        expires_at=expires_at,
    )


def appointment_for(
    window: Window,
    offer: Offer,
    booking: Booking,
    *,
    staff: Candidate,
    units: list[ResourceId],
    customer: CustomerDetails | None,
    now: datetime,
) -> AppointmentDetails:
    """The appointment as it is when it has just been booked."""
    return AppointmentDetails(
        id=AppointmentId(window.owner_id),
        business_id=offer.business_id,
        staff_id=staff.staff_id,
        service_id=offer.service_id,
        customer_id=customer.id if customer else None,
        booking_page_id=booking.booking_page_id,
        start=window.start,
        end=window.end,
        timezone=offer.timezone,
        status=booking.status,
        notes=booking.notes,
        source=booking.source,
        service_name=offer.service_name,
        staff_name=staff.staff_name,
        customer=customer,
        price=offer.price,
        buffer_before_minutes=offer.buffer_before_minutes,
        buffer_after_minutes=offer.buffer_after_minutes,
        resource_ids=list(units),
        expires_at=window.expires_at,
        created_at=now,
        updated_at=now,
        revision=1,
    )
