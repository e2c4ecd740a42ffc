"""The one way from a request to an appointment: each step a short transaction, what others are asked between them.

Every step may be begun again, by a process that goes on where another died, or beside one that still works: whatever is
asked of others has an id by which it has one effect, and a state is only left by whoever saw it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from booking_public.clients.appointments import Appointments
from booking_public.clients.payments import Payments
from booking_public.domain.bookings import (
    DEPOSIT_LIFE,
    HOLD_LIFE,
    Booking,
    BookingState,
    GuestAppointment,
    code_of,
)
from booking_public.domain.codes import CODE_LIFE, Verification
from booking_public.domain.payments import DepositOver, Due, chargeable
from booking_public.use_cases.bookings.ask_for_code import ask_for_code
from booking_public.use_cases.bookings.keep import move, stored_with_id
from booking_public.use_cases.payments.authorise import authorise
from contracts.appointments import AppointmentDetails, Status
from contracts.bookings import (
    BookingAnswer,
    CancelRequest,
    GuestBooking,
    GuestCustomer,
    Held,
    HoldRequest,
    Refusal,
    ReleaseRequest,
)
from contracts.ids import AppointmentId, OwnerId, uuid7
from contracts.money import Money
from plumbing.db import UnitOfWork
from plumbing.failpoints import reach
from plumbing.problems import ServiceUnavailable

NOT_ASKED_FOR = "the deposit could not be asked for"


@dataclass(frozen=True, slots=True)
class Flow:
    """With what an attempt goes on: the database, appointments, and the payment provider."""

    uow: UnitOfWork
    appointments: Appointments
    payments: Payments

    async def finish(self, booking: Booking, given: Held | None, *, at: datetime) -> Booking:
        """The attempt with its answer. Raises ServiceUnavailable when it has to wait for others: ask again.

        `given` is what the guest holds already, if they do.
        """
        while not booking.is_answered:
            if booking.state is BookingState.RECEIVED:
                booking = await self._held(booking, given, at=at)
            else:
                booking = await self._booked(booking, at=at)
        return booking

    async def book(self, booking: Booking, *, seconds: int | None, spare_id: AppointmentId) -> BookingAnswer:
        """What appointments says to it: the appointment that it made, now or before."""
        if booking.customer is None or booking.price is None:
            raise ServiceUnavailable
        guest = booking.customer
        status = Status.PENDING if seconds is not None else self.status_of(booking)
        return await self.appointments.book(
            GuestBooking(
                business_id=booking.business_id,
                service_id=booking.service_id,
                staff_id=booking.staff_id,
                staff_ids=booking.terms.staff_ids,
                start=booking.start_at,
                id=spare_id,
                hold_id=booking.hold_id,
                customer=GuestCustomer(
                    name=guest.name, email=guest.email, phone=guest.phone, marketing_text=guest.marketing_text
                ),
                notes=booking.notes,
                status=status,
                seconds=seconds,
                booking_page_id=booking.page_id,
                price=booking.price,
            )
        )

    def status_of(self, booking: Booking) -> Literal[Status.PENDING, Status.CONFIRMED]:
        """What it is when no deposit is waited for; whoever did not prove to be a person waits for the owner."""
        is_trusted = booking.terms.is_automatic and (not booking.is_unproven or booking.deposit is not None)
        return Status.CONFIRMED if is_trusted else Status.PENDING

    async def fail(self, booking: Booking, answer: Mapping[str, Any], *, at: datetime) -> Booking:
        """The attempt, ended with a refusal; what it held is free."""
        await self.appointments.release(ReleaseRequest(business_id=booking.business_id, id=booking.hold_id))
        return await self._moved(booking, BookingState.FAILED, at=at, answer=dict(answer))

    async def _held(self, booking: Booking, given: Held | None, *, at: datetime) -> Booking:
        """received → held: the time is kept, and costs what the guest was shown."""
        held = given
        if held is None:
            answer = await self.appointments.hold(_hold_request(booking))
            await reach("booking_public.after_hold")
            if answer.held is None:
                refused = refusal_of(answer.refusal or Refusal())
                return await self._moved(booking, BookingState.FAILED, at=at, answer=refused)
            held = answer.held
        price = held.offer.price
        if booking.quoted_price is not None and booking.quoted_price != price:
            return await self.fail(booking, price_changed(price), at=at)
        changes = {
            "price": price.model_dump(mode="json"),
            "deposit": _document(self._deposit(held)),
            "end_at": held.offer.end,
            "staff_id": held.staff_id,
            "expires_at": held.expires_at,
        }
        moved = await self._moved(booking, BookingState.HELD, at=at, **changes)
        await reach("booking_public.after_held")
        return moved

    async def _booked(self, booking: Booking, *, at: datetime) -> Booking:
        """held → confirmed, or awaiting payment: what is held becomes an appointment, and the deposit is asked for."""
        due = booking.deposit
        answer = await self.book(booking, seconds=_seconds(booking), spare_id=booking.spare_id)
        await reach("booking_public.after_book")
        made = answer.appointment
        if made is None:
            return await self.fail(booking, why_not(answer), at=at)
        if made.status is Status.CANCELLED and _seconds(booking) is not None:
            return await self._moved(booking, BookingState.FAILED, at=at, answer={"code": "BookingEnded"})
        if due is None:
            return await self._without_deposit(booking, made, at=at)
        try:
            payment = await self._asked_for(booking, made, due, at=at)
        except DepositOver:
            wanted = CancelRequest(business_id=booking.business_id, reason=NOT_ASKED_FOR)
            await self.appointments.cancel(made.id, wanted)
            return await self._moved(booking, BookingState.FAILED, at=at, answer={"code": "BookingEnded"})
        body = {"appointment": shown_of(made), "payment": payment}
        return await self._done(booking, BookingState.AWAITING_PAYMENT, made, body, at=at)

    async def _without_deposit(self, booking: Booking, made: AppointmentDetails, *, at: datetime) -> Booking:
        """Theirs for good; or, while nobody can tell if they are a person, until they have sent back a code."""
        body: dict[str, Any] = {"appointment": shown_of(made), "payment": None}
        until = made.expires_at
        if not booking.is_unproven or until is None:
            return await self._done(booking, BookingState.CONFIRMED, made, body, at=at)
        body["verification"] = Verification(expires_at=until).model_dump(mode="json")
        changes = {**_made_changes(made, body), "customer": None, "notes": ""}
        async with self.uow(booking.business_id) as tx:
            moved = await move(tx, booking, BookingState.AWAITING_CODE, at=at, **changes)
            if moved is not None:
                await ask_for_code(tx, booking, made.id, until=until)
            moved = moved or await stored_with_id(tx, booking.business_id, booking.id)
        if moved is None:
            raise ServiceUnavailable
        await reach("booking_public.after_booked")
        return moved

    async def _asked_for(
        self, booking: Booking, made: AppointmentDetails, due: Money, *, at: datetime
    ) -> Mapping[str, Any]:
        """What the guest's browser needs to pay. Raises DepositOver; ServiceUnavailable with the time free."""
        wanted = Due(
            business_id=booking.business_id,
            booking_id=booking.id,
            appointment_id=made.id,
            amount=due,
            expires_at=made.expires_at or made.start,
        )
        try:
            deposit = await authorise(self.uow, self.payments, wanted, at=at)
        except ServiceUnavailable:
            await self._give_up(booking, made, at=at)
            raise
        await reach("booking_public.after_authorise")
        return {"clientSecret": deposit.client_secret, **due.model_dump(mode="json"), "expiresAt": _iso(wanted)}

    async def _give_up(self, booking: Booking, made: AppointmentDetails, *, at: datetime) -> None:
        """The key is free for another attempt: nobody is told of this one."""
        wanted = CancelRequest(business_id=booking.business_id, reason=NOT_ASKED_FOR)
        await self.appointments.cancel(made.id, wanted)
        await self._moved(booking, BookingState.FAILED, at=at, key_hash=uuid7().bytes, appointment_id=made.id)

    async def _done(
        self, booking: Booking, state: BookingState, made: AppointmentDetails, body: Mapping[str, Any], *, at: datetime
    ) -> Booking:
        moved = await self._moved(booking, state, at=at, **_made_changes(made, body))
        await reach("booking_public.after_booked")
        return moved

    async def _moved(self, booking: Booking, state: BookingState, *, at: datetime, **changes: Any) -> Booking:
        """The attempt in its next state; or where somebody else has brought it in the meantime."""
        async with self.uow(booking.business_id) as tx:
            moved = await move(tx, booking, state, at=at, **changes)
            moved = moved or await stored_with_id(tx, booking.business_id, booking.id)
        if moved is None:
            raise ServiceUnavailable
        return moved

    def _deposit(self, held: Held) -> Money | None:
        """What is due; nothing where nobody takes payments: then it is paid at the business."""
        due, price = held.offer.deposit, held.offer.price
        if due is None or not self.payments.is_on:
            return None
        return chargeable(Money(amount=min(due.amount, price.amount), currency=price.currency))


