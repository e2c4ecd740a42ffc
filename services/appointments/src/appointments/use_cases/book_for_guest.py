"""Booking for a guest: what is held for them becomes their appointment, with the id and the time of the hold."""

from datetime import datetime, timedelta

from appointments.domain import (
    NOT_FOR_GUESTS,
    AlreadyInSession,
    Consent,
    NotBookable,
    bookables_of,
    window_of,
)
from appointments.tables import appointments, details_of, present_appointments
from appointments.use_cases.book import Booking, book
from appointments.use_cases.choose import bookables_in
from appointments.use_cases.claim import lock
from appointments.use_cases.customers import NewCustomer, add_or_fill
from appointments.use_cases.hand_on import hand_on_difference
from appointments.use_cases.hold import GUEST, take_over, until
from appointments.use_cases.look import Seen, look
from appointments.use_cases.record import locked_row, rewrite
from appointments.use_cases.store_customer import keep_consent
from contracts.appointments import AppointmentDetails, Source, Status
from contracts.bookings import GuestBooking, Held
from contracts.ids import AppointmentId, BusinessId
from contracts.offers import Offer
from plumbing.db import Tx

_SEATED = """
SELECT FROM appointments WHERE business_id = $1 AND session_id = $2 AND customer_id = $3 AND status <> 'CANCELLED'
    AND deleted_at IS NULL AND id <> $4
"""


async def made_before(tx: Tx, wanted: GuestBooking) -> AppointmentDetails | None:
    """What this request has made already, if it came before: the appointment, or a seat that is only held."""
    c = appointments.c
    own = (c.business_id == wanted.business_id) & c.id.in_([wanted.id, wanted.hold_id])
    rows = [details_of(row) for row in await tx.rows(present_appointments.where(own))]
    rows = [one for one in rows if one.customer_id is not None or is_held_seat(one)]
    return next((one for one in rows if one.customer_id is not None), rows[0] if rows else None)


def is_held_seat(one: AppointmentDetails) -> bool:
    """Whether it is a seat that is kept for a guest who has not booked it yet."""
    return one.customer_id is None and one.status is Status.PENDING and one.source is Source.PUBLIC


async def book_held(tx: Tx, one: Held, wanted: GuestBooking, *, now: datetime) -> AppointmentDetails | None:
    """The appointment that a hold becomes; None when the hold has just ended. Raises NotBookable for who is blocked."""
    if not await take_over(tx, one):
        return None
    return await book_free(tx, one.offer, wanted, appointment_id=AppointmentId(one.id), now=now)


async def book_free(
    tx: Tx, offer: Offer, wanted: GuestBooking, *, appointment_id: AppointmentId, now: datetime
) -> AppointmentDetails:
    """The appointment, at a time that nobody holds. Raises SlotTaken, NotBookable and AlreadyInSession.

    The same request that came at the same moment was waited for at the lock: what it has made is looked for after that.
    """
    await lock(tx, bookables_in(offer))
    before = await made_before(tx, wanted)
    if before is not None and before.customer_id is not None:
        return before
    booking = Booking(
        customer=_customer(wanted),
        notes=wanted.notes,
        status=wanted.status,
        source=Source.PUBLIC,
        expires_at=await _expiry(tx, wanted),
        booking_page_id=wanted.booking_page_id,
        id=appointment_id,
    )
    made = await book(tx, offer, booking, by=GUEST, now=now)
    _note_consent(tx, made, wanted, now)
    return made


async def book_held_seat(
    tx: Tx, seat: AppointmentDetails, wanted: GuestBooking, *, now: datetime
) -> AppointmentDetails | None:
    """The seat, for the guest from now on; None when its hold has just ended.

    Raises NotBookable for who is blocked, and AlreadyInSession.
    """
    await lock(tx, bookables_of(seat))
    before = await locked_row(tx, seat.business_id, seat.id)
    expires_at = await _expiry(tx, wanted)
    if not is_held_seat(before) or (before.expires_at or now) <= await until(tx, timedelta()):
        return None
    customer = _customer(wanted)
    seen = await look(tx, window_of(before), bookables_of(before), customer.contact)
    if seen.is_blocked:
        raise NotBookable([NOT_FOR_GUESTS])
    await _refuse_second_seat(tx, before, seen)
    found = await add_or_fill(tx, before.business_id, seen.customer, customer, now)
    fields = {"customer_id": found.id, "customer": found, "notes": wanted.notes, "status": wanted.status}
    fields |= {"booking_page_id": wanted.booking_page_id, "expires_at": expires_at}
    after = before.model_copy(update={**fields, "updated_at": now, "revision": before.revision + 1})
    await rewrite(tx, before, after, GUEST)
    await hand_on_difference(tx, before, after, now=now)
    _note_consent(tx, after, wanted, now)
    return after


async def held_seat(tx: Tx, business_id: BusinessId, seat_id: AppointmentId) -> AppointmentDetails | None:
    """The seat that is held under this id, if one is."""
    c = appointments.c
    row = await tx.row(present_appointments.where(c.business_id == business_id, c.id == seat_id))
    one = None if row is None else details_of(row)
    return one if one is not None and is_held_seat(one) else None


async def _refuse_second_seat(tx: Tx, seat: AppointmentDetails, seen: Seen) -> None:
    if seen.customer is None:
        return
    if await tx.fetch(_SEATED, seat.business_id, seat.session_id, seen.customer.id, seat.id):
        raise AlreadyInSession


async def _expiry(tx: Tx, wanted: GuestBooking) -> datetime | None:
    return None if wanted.seconds is None else await until(tx, timedelta(seconds=wanted.seconds))


def _customer(wanted: GuestBooking) -> NewCustomer:
    return NewCustomer(wanted.customer.name, wanted.customer.email, wanted.customer.phone)


def _note_consent(tx: Tx, made: AppointmentDetails, wanted: GuestBooking, now: datetime) -> None:
    text = wanted.customer.marketing_text
    if text is not None and made.customer_id is not None:
        keep_consent(tx, made.business_id, made.customer_id, Consent(given=True, at=now, text=text))
