"""The links by which guests see and change what they booked: booking-public has them."""

from typing import Protocol

from contracts.ids import AppointmentId, BusinessId
from contracts.manage_links import ManageLinkAnswer, ManageLinkQuestion
from plumbing.http import ServiceClient


class ManageLinks(Protocol):
    """Who knows the links, and in which language guests booked."""

    async def link(self, business_id: BusinessId, appointment_id: AppointmentId) -> ManageLinkAnswer:
        """The link of a guest's booking. Raises ServiceUnavailable when there is no answer."""
        ...


class RemoteManageLinks:
    """The service booking-public over HTTP."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def link(self, business_id: BusinessId, appointment_id: AppointmentId) -> ManageLinkAnswer:
        """The link of a guest's booking. Raises ServiceUnavailable when there is no answer."""
        question = ManageLinkQuestion(business_id=business_id, appointment_id=appointment_id)
        return await self._client.ask("/internal/manage-links", question, ManageLinkAnswer)
