"""Other services: accounts, which knows the businesses, and availability, which knows what is sold."""

from typing import Protocol

from contracts.catalogue import SnapshotsAnswer, SnapshotsQuestion
from contracts.ids import BusinessId
from contracts.offers import BusinessAnswer, BusinessQuestion
from plumbing.http import ServiceClient


class Businesses(Protocol):
    """Where businesses are known first."""

    async def ask(self, business_id: BusinessId) -> BusinessAnswer:
        """The business as it is now. Raises ServiceUnavailable when there is no answer."""
        ...


class AccountsBusinesses:
    """Businesses of the service accounts."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def ask(self, business_id: BusinessId) -> BusinessAnswer:
        """The business as it is now. Raises ServiceUnavailable when there is no answer."""
        return await self._client.ask("/internal/businesses", BusinessQuestion(business_id=business_id), BusinessAnswer)


class Catalogue(Protocol):
    """Where services and staff are known first."""

    async def snapshots(self, business_id: BusinessId) -> SnapshotsAnswer:
        """The catalogue as it is now. Raises ServiceUnavailable when there is no answer."""
        ...


class AvailabilityCatalogue:
    """The catalogue of the service availability."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def snapshots(self, business_id: BusinessId) -> SnapshotsAnswer:
        """The catalogue as it is now. Raises ServiceUnavailable when there is no answer."""
        question = SnapshotsQuestion(business_id=business_id)
        return await self._client.ask("/internal/catalogue", question, SnapshotsAnswer)
