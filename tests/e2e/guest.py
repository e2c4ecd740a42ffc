"""A guest of a booking page, who comes through the gateway without signing in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from tests.e2e.owner import Owner, Reply


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody on one booking page, about one service."""

    owner: Owner
    slug: str
    service_id: str
    staff_id: str
    name: str = "Sara"
    email: str = "sara@example.com"

    @property
    def page(self) -> str:
        """Where the page answers."""
        return f"/api/public/booking/{self.slug}"

    def another(self) -> "Guest":
        """Another guest of the same page."""
        some = uuid4().hex[:10]
        return replace(self, name=f"Guest {some}", email=f"{some}@example.com")

    def wish(self, start: datetime, **changed: Any) -> dict[str, Any]:
        """What a hold is asked for with."""
        return {"serviceId": self.service_id, "staffId": self.staff_id, "start": start.isoformat(), **changed}

    def order(self, start: datetime, **changed: Any) -> dict[str, Any]:
        """What a booking is asked for with."""
        customer = {"name": self.name, "email": self.email, "phone": "+971501234567", "marketingOptIn": False}
        return {**self.wish(start), "customer": customer, "timezone": "Asia/Dubai", "locale": "en", **changed}

    async def hold(self, start: datetime, *, key: str | None = None, **changed: Any) -> Reply:
        """Ask for a hold, whatever is answered."""
        return await self.send("POST", f"{self.page}/hold", self.wish(start, **changed), key=key or str(uuid4()))

    async def book(self, start: datetime, *, key: str | None = None, **changed: Any) -> Reply:
        """Ask for a booking, whatever is answered."""
        return await self.send("POST", f"{self.page}/book", self.order(start, **changed), key=key or str(uuid4()))

    async def booked(self, start: datetime, **changed: Any) -> Any:
        """The body of a booking that has to succeed."""
        reply = await self.book(start, **changed)
        assert reply.status == 201, reply.body
        return reply.body

    async def send(self, method: str, path: str, body: Any = None, *, key: str | None = None) -> Reply:
        """One request without the owner's token."""
        stranger = Owner(self.owner.session, self.owner.url)
        headers: Mapping[str, str] = {"Idempotency-Key": key} if key else {}
        return await stranger.call(method, path, body, headers=headers)


async def guest_of(owner: Owner, *, service: Mapping[str, Any] | None = None, **page: Any) -> Guest:
    """A guest of a new page of the owner, with one staff member who works round the clock and one service."""
    staff_id = await owner.staff()
    service_id = await owner.service([staff_id], **(service or {}))
    slug = f"studio-{uuid4().hex[:12]}"
    await owner.must("POST", "/api/booking-pages", {"slug": slug, **page})
    return Guest(owner, slug, service_id, staff_id)
