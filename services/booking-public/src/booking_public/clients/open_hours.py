"""How much time a business is open: asked of availability, and kept for some minutes, because it need not be exact."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Protocol

from contracts.ids import BusinessId
from contracts.open_hours import OpenMinutesAnswer, OpenMinutesQuestion
from plumbing.http import ServiceClient

KEPT = timedelta(minutes=10)
_MOST = 10_000


class OpenHours(Protocol):
    """Where hours are known."""

    async def minutes(self, business_id: BusinessId, start: datetime, end: datetime) -> int:
        """How long all staff work then. Raises ServiceUnavailable."""
        ...


class AvailabilityHours:
    """The hours of the service availability."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client
        self._kept: OrderedDict[BusinessId, tuple[datetime, int]] = OrderedDict()

    async def minutes(self, business_id: BusinessId, start: datetime, end: datetime) -> int:
        """How long all staff work from about then: what was asked in the last minutes is not asked again."""
        at, known = self._kept.get(business_id, (start - KEPT - KEPT, 0))
        if start - at < KEPT:
            return known
        question = OpenMinutesQuestion(business_id=business_id, start=start, end=end)
        found = (await self._client.ask("/internal/open-minutes", question, OpenMinutesAnswer)).minutes
        self._kept[business_id] = (start, found)
        self._kept.move_to_end(business_id)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return found
