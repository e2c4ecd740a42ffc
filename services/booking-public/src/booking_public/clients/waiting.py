"""The waiting list of the service appointments, where guests get in line."""

from typing import Protocol

from contracts.ids import AppointmentId, WaitingId
from contracts.waiting import WaitAnswer, WaitQuestion, WaitRequest
from plumbing.http import ServiceClient


class WaitingList(Protocol):
    """What is asked of the line. Everything may be asked twice. Raises ServiceUnavailable without an answer."""

    async def wait(self, wanted: WaitRequest) -> WaitAnswer:
        """Get in line."""
        ...

    async def read(self, waiting_id: WaitingId, wanted: WaitQuestion) -> WaitAnswer:
        """The wish as it is now."""
        ...

    async def leave(self, waiting_id: WaitingId, wanted: WaitQuestion) -> WaitAnswer:
        """Get out of line; what was offered goes to the next."""
        ...

    async def of_appointment(self, appointment_id: AppointmentId, wanted: WaitQuestion) -> WaitAnswer:
        """The wish to which this appointment was offered."""
        ...


class RemoteWaitingList:
    """The waiting list over HTTP; its client waits for locks, and so has to be a patient one."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def wait(self, wanted: WaitRequest) -> WaitAnswer:
        """Get in line."""
        return await self._client.ask("/internal/waiting-list", wanted, WaitAnswer)

    async def read(self, waiting_id: WaitingId, wanted: WaitQuestion) -> WaitAnswer:
        """The wish as it is now."""
        return await self._client.ask(f"/internal/waiting-list/{waiting_id}", wanted, WaitAnswer)

    async def leave(self, waiting_id: WaitingId, wanted: WaitQuestion) -> WaitAnswer:
        """Get out of line; what was offered goes to the next."""
        return await self._client.ask(f"/internal/waiting-list/{waiting_id}/withdraw", wanted, WaitAnswer)

    async def of_appointment(self, appointment_id: AppointmentId, wanted: WaitQuestion) -> WaitAnswer:
        """The wish to which this appointment was offered."""
        return await self._client.ask(f"/internal/bookings/{appointment_id}/waiting", wanted, WaitAnswer)
