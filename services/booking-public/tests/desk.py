"""What the tests of guests' bookings are arranged with: appointments in memory, and a stranger who calls the API."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI

from booking_public.clients.payments import NoPayments
from booking_public.domain.payments import Deposit, Intent, PaymentState
from contracts.alternatives import Alternative
from contracts.appointments import AppointmentDetails, Source, Status
from contracts.bookings import (
    BookingAnswer,
    BookingQuestion,
    CancelRequest,
    ChangedAnswer,
    ConfirmRequest,
    GuestBooking,
    GuestWish,
    Held,
    HoldAnswer,
    HoldRequest,
    LengthenRequest,
    Refusal,
    Released,
    ReleaseRequest,
    RescheduleRequest,
)
from contracts.ids import AppointmentId, BusinessId, CustomerId, StaffId, uuid7
from contracts.money import Money
from contracts.offers import Candidate, ConflictDetails, Offer
from plumbing.clock import utc_now
from plumbing.problems import ServiceUnavailable

TAKEN = ConflictDetails(kind="staffBusy", detail="The staff member is busy.")


@dataclass(slots=True)
class Booked:
    """Appointments from memory, as the service would answer: every start can be had once."""

    price: Money = field(default_factory=lambda: Money(amount=15_000, currency="AED"))
    deposit: Money | None = None
    staff_id: StaffId = field(default_factory=lambda: StaffId(uuid7()))
    holds: dict[Any, Held] = field(default_factory=dict)
    appointments: dict[Any, AppointmentDetails] = field(default_factory=dict)
    notes: list[GuestBooking] = field(default_factory=list)
    is_down: bool = False
    garbled: datetime | None = None
    """What is booked for this start is answered with what nobody can read."""
    customer_id: CustomerId | None = None

    async def hold(self, wanted: HoldRequest) -> HoldAnswer:
        """As appointments would answer."""
        self._answer()
        if wanted.id not in self.holds:
            if self._is_taken(wanted):
                return HoldAnswer(refusal=self._taken(wanted))
            expires_at = utc_now() + timedelta(seconds=wanted.seconds)
            self.holds[wanted.id] = Held(id=wanted.id, expires_at=expires_at, offer=self._offer(wanted))
        return HoldAnswer(held=self.holds[wanted.id])

    async def release(self, wanted: ReleaseRequest) -> Released:
        """As appointments would answer."""
        self._answer()
        return Released(was_held=self.holds.pop(wanted.id, None) is not None)

    async def book(self, wanted: GuestBooking) -> BookingAnswer:
        """As appointments would answer."""
        self._answer()
        if wanted.start == self.garbled:
            raise ValueError("no answer")
        found = self.appointments.get(wanted.hold_id) or self.appointments.get(wanted.id)
        if found is None:
            was_held = self.holds.pop(wanted.hold_id, None) is not None
            if not was_held and self._is_taken(wanted):
                return BookingAnswer(refusal=self._taken(wanted))
            if not was_held and wanted.price != self.price:
                return BookingAnswer(price=self.price)
            found = self._appointment(wanted, wanted.hold_id if was_held else wanted.id)
            self.appointments[found.id] = found
            self.notes.append(wanted)
        return BookingAnswer(appointment=found)

    async def read(self, appointment_id: AppointmentId, wanted: BookingQuestion) -> ChangedAnswer:
        """As appointments would answer."""
        self._answer()
        found = self.appointments.get(appointment_id)
        return ChangedAnswer(appointment=found if found and found.business_id == wanted.business_id else None)

    async def cancel(self, appointment_id: AppointmentId, wanted: CancelRequest) -> ChangedAnswer:
        """As appointments would answer."""
        if self.appointments[appointment_id].status is Status.CANCELLED:
            return self._changed(appointment_id)
        reason = {"cancellation_reason": wanted.reason, "expires_at": None}
        return self._changed(appointment_id, status=Status.CANCELLED, **reason)

    async def confirm(self, appointment_id: AppointmentId, wanted: ConfirmRequest) -> ChangedAnswer:
        """As appointments would answer."""
        found = self.appointments[appointment_id]
        if wanted.status is Status.CONFIRMED and found.status not in {Status.PENDING, Status.CONFIRMED}:
            return ChangedAnswer(appointment=found, is_over=True)
        status = wanted.status if wanted.status is Status.CONFIRMED else found.status
        return self._changed(appointment_id, status=status, expires_at=None)

    async def lengthen(self, appointment_id: AppointmentId, wanted: LengthenRequest) -> ChangedAnswer:
        """As appointments would answer."""
        found = self.appointments[appointment_id]
        if found.expires_at is None:
            return ChangedAnswer(appointment=found)
        return self._changed(appointment_id, expires_at=max(found.expires_at, wanted.until))

    def expire(self) -> None:
        """The time of all that is only kept for a while has run out."""
        self.holds.clear()
        for one in self.appointments.values():
            if one.status is Status.PENDING and one.expires_at is not None:
                self.change(one.id, status=Status.CANCELLED, cancellation_reason="expired", expires_at=None)

    def change(self, appointment_id: AppointmentId, **changes: Any) -> None:
        """Somebody of the business, or the clock, changes an appointment."""
        before = self.appointments[appointment_id]
        after = before.model_copy(update={**changes, "revision": before.revision + 1})
        self.appointments[appointment_id] = after

    async def reschedule(self, appointment_id: AppointmentId, wanted: RescheduleRequest) -> ChangedAnswer:
        """As appointments would answer."""
        return self._changed(appointment_id, start=wanted.start, end=wanted.start + timedelta(hours=1))

    def _changed(self, appointment_id: AppointmentId, **changes: Any) -> ChangedAnswer:
        self._answer()
        self.change(appointment_id, **changes)
        return ChangedAnswer(appointment=self.appointments[appointment_id])

    def _answer(self) -> None:
        if self.is_down:
            raise ServiceUnavailable

    def _is_taken(self, wanted: GuestWish) -> bool:
        live = [one.start for one in self.appointments.values() if one.status is not Status.CANCELLED]
        return wanted.start in live + [held.offer.start for held in self.holds.values()]

    def _taken(self, wanted: GuestWish) -> Refusal:
        later, whom = wanted.start + timedelta(hours=1), [wanted.staff_id or self.staff_id]
        other = Alternative(start=later, end=later + timedelta(hours=1), staff_ids=whom)
        return Refusal(conflicts=[TAKEN], alternatives=[other])

    def _offer(self, wanted: GuestWish) -> Offer:
        return Offer(
            business_id=wanted.business_id,
            service_id=wanted.service_id,
            service_name="Pilates",
            timezone="Asia/Dubai",
            start=wanted.start,
            end=wanted.start + timedelta(hours=1),
            buffer_before_minutes=0,
            buffer_after_minutes=0,
            price=self.price,
            deposit=self.deposit,
            capacity=1,
            candidates=[Candidate(staff_id=wanted.staff_id or self.staff_id, staff_name="Amira")],
        )

    def _appointment(self, wanted: GuestBooking, made_as: Any) -> AppointmentDetails:
        now = utc_now()
        return AppointmentDetails(
            id=made_as,
            business_id=wanted.business_id,
            staff_id=wanted.staff_id or self.staff_id,
            service_id=wanted.service_id,
            customer_id=self.customer_id,
            booking_page_id=wanted.booking_page_id,
            start=wanted.start,
            end=wanted.start + timedelta(hours=1),
            timezone="Asia/Dubai",
            status=wanted.status,
            notes=wanted.notes,
            source=Source.PUBLIC,
            service_name="Pilates",
            staff_name="Amira",
            customer=None,
            price=wanted.price,
            buffer_before_minutes=0,
            buffer_after_minutes=0,
            expires_at=None if wanted.seconds is None else now + timedelta(seconds=wanted.seconds),
            created_at=now,
            updated_at=now,
            revision=1,
        )


@dataclass(slots=True)
class Hours:
    """How long the staff of every business work in the time that is asked about."""

    open_minutes: int = 100_000

    async def minutes(self, business_id: BusinessId, start: datetime, end: datetime) -> int:
        """As availability would answer."""
        return self.open_minutes


class Cards(NoPayments):
    """Payments that can be asked for, and that nobody makes."""

    is_on = True

    async def create(self, deposit: Deposit, *, key: str) -> Intent:
        """An intent that waits for a card."""
        return Intent(
            id=f"pi_{deposit.id.hex}",
            state=PaymentState.OPEN,
            amount=deposit.amount,
            currency=deposit.currency,
            capturable=0,
            received=0,
            client_secret=f"pi_{deposit.id.hex}_secret_{key}",
            booking_id=deposit.booking_id,
            business_id=deposit.business_id,
            charge_id=None,
            failure=None,
            created=int(utc_now().timestamp()),
        )


class Stranger:
    """Somebody on one booking page, about one service."""

    def __init__(self, app: FastAPI, slug: str, service_id: Any) -> None:
        self.page = f"/api/public/booking/{slug}"
        self.service_id = str(service_id)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")

    def order(self, start: datetime, **changed: Any) -> dict[str, Any]:
        """What a booking is asked for with, by somebody whom nobody knows."""
        customer = {"name": "Sara", "email": f"{uuid4().hex[:10]}@example.com"}
        return {"serviceId": self.service_id, "start": start.isoformat(), "customer": customer, **changed}

    async def book(
        self, start: datetime, *, key: str | None = None, address: str = "203.0.113.1", **changed: Any
    ) -> httpx.Response:
        """POST …/book from this address."""
        return await self.send("/book", self.order(start, **changed), key=key, address=address)

    async def hold(
        self, start: datetime, *, key: str | None = None, address: str = "203.0.113.1", **changed: Any
    ) -> httpx.Response:
        """POST …/hold from this address."""
        body = {"serviceId": self.service_id, "start": start.isoformat(), **changed}
        return await self.send("/hold", body, key=key, address=address)

    async def send(
        self, path: str, body: Any, *, key: str | None = None, address: str = "203.0.113.1"
    ) -> httpx.Response:
        """One POST with a key of its own, unless one is given."""
        headers = {"Idempotency-Key": key or str(uuid4()), "X-Real-IP": address}
        return await self.client.post(self.page + path, json=body, headers=headers)
