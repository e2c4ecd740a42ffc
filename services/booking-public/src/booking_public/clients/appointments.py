"""The service appointments: where guests hold, book, move and cancel."""

from typing import Protocol

from contracts.bookings import (
    BookingAnswer,
    BookingQuestion,
    CancelRequest,
    ChangedAnswer,
    ConfirmRequest,
    GuestBooking,
    HoldAnswer,
    HoldRequest,
    LengthenRequest,
    Released,
    ReleaseRequest,
    RescheduleRequest,
)
from contracts.ids import AppointmentId
from plumbing.http import ServiceClient


class Appointments(Protocol):
    """What is asked of appointments. Everything may be asked twice. Raises ServiceUnavailable without an answer."""

    async def hold(self, wanted: HoldRequest) -> HoldAnswer:
        """Keep a time."""
        ...

    async def release(self, wanted: ReleaseRequest) -> Released:
        """Give it back."""
        ...

    async def book(self, wanted: GuestBooking) -> BookingAnswer:
        """Book what is held, or what is free."""
        ...

    async def read(self, appointment_id: AppointmentId, wanted: BookingQuestion) -> ChangedAnswer:
        """As it is now."""
        ...

    async def cancel(self, appointment_id: AppointmentId, wanted: CancelRequest) -> ChangedAnswer:
        """Cancel it."""
        ...

    async def confirm(self, appointment_id: AppointmentId, wanted: ConfirmRequest) -> ChangedAnswer:
        """Keep it for good."""
        ...

    async def lengthen(self, appointment_id: AppointmentId, wanted: LengthenRequest) -> ChangedAnswer:
        """Keep it for longer."""
        ...

    async def reschedule(self, appointment_id: AppointmentId, wanted: RescheduleRequest) -> ChangedAnswer:
        """Move it."""
        ...


class RemoteAppointments:
    """The service appointments over HTTP; its client waits for locks, and so has to be a patient one."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def hold(self, wanted: HoldRequest) -> HoldAnswer:
        """Keep a time."""
        return await self._client.ask("/internal/holds", wanted, HoldAnswer)

    async def release(self, wanted: ReleaseRequest) -> Released:
        """Give it back."""
        return await self._client.ask("/internal/holds/release", wanted, Released)

    async def book(self, wanted: GuestBooking) -> BookingAnswer:
        """Book what is held, or what is free."""
        return await self._client.ask("/internal/bookings", wanted, BookingAnswer)

    async def read(self, appointment_id: AppointmentId, wanted: BookingQuestion) -> ChangedAnswer:
        """As it is now."""
        return await self._client.ask(f"/internal/bookings/{appointment_id}", wanted, ChangedAnswer)

    async def cancel(self, appointment_id: AppointmentId, wanted: CancelRequest) -> ChangedAnswer:
        """Cancel it."""
        return await self._client.ask(f"/internal/bookings/{appointment_id}/cancel", wanted, ChangedAnswer)

    async def confirm(self, appointment_id: AppointmentId, wanted: ConfirmRequest) -> ChangedAnswer:
        """Keep it for good."""
        return await self._client.ask(f"/internal/bookings/{appointment_id}/confirm", wanted, ChangedAnswer)

    async def lengthen(self, appointment_id: AppointmentId, wanted: LengthenRequest) -> ChangedAnswer:
        """Keep it for longer."""
        return await self._client.ask(f"/internal/bookings/{appointment_id}/lengthen", wanted, ChangedAnswer)

    async def reschedule(self, appointment_id: AppointmentId, wanted: RescheduleRequest) -> ChangedAnswer:
        """Move it."""
        return await self._client.ask(f"/internal/bookings/{appointment_id}/reschedule", wanted, ChangedAnswer)
