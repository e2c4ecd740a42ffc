"""Taking what is offered: it becomes a booking like every other one, with a deposit if its service asks for one."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from booking_public.clients.waiting import WaitingList
from booking_public.domain.bookings import Booking, BookingEnded, BookingState, Guest
from booking_public.domain.payments import deposit_due
from booking_public.domain.waiting import NothingOffered, Wait
from booking_public.tables import booking_of, bookings, catalogue_copy
from booking_public.use_cases.bookings.advance import Flow
from booking_public.use_cases.bookings.links import add_link
from booking_public.use_cases.bookings.receive import MANAGE
from booking_public.use_cases.bookings.secrets import SALT_BYTES, hash_of, key_hash, token_of
from contracts.appointments import AppointmentDetails, Status
from contracts.availability import ServiceDetails
from contracts.bookings import ConfirmRequest
from contracts.ids import BookingId, uuid7
from contracts.money import Money
from contracts.waiting import GuestWait, WaitingState, WaitQuestion
from plumbing.db import Tx
from plumbing.failpoints import reach
from plumbing.problems import NotFound, ServiceUnavailable

_TAKEN = frozenset({WaitingState.OFFERED, WaitingState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Seen:
    """A wish as it is now, and what its offer would cost at once."""

    wait: Wait
    waiting: GuestWait
    deposit: Money | None


async def look(flow: Flow, line: WaitingList, wait: Wait) -> Seen:
    """As it is now. Raises NotFound when it is none any more."""
    return await _seen(flow, wait, await _now(line, wait))


async def leave(flow: Flow, line: WaitingList, wait: Wait) -> Seen:
    """Out of line, with what was offered passed on; what was accepted stays booked. Raises NotFound."""
    answer = await line.leave(wait.id, WaitQuestion(business_id=wait.business_id))
    await reach("booking_public.after_leaving")
    if answer.waiting is None:
        raise NotFound
    return await _seen(flow, wait, answer.waiting)


async def accept(flow: Flow, line: WaitingList, wait: Wait, token: str, *, at: datetime) -> tuple[Booking, str]:
    """The booking that the offer becomes, and the secret by which it is managed; asked again, the same.

    With a deposit it is kept, as long as the offer was, until that is paid. Raises NotFound, NothingOffered,
    BookingEnded; ServiceUnavailable: ask again.
    """
    seen = await look(flow, line, wait)
    made = seen.waiting.appointment
    if seen.waiting.state not in _TAKEN or made is None:
        raise NothingOffered(seen.waiting.state.value)
    booking = await _known(flow, wait, made)
    if booking is None:
        if seen.deposit is None:
            made = await _confirmed(flow, wait, made)
        await reach("booking_public.after_accept")
        booking = await _stored(flow, wait, made, seen.deposit, at=at)
    after = await flow.finish(booking, None, at=at)
    secret = token_of(after.salt, token, MANAGE)
    async with flow.uow(wait.business_id) as tx:
        await add_link(tx, after, secret, at=at)
    return after, secret


async def _now(line: WaitingList, wait: Wait) -> GuestWait:
    found = (await line.read(wait.id, WaitQuestion(business_id=wait.business_id))).waiting
    if found is None:
        raise NotFound
    return found


async def _seen(flow: Flow, wait: Wait, waiting: GuestWait) -> Seen:
    due = None
    if waiting.state is WaitingState.OFFERED and waiting.appointment is not None and flow.payments.is_on:
        async with flow.uow(wait.business_id) as tx:
            due = await _due(tx, waiting.appointment)
    return Seen(wait, waiting, due)


async def _due(tx: Tx, made: AppointmentDetails) -> Money | None:
    """The deposit that its service asks for now."""
    c = catalogue_copy.c
    own = (c.business_id == made.business_id) & (c.kind == "service") & (c.id == made.service_id)
    details = await tx.scalar(select(c.details).where(own))
    if details is None:
        raise ServiceUnavailable
    return deposit_due(ServiceDetails.model_validate(details, extra="ignore").deposit, made.price)


async def _confirmed(flow: Flow, wait: Wait, made: AppointmentDetails) -> AppointmentDetails:
    """Kept for good: confirmed, or for the owner to confirm, as the page says. Raises NothingOffered: it has ended."""
    status = Status.CONFIRMED if wait.terms.is_automatic else Status.PENDING
    wanted = ConfirmRequest(business_id=wait.business_id, status=status)
    answer = await flow.appointments.confirm(made.id, wanted)
    kept = answer.appointment
    if kept is None or answer.is_over or kept.status is Status.CANCELLED:
        raise NothingOffered(WaitingState.EXPIRED.value)
    return kept


async def _known(flow: Flow, wait: Wait, made: AppointmentDetails) -> Booking | None:
    """The booking that this offer has become already. Raises BookingEnded when nothing came of it."""
    async with flow.uow(wait.business_id) as tx:
        own = (bookings.c.business_id == wait.business_id) & (bookings.c.hold_id == made.id)
        row = await tx.row(select(bookings).where(own))
    found = None if row is None else booking_of(row)
    if found is not None and found.state is BookingState.FAILED:
        raise BookingEnded
    return found


async def _stored(flow: Flow, wait: Wait, made: AppointmentDetails, deposit: Money | None, *, at: datetime) -> Booking:
    async with flow.uow(wait.business_id) as tx:
        await tx.execute(insert(bookings).values(_row(wait, made, deposit, at)).on_conflict_do_nothing())
    found = await _known(flow, wait, made)
    if found is None:
        raise ServiceUnavailable
    return found


def _row(wait: Wait, made: AppointmentDetails, deposit: Money | None, at: datetime) -> dict[str, Any]:
    """What is offered, as an attempt that holds it: the appointment is there, and is what its hold becomes."""
    customer = made.customer
    who = Guest(name=customer.name, email=customer.email or "", phone=customer.phone) if customer else None
    salt = token_bytes(SALT_BYTES)
    return {
        "business_id": wait.business_id,
        "id": BookingId(uuid7()),
        "page_id": wait.page_id,
        "key_hash": key_hash("waiting", str(made.id)),
        "fingerprint": hash_of(str(wait.id), "waiting"),
        "salt": salt,
        "manage_hash": hash_of(token_of(salt, token_bytes(SALT_BYTES).hex(), MANAGE), MANAGE),
        "state": BookingState.HELD.value,
        "service_id": made.service_id,
        "staff_id": made.staff_id,
        "start_at": made.start,
        "end_at": made.end,
        "hold_id": made.id,
        "spare_id": uuid7(),
        "customer": None if who is None else who.model_dump(mode="json"),
        "notes": "",
        "timezone": wait.timezone,
        "locale": wait.locale,
        "price": made.price.model_dump(mode="json"),
        "deposit": None if deposit is None else deposit.model_dump(mode="json"),
        "terms": wait.terms.model_dump(mode="json"),
        "contacts": [],
        "address": b"",
        "is_unproven": False,
        "expires_at": made.expires_at,
        "created_at": at,
        "updated_at": at,
    }
