"""A waiting list in memory, as appointments would answer: what is offered is among the appointments of the desk."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from contracts.appointments import AppointmentDetails, CustomerDetails, Source, Status
from contracts.ids import AppointmentId, CustomerId, StaffId, WaitingId, uuid7
from contracts.waiting import GuestWait, WaitAnswer, WaitingState, WaitQuestion, WaitRequest
from plumbing.clock import utc_now
from plumbing.problems import ServiceUnavailable

from .desk import Booked

SESSION = timedelta(hours=1)


@dataclass(slots=True)
class InLine:
    """Who waits, and what they were offered."""

    booked: Booked
    wanted: dict[WaitingId, WaitRequest] = field(default_factory=dict)
    offers: dict[WaitingId, AppointmentId] = field(default_factory=dict)
    left: set[WaitingId] = field(default_factory=set)
    refusal: WaitAnswer | None = None
    is_down: bool = False

    async def wait(self, wanted: WaitRequest) -> WaitAnswer:
        """As appointments would answer."""
        self._answer()
        if self.refusal is not None:
            return self.refusal
        self.wanted.setdefault(wanted.id, wanted)
        return self._shown(wanted.id)

    async def read(self, waiting_id: WaitingId, wanted: WaitQuestion) -> WaitAnswer:
        """As appointments would answer."""
        self._answer()
        return self._shown(waiting_id)

    async def leave(self, waiting_id: WaitingId, wanted: WaitQuestion) -> WaitAnswer:
        """As appointments would answer."""
        self._answer()
        if self._state(waiting_id) in {WaitingState.WAITING, WaitingState.OFFERED}:
            self.left.add(waiting_id)
            if waiting_id in self.offers:
                self.booked.change(self.offers[waiting_id], status=Status.CANCELLED, cancellation_reason="declined")
        return self._shown(waiting_id)

    async def of_appointment(self, appointment_id: AppointmentId, wanted: WaitQuestion) -> WaitAnswer:
        """As appointments would answer."""
        self._answer()
        [*found] = [one for one, offered in self.offers.items() if offered == appointment_id]
        return self._shown(found[0]) if found else WaitAnswer()

    def offer(self, start: datetime, *, minutes: float = 30) -> AppointmentDetails:
        """What was freed is offered to the first."""
        waiting_id = next(one for one in self.wanted if one not in self.offers and one not in self.left)
        wanted, now = self.wanted[waiting_id], utc_now()
        made = AppointmentDetails(
            id=AppointmentId(uuid7()),
            business_id=wanted.business_id,
            staff_id=wanted.staff_id or StaffId(uuid7()),
            service_id=wanted.service_id,
            customer_id=CustomerId(uuid7()),
            start=start,
            end=start + SESSION,
            timezone="Asia/Dubai",
            status=Status.PENDING,
            notes="",
            source=Source.INTERNAL,
            service_name="Pilates",
            staff_name="Amira",
            customer=CustomerDetails(id=CustomerId(uuid7()), name=wanted.customer.name, email=wanted.customer.email),
            price=self.booked.price,
            buffer_before_minutes=0,
            buffer_after_minutes=0,
            expires_at=now + timedelta(minutes=minutes),
            created_at=now,
            updated_at=now,
            revision=1,
        )
        self.booked.appointments[made.id], self.offers[waiting_id] = made, made.id
        return made

    def _shown(self, waiting_id: WaitingId) -> WaitAnswer:
        if waiting_id not in self.wanted:
            return WaitAnswer()
        wanted, made = self.wanted[waiting_id], self._offered(waiting_id)
        span: dict[str, Any] = {"from": wanted.from_at or utc_now(), "to": wanted.to_at or utc_now() + SESSION}
        waiting = {
            "id": waiting_id,
            "service_id": wanted.service_id,
            "staff_id": wanted.staff_id,
            "session_id": wanted.session_id,
            "state": self._state(waiting_id),
            "offered_until": None if made is None else made.expires_at,
            "appointment": made,
            "created_at": utc_now(),
            **span,
        }
        return WaitAnswer(waiting=GuestWait.model_validate(waiting))

    def _state(self, waiting_id: WaitingId) -> WaitingState:
        made = self._offered(waiting_id)
        if waiting_id in self.left:
            return WaitingState.WITHDRAWN
        if made is None:
            return WaitingState.WAITING
        if made.status is Status.CANCELLED:
            return WaitingState.EXPIRED if made.cancellation_reason == "expired" else WaitingState.ACCEPTED
        return WaitingState.ACCEPTED if made.expires_at is None else WaitingState.OFFERED

    def _offered(self, waiting_id: WaitingId) -> AppointmentDetails | None:
        return self.booked.appointments.get(self.offers.get(waiting_id))

    def _answer(self) -> None:
        if self.is_down:
            raise ServiceUnavailable