def refusal_of(refusal: Refusal) -> dict[str, Any]:
    """The answer that is kept of a refusal."""
    if refusal.unknown:
        return {"code": "Invalid", "unknown": list(refusal.unknown)}
    conflicts = [one.model_dump(mode="json", exclude_none=True) for one in refusal.conflicts]
    alternatives = [one.model_dump(mode="json") for one in refusal.alternatives]
    code = code_of([one.kind for one in refusal.conflicts])
    return {"code": code, "conflicts": conflicts, "alternatives": alternatives}


def why_not(answer: BookingAnswer) -> dict[str, Any]:
    """The answer that is kept when nothing was booked."""
    if answer.price is not None:
        return price_changed(answer.price)
    return refusal_of(answer.refusal or Refusal())


def price_changed(price: Money) -> dict[str, Any]:
    """The answer that is kept when it costs something else."""
    return {"code": "PriceChanged", "price": price.model_dump(mode="json")}


def _seconds(booking: Booking) -> int | None:
    """For so long it is kept until it is paid, or proven; None: for good."""
    if booking.deposit is not None:
        return int(DEPOSIT_LIFE.total_seconds())
    return int(CODE_LIFE.total_seconds()) if booking.is_unproven else None


def _made_changes(made: AppointmentDetails, body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "appointment_id": made.id,
        "staff_id": made.staff_id,
        "customer_id": made.customer_id,
        "end_at": made.end,
        "expires_at": made.expires_at,
        "answer": dict(body),
    }


def _hold_request(booking: Booking) -> HoldRequest:
    return HoldRequest(
        business_id=booking.business_id,
        service_id=booking.service_id,
        staff_id=booking.staff_id,
        staff_ids=booking.terms.staff_ids,
        start=booking.start_at,
        id=OwnerId(booking.id),
        seconds=int(HOLD_LIFE.total_seconds()),
    )


def shown_of(made: AppointmentDetails) -> dict[str, Any]:
    """The appointment as JSON, for its guest."""
    return GuestAppointment.of(made).model_dump(mode="json")


def _document(money: Money | None) -> dict[str, Any] | None:
    return None if money is None else money.model_dump(mode="json")


def _iso(due: Due) -> str:
    return due.expires_at.isoformat().replace("+00:00", "Z")
