"""A day of a business, to be looked at."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.e2e.owner import Owner, next_week

HOURS = [{"dayOfWeek": day, "start": "08:00", "end": "18:00"} for day in range(1, 8)]


@dataclass(frozen=True)
class Day:
    """A day of a business with two staff members and one appointment at nine, with the first of them."""

    owner: Owner
    first: str
    second: str
    service: str
    appointment: str
    nine: datetime

    @property
    def on(self) -> date:
        """Its date."""
        return self.nine.date()

    async def book(self, staff: str, start: datetime) -> str:
        """Another appointment."""
        return await booked(self.owner, self.service, staff, start)

    async def stored(self) -> tuple[datetime, str]:
        """When the appointment is by now, and with whom."""
        found: dict[str, Any] = await self.owner.must("GET", f"/api/appointments/{self.appointment}")
        return datetime.fromisoformat(found["start"]), found["staffId"]


async def booked(owner: Owner, service: str, staff: str, start: datetime) -> str:
    """An appointment of Omar's."""
    key = {"Idempotency-Key": f"{staff}{start}"}
    reply = await owner.book(service, staff, start, customer={"name": "Omar"}, headers=key)
    assert reply.status == 201, reply.body
    return reply.body["id"]


async def day_of(owner: Owner) -> Day:
    """A day of next week."""
    first, second = await owner.staff("Amira", HOURS), await owner.staff("Bilal", HOURS)
    service, nine = await owner.service([first, second]), next_week(9)
    return Day(owner, first, second, service, await booked(owner, service, first, nine), nine)
