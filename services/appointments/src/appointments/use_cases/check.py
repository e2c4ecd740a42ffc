"""Checking: what would be in the way of a booking or a move. Nothing is written, and nobody has to wait for it."""

from collections.abc import Sequence
from uuid import UUID

from appointments.domain import Window, window_of
from appointments.queries.sessions import session
from appointments.use_cases.book import Booking, window_for
from appointments.use_cases.choose import bookables_in, conflicts_in
from appointments.use_cases.customers import NewCustomer, known_customer
from appointments.use_cases.join import nobody_free, sessions_in_the_way
from appointments.use_cases.look import Busy, peek
from appointments.use_cases.update import Target, moved_fields
from contracts.appointments import AppointmentDetails
from contracts.ids import AppointmentId, BusinessId, CustomerId, GroupSessionId, uuid7
from contracts.offers import ConflictDetails, Offer
from plumbing.db import Tx


async def refuse_unknown_customer(tx: Tx, business_id: BusinessId, booking: Booking) -> None:
    """Raise Invalid when it is for a customer whom the business does not have."""
    if isinstance(booking.customer, UUID):
        await known_customer(tx, business_id, booking.customer)


async def conflicts_of_booking(tx: Tx, offer: Offer, booking: Booking) -> list[ConflictDetails]:
    """What is in the way of booking as offered, at this moment; nothing if it would be booked.

    Raises AlreadyInSession, and Invalid when it is too long.
    """
    window, wanted = window_for(AppointmentId(uuid7()), offer, booking.expires_at), booking.customer
    seen = await peek(tx, window, bookables_in(offer), wanted.contact if isinstance(wanted, NewCustomer) else None)
    customer_id = wanted if isinstance(wanted, UUID) else seen.customer and seen.customer.id
    return await _conflicts(tx, window, offer, seen.busy, customer_id)


async def conflicts_of_move(tx: Tx, before: AppointmentDetails, target: Target, offer: Offer) -> list[ConflictDetails]:
    """What is in the way of moving as offered, at this moment; nothing if it would be moved. Raises as a booking.

    Its own time never is, nor that of its session when that would end with it.
    """
    window = window_of(before.model_copy(update=moved_fields(before, target, offer)))
    seen, left = await peek(tx, window, bookables_in(offer)), await _session_that_ends(tx, before)
    busy = [claim for claim in seen.busy if claim.owner_id != left]
    return await _conflicts(tx, window, offer, busy, before.customer_id)


async def _conflicts(
    tx: Tx, window: Window, offer: Offer, busy: Sequence[Busy], customer_id: CustomerId | None
) -> list[ConflictDetails]:
    if offer.capacity < 2:
        return conflicts_in(offer, busy)
    found = await sessions_in_the_way(tx, window, offer, busy, customer_id)
    if any(one.seats_taken < one.capacity for one in found):
        return []
    return nobody_free(offer, busy, found) or conflicts_in(offer, busy)


async def _session_that_ends(tx: Tx, seat: AppointmentDetails) -> UUID | None:
    """The session of a seat that is the only one taken in it, unless it was opened ahead."""
    if seat.session_id is None:
        return None
    found = await session(tx, seat.business_id, GroupSessionId(seat.session_id))
    return found.id if found and found.seats_taken == 1 and not found.planned else None
