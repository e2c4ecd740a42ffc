"""Sending a code: kept as a hash, and told once, to whoever writes the mail."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from booking_public.domain.bookings import Booking
from booking_public.domain.codes import hash_of_code, new_code
from booking_public.tables.codes import booking_codes
from contracts.booking import BookingCodeRequested
from contracts.ids import AppointmentId
from plumbing.db import Tx
from plumbing.problems import ServiceUnavailable


async def ask_for_code(tx: Tx, booking: Booking, appointment_id: AppointmentId, *, until: datetime) -> None:
    """Let the guest be sent a code that is good until then. `booking` is the attempt with who made it."""
    if booking.customer is None:
        raise ServiceUnavailable
    code = new_code()
    row = {
        "business_id": booking.business_id,
        "booking_id": booking.id,
        "code_hash": hash_of_code(booking.salt, code),
        "expires_at": until,
    }
    await tx.execute(insert(booking_codes).values(row))
    tx.emit(
        BookingCodeRequested(
            business_id=booking.business_id,
            revision=1,
            booking_id=booking.id,
            appointment_id=appointment_id,
            name=booking.customer.name,
            email=booking.customer.email,
            locale=booking.locale,
            code=code,
            expires_at=until,
        )
    )
