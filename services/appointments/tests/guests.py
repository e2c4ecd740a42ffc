"""Strangers, as booking-public asks appointments for them."""

from datetime import datetime
from typing import Any

from contracts.ids import uuid7
from plumbing.service_tokens import ServiceToken
from plumbing.testing import TestKeys

from .make import Sold, Studio, iso

SARA = {"name": "Sara", "email": "sara@example.com"}


class Guests:
    """booking-public, as far as appointments sees it."""

    def __init__(self, studio: Studio, keys: TestKeys) -> None:
        self.studio = studio
        self._token = ServiceToken(keys.private_json, audience="appointments").current()

    async def ask(self, path: str, **body: Any) -> Any:
        """The answer to an internal request of this business."""
        headers = {"Authorization": f"Bearer {self._token}"}
        sent = {"businessId": str(self.studio.id), **body}
        answer = await self.studio.client.post(f"/internal{path}", json=sent, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def wish(self, start: datetime, *, staff: int | None = 0, service: Sold | None = None) -> dict[str, Any]:
        """What a guest wants."""
        chosen = {} if staff is None else {"staffId": str(self.studio.staff[staff])}
        return {"serviceId": str((service or self.studio.service).id), "start": iso(start), **chosen}

    async def hold(self, start: datetime, *, id: str | None = None, seconds: int = 300, **wish: Any) -> Any:  # noqa: A002
        """Ask for a hold."""
        return await self.ask("/holds", id=id or str(uuid7()), seconds=seconds, **self.wish(start, **wish))

    async def book(self, start: datetime, *, hold: str | None = None, **changed: Any) -> Any:
        """Ask for a booking."""
        wish = {name: changed.pop(name) for name in ("staff", "service") if name in changed}
        body = {
            "id": str(uuid7()),
            "holdId": hold or str(uuid7()),
            "customer": SARA,
            "status": "CONFIRMED",
            "bookingPageId": str(uuid7()),
            "price": {"amount": 15000, "currency": "AED"},
            **self.wish(start, **wish),
            **changed,
        }
        return await self.ask("/bookings", **body)
